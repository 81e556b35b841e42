import type { FileSink } from '../evidence-collector.ts';

/** From the beginning of a run of letters, so that each is read once. */
const compact = /(?<![\w-])(?:(?!eyJ)[\w-])*(eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*)/g;
const largestPart = 32_768;

export interface DecodedToken {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
}

/**
 * What a compact JWS says (RFC 7519); its signature is not checked. A server-to-server token's inner one
 * (`actortoken`) comes after it.
 */
export function decodeTokens(text: string): readonly DecodedToken[] {
  return Array.from(text.matchAll(compact), ([, token = '']) => token).slice(0, 20).flatMap((token) => {
    const [head = '', body = ''] = token.split('.');
    const header = readPart(head);
    const claims = readPart(body);
    if (header === undefined || claims === undefined) return [];
    const { actortoken, ...own } = claims;
    return [{ header, claims: own }, ...(typeof actortoken === 'string' ? decodeTokens(actortoken) : [])];
  });
}

function readPart(part: string): Record<string, unknown> | undefined {
  if (part.length > largestPart) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

const shown = ['iss', 'aud', 'appid', 'nameid', 'tid', 'upn', 'smtp', 'scp', 'roles', 'ver'] as const;

/** A token in one line, by its claims. */
export function describeToken({ header, claims }: DecodedToken): string {
  const parts = shown.flatMap((name) => (claims[name] === undefined ? [] : [`${name}=${short(claims[name])}`]));
  const times = (['nbf', 'exp'] as const).flatMap((name) => {
    const at = timeOf(claims[name]);
    return at === undefined ? [] : [`${name}=${new Date(at).toISOString()}`];
  });
  return `token (${short(header['alg'])}${header['x5t'] === undefined ? '' : `, x5t ${short(header['x5t'])}`}): ${[...parts, ...times].join(', ')}`;
}

/** Epoch milliseconds of a NumericDate. */
export function timeOf(claim: unknown): number | undefined {
  return typeof claim === 'number' && claim > 0 && claim < 8.64e12 ? claim * 1000 : undefined;
}

function short(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

/** A file that is a token: pasted from a trace or a tool. */
export function readTokenFile(text: string, sink: FileSink): void {
  const tokens = decodeTokens(text);
  if (tokens.length === 0) sink.note(/^eyJ[\w-]+(?:\.[\w-]*){4}$/.test(text.trim().replace(/^Bearer\s+/i, '')) ? 'It is an encrypted token (JWE): only whom it was made for can read it.' : 'It looks like a token and cannot be decoded.');
  for (const token of tokens) {
    const tenant = token.claims['tid'];
    if (typeof tenant === 'string') sink.tenant(tenant, 1);
    const issued = timeOf(token.claims['nbf']) ?? timeOf(token.claims['iat']);
    sink.token(token, { line: 1, text: describeToken(token) });
    if (issued !== undefined) sink.see({ line: 1, text: describeToken(token), at: issued }, `token ${issued}`);
  }
}
