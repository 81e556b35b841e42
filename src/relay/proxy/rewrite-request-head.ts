import type { HeaderField, RequestHead } from '../../tunnel/index.ts';
import { serializeHead } from '../../tunnel/index.ts';

export interface RequestRewriting {
  requestId: string;
  clientAddress: string;
  /** The relay's own name in `Via`. */
  relayHost: string;
  /** Replaces `Host`; null leaves it. */
  hostHeader: string | null;
}

/** Fields that belong to one hop (RFC 9110 §7.6.1), that only a proxy may set, or with which servers let clients replace path or host. */
const dropped = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'proxy-authenticate',
  'te',
  'upgrade',
  'http2-settings',
  'forwarded',
  'client-request-id',
  'x-real-ip',
  'x-client-ip',
  'x-original-url',
  'x-original-host',
  'x-original-for',
  'x-original-proto',
  'x-rewrite-url',
]);

/** The head as the target gets it. Order, spelling and repetition of what stays are kept. */
export function rewriteRequestHead(head: RequestHead, rewriting: RequestRewriting): Buffer {
  const { clientAddress, relayHost, hostHeader } = rewriting;
  const kept: HeaderField[] = [];
  for (const field of head.fields) {
    // Some servers read an underscore as a dash, so that X_Forwarded_For would be as good as X-Forwarded-For.
    const key = field.key.includes('_') ? field.key.replaceAll('_', '-') : field.key;
    if (dropped.has(key) || key.startsWith('x-forwarded-') || key.startsWith('x-hybridge-') || head.connection.includes(field.key)) continue;
    kept.push(field.key === 'host' && hostHeader !== null ? { ...field, value: hostHeader } : field);
  }
  const node = clientAddress.includes(':') ? `"[${clientAddress}]"` : clientAddress;
  const added: [string, string][] = [
    ['client-request-id', rewriting.requestId],
    ['X-Forwarded-For', clientAddress],
    ['X-Forwarded-Proto', 'https'],
    ['X-Forwarded-Host', head.authority],
    ['Forwarded', `for=${node};host="${head.authority}";proto=https`],
    ['Via', `1.${head.minorVersion} ${relayHost}`],
  ];
  if (head.upgrade !== undefined) added.push(['Connection', 'Upgrade'], ['Upgrade', head.upgrade]);
  else if (wantsTrailers(head)) added.push(['Connection', 'TE'], ['TE', 'trailers']);
  return serializeHead(`${head.method} ${head.target} HTTP/1.${head.minorVersion}`, kept, added);
}

function wantsTrailers(head: RequestHead): boolean {
  return head.minorVersion === 1 && head.fields.some((field) => field.key === 'te' && field.value.toLowerCase() === 'trailers');
}
