import { isUtf8 } from 'node:buffer';

/** Longest token accepted, characters. An S2S token with its actor token inside is around 4,000. */
export const longestToken = 16_384;

export type Claims = Readonly<Record<string, unknown>>;

/** Headers that were read: an issuer's tokens of one key share theirs, to the letter. Nobody writes into one. Emptied when full. */
const headers = new Map<string, Claims>();
const mostHeaders = 64;

/** A token taken apart. Nothing in it is verified. */
export interface DecodedToken {
  text: string;
  header: Claims;
  claims: Claims;
  /** Empty for `alg: none`. */
  signatureBytes: Buffer;
}

/**
 * Takes a JWS in compact form apart (RFC 7515 §7.1): three base64url parts, the first two JSON objects.
 * Only the one canonical spelling of each part is taken (RFC 4648 §3.5), so that a token has no twins.
 *
 * @returns undefined for anything else, and for texts longer than `longestToken`
 */
export function decodeToken(text: string): DecodedToken | undefined {
  if (text.length > longestToken) return undefined;
  const first = text.indexOf('.');
  const second = text.indexOf('.', first + 1);
  if (first === -1 || second === -1 || text.includes('.', second + 1)) return undefined;
  const header = decodeHeader(text.slice(0, first));
  const claims = decodeObject(text.slice(first + 1, second));
  const signatureBytes = decodeCanonical(text.slice(second + 1));
  return header === undefined || claims === undefined || signatureBytes === undefined ? undefined : { text, header, claims, signatureBytes };
}

function decodeHeader(encoded: string): Claims | undefined {
  const known = headers.get(encoded);
  if (known !== undefined) return known;
  const header = decodeObject(encoded);
  if (header === undefined) return undefined;
  if (headers.size >= mostHeaders) headers.clear();
  headers.set(encoded, header);
  return header;
}

function decodeCanonical(encoded: string): Buffer | undefined {
  const bytes = Buffer.from(encoded, 'base64url');
  return bytes.toString('base64url') === encoded ? bytes : undefined;
}

function decodeObject(encoded: string): Claims | undefined {
  const bytes = decodeCanonical(encoded);
  if (bytes === undefined || !isUtf8(bytes)) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}

/** A claim that is a non-empty text, or undefined. */
export function textClaim(claims: Claims, name: string): string | undefined {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * A claim that is a time, as epoch milliseconds, or undefined. Seconds since 1970 (RFC 7519 §2, NumericDate); the
 * examples of [MS-XOAUTH] §4.3 write them as texts of digits, so these are taken as well.
 */
export function timeClaim(claims: Claims, name: string): number | undefined {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  const seconds = typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : value;
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0 && seconds < 1e12 ? seconds * 1000 : undefined;
}

/** A claim that says yes: `true`, or the text `true` in any case, which is how ACS writes it. */
export function yesClaim(claims: Claims, name: string): boolean {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}
