import { malformedRequest } from '../aadsts-errors.ts';

/** What somebody signs in for: an application's authorization request, or a code that a device shows. */
export type Purpose =
  | { kind: 'authorize'; endpoint: 'v1' | 'v2'; tenantName: string; parameters: ReadonlyMap<string, string> }
  | { kind: 'device'; userCode: string };

/** Longer requests would not fit into a request line either. */
const longestPurpose = 12_000;
const mostParameters = 50;

/** The path and query under which it goes on, which forms carry along. Built from its parts, so it never leads elsewhere. */
export function purposePath(purpose: Purpose): string {
  if (purpose.kind === 'device') return `/devicelogin?${new URLSearchParams({ user_code: purpose.userCode }).toString()}`;
  const { endpoint, tenantName, parameters } = purpose;
  return `/${encodeURIComponent(tenantName)}/oauth2/${endpoint === 'v2' ? 'v2.0/' : ''}authorize?${new URLSearchParams([...parameters]).toString()}`;
}

/** The purpose once the person has just signed in: what asked for that is done. */
export function afterSignIn(purpose: Purpose): Purpose {
  if (purpose.kind === 'device') return purpose;
  const prompt = purpose.parameters.get('prompt');
  const done = new Set(['max_age', ...(prompt === 'login' || prompt === 'select_account' ? ['prompt'] : [])]);
  return { ...purpose, parameters: new Map([...purpose.parameters].filter(([name]) => !done.has(name))) };
}

/** The purpose once the person has agreed: what asked for the question is done. */
export function afterConsent(purpose: Extract<Purpose, { kind: 'authorize' }>): Purpose {
  const isDone = purpose.parameters.get('prompt') === 'consent';
  return { ...purpose, parameters: new Map([...purpose.parameters].filter(([name]) => !isDone || name !== 'prompt')) };
}

/** Reads what a form carried. @throws AadstsError 9002313 for anything that `purposePath` would not have written */
export function readPurpose(text: string | undefined): Purpose {
  const [, path, query = ''] = /^([^?]*)\?(.*)$/.exec(text ?? '') ?? [];
  const parameters = readParameters(new URLSearchParams(query));
  if (path === '/devicelogin') return { kind: 'device', userCode: parameters.get('user_code') ?? '' };
  const [, tenantName, version] = /^\/([^/]+)\/oauth2\/(v2\.0\/)?authorize$/.exec(path ?? '') ?? [];
  if (tenantName === undefined) throw malformedRequest('purpose');
  return { kind: 'authorize', endpoint: version === undefined ? 'v1' : 'v2', tenantName: decode(tenantName), parameters };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw malformedRequest('purpose');
  }
}

/** Parameters of a query or form: none twice (RFC 6749 §3.1), not too many, not too long. @throws AadstsError 9002313 */
export function readParameters(entries: Iterable<[string, string]>): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  let size = 0;
  for (const [name, value] of entries) {
    if (parameters.has(name)) throw malformedRequest('parameter repeated');
    size += name.length + value.length;
    if (parameters.size >= mostParameters || size > longestPurpose) throw malformedRequest('parameters too many or too long');
    parameters.set(name, value);
  }
  return parameters;
}
