import type { HeaderPair } from './hpack.ts';

const fieldName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const fieldContent = /^[\t\x20-\x7e\x80-\xff]*$/;
/** RFC 9113 §8.2.2. */
const forbidden = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade']);
const requestPseudo = new Set([':method', ':scheme', ':authority', ':path']);

/** The fields of a request by name, or undefined where RFC 9113 §8.3.1 and §8.5 call it malformed. */
export function readRequest(fields: readonly HeaderPair[]): ReadonlyMap<string, string> | undefined {
  const request = collect(fields, requestPseudo);
  const method = request?.get(':method');
  if (request === undefined || method === undefined) return undefined;
  const isConnect = method === 'CONNECT';
  if (isConnect && (!request.has(':authority') || request.has(':scheme') || request.has(':path'))) return undefined;
  if (!isConnect && (!request.has(':scheme') || (request.get(':path') ?? '') === '')) return undefined;
  return request;
}

/** The status of an answer (RFC 9113 §8.3.2), or undefined where it is malformed. */
export function readStatus(fields: readonly HeaderPair[]): number | undefined {
  const status = collect(fields, new Set([':status']))?.get(':status') ?? '';
  return /^[1-9]\d\d$/.test(status) ? Number(status) : undefined;
}

function collect(fields: readonly HeaderPair[], pseudo: ReadonlySet<string>): Map<string, string> | undefined {
  const collected = new Map<string, string>();
  let regular = false;
  for (const [name, value] of fields) {
    const isPseudo = name.startsWith(':');
    if (!isPseudo) regular = true;
    const known = isPseudo ? !regular && pseudo.has(name) && !collected.has(name) : fieldName.test(name) && !forbidden.has(name);
    if (!known || !fieldContent.test(value)) return undefined;
    collected.set(name, value);
  }
  return collected;
}
