import { isUtf8 } from 'node:buffer';

/** Longest token accepted, characters. An S2S token with its actor token inside is around 4,000. */
export const longestToken = 16_384;

export type Claims = Readonly<Record<string, unknown>>;

/** Headers that were read: an issuer's tokens of one key share theirs, to the letter. Nobody writes into one. Emptied when full. */
const headers = new Map<string, Claims>();
const mostHeaders = 64;
let lastHeader: { encoded: string; header: Claims | undefined } = { encoded: '', header: undefined };

/** Where JSON is decoded. Nothing waits between writing and reading, so that one place is enough for all. */
const decoded = Buffer.alloc(longestToken);

/** A token taken apart. Nothing in it is verified. */
export interface DecodedToken {
  text: string;
  header: Claims;
  claims: Claims;
  /** How many characters of `text` were signed: header, dot and claims. */
  signedLength: number;
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
  // Node reads base64 where base64url is asked for, and of a wide character one half; what else it forgives shows in the length.
  if (text.includes('+') || text.includes('/') || Buffer.byteLength(text) !== text.length) return undefined;
  const header = decodeHeader(text.slice(0, first));
  if (header === undefined) return undefined;
  const claims = decodeObject(text.slice(first + 1, second));
  if (claims === undefined) return undefined;
  const signature = text.slice(second + 1);
  const signatureBytes = Buffer.from(signature, 'base64url');
  return isCanonical(signature, signatureBytes.length) ? { text, header, claims, signedLength: second, signatureBytes } : undefined;
}

function decodeHeader(encoded: string): Claims | undefined {
  if (encoded === lastHeader.encoded) return lastHeader.header;
  const header = headers.get(encoded) ?? decodeObject(encoded);
  if (header === undefined) return undefined;
  if (headers.size >= mostHeaders) headers.clear();
  headers.set(encoded, header);
  lastHeader = { encoded, header };
  return header;
}

/** Last characters whose unused bits are zero, where two and where three are over. */
const lastOfTwo = 'AQgw';
const lastOfThree = 'AEIMQUYcgkosw048';

/**
 * True when ASCII text without `+` and `/` is the one spelling of the bytes that Node read from it. Node passes over what
 * is no character of the alphabet, so a text that has some gives fewer bytes than its length says; then the end is left.
 */
function isCanonical(encoded: string, length: number): boolean {
  if (length !== Math.floor((encoded.length * 3) / 4)) return false;
  const over = encoded.length % 4;
  if (over === 0) return true;
  return over !== 1 && (over === 2 ? lastOfTwo : lastOfThree).includes(encoded.charAt(encoded.length - 1));
}

function decodeObject(encoded: string): Claims | undefined {
  const length = decoded.write(encoded, 0, 'base64url');
  if (!isCanonical(encoded, length)) return undefined;
  const json = decoded.toString('utf8', 0, length);
  // What is not UTF-8 was replaced by U+FFFD, which may also have been there.
  if (json.includes('\ufffd') && !isUtf8(decoded.subarray(0, length))) return undefined;
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}

/** A claim's value where it is a non-empty text. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A claim that is a non-empty text, or undefined. */
export function textClaim(claims: Claims, name: string): string | undefined {
  return Object.hasOwn(claims, name) ? textOf(claims[name]) : undefined;
}

/**
 * A claim's value where it is a time, as epoch milliseconds. Seconds since 1970 (RFC 7519 §2, NumericDate); the
 * examples of [MS-XOAUTH] §4.3 write them as texts of digits, so these are taken as well.
 */
export function timeOf(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : value;
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0 && seconds < 1e12 ? seconds * 1000 : undefined;
}

/** A claim that is a time, as epoch milliseconds, or undefined. */
export function timeClaim(claims: Claims, name: string): number | undefined {
  return Object.hasOwn(claims, name) ? timeOf(claims[name]) : undefined;
}

/** A claim that says yes: `true`, or the text `true` in any case, which is how ACS writes it. */
export function yesClaim(claims: Claims, name: string): boolean {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}
