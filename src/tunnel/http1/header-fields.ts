import { malformed } from '../tunnel-error.ts';

/** One header field, in the order and spelling in which it came. */
export interface HeaderField {
  name: string;
  /** The name in lower case. */
  key: string;
  /** Latin-1, one character a byte, without the optional white space around it. */
  value: string;
}

/** RFC 9110 §5.6.2. */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** RFC 9110 §5.5: anything but visible characters, blanks and obs-text. */
const notInValue = /[^\t\x20-\x7e\x80-\xff]/;

/** Names that need neither checking nor lowering, in the spellings that are usual. */
const usualNames = new Map(
  ['Accept', 'Accept-Encoding', 'Authorization', 'Cache-Control', 'Connection', 'Content-Length', 'Content-Type', 'Cookie', 'Date', 'ETag', 'Forwarded', 'Host', 'Last-Modified', 'Server', 'Set-Cookie']
    .concat(['Transfer-Encoding', 'User-Agent', 'Vary', 'Via', 'WWW-Authenticate', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'client-request-id', 'request-id'])
    .flatMap((name) => [[name, name.toLowerCase()] as const, [name.toLowerCase(), name.toLowerCase()] as const]),
);

/** Fields that say how the message is framed, routed or authenticated: a `Connection` header may not take them away. */
const protectedFields = new Set(['host', 'content-length', 'transfer-encoding', 'authorization', 'cookie', 'content-type', 'expect', 'via', 'client-request-id']);

/** @throws TunnelError on folded lines, blanks before the colon, control characters, bare CR or LF */
export function parseField(line: string): HeaderField {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(colon, 0));
  let key = usualNames.get(name);
  if (key === undefined) {
    if (!token.test(name)) throw malformed('a header field line is not "name: value"');
    key = name.toLowerCase();
  }
  const value = fieldContent(line, colon + 1);
  if (notInValue.test(value)) throw malformed('a header field line is not "name: value"');
  return { name, key, value };
}

/** What follows the colon, without the blanks around it; other white space stays, and is refused. */
function fieldContent(line: string, from: number): string {
  let start = from;
  let end = line.length;
  while (start < end && isBlank(line.charCodeAt(start))) start += 1;
  while (end > start && isBlank(line.charCodeAt(end - 1))) end -= 1;
  return line.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** The value of the only field of that name, or undefined where there is none. `key` is in lower case. */
export function fieldValue(fields: readonly HeaderField[], key: string): string | undefined {
  for (const field of fields) if (field.key === key) return field.value;
  return undefined;
}

/** The lower-case members of a comma-separated field, over all its lines. */
export function listMembers(fields: readonly HeaderField[], key: string): string[] {
  const members: string[] = [];
  for (const field of fields) {
    if (field.key !== key) continue;
    for (const part of field.value.split(',')) {
      const member = part.trim().toLowerCase();
      if (member !== '') members.push(member);
    }
  }
  return members;
}

/** How `Content-Length` and `Transfer-Encoding` frame a message. */
export interface DeclaredFraming {
  contentLength: number | undefined;
  chunked: boolean;
}

/**
 * RFC 9112 §6, without its leniencies: one `Content-Length` of digits only, or one `Transfer-Encoding: chunked`,
 * never both, never repeated (not even with equal values), no encoding with HTTP/1.0.
 */
export function declaredFraming(fields: readonly HeaderField[], minorVersion: number): DeclaredFraming {
  let contentLength: number | undefined;
  let chunked = false;
  for (const { key, value } of fields) {
    if (key === 'content-length') {
      if (contentLength !== undefined) throw malformed('Content-Length appears more than once');
      if (!/^\d{1,15}$/.test(value)) throw malformed('Content-Length is not a number');
      contentLength = Number(value);
    } else if (key === 'transfer-encoding') {
      if (chunked) throw malformed('Transfer-Encoding appears more than once');
      if (value.toLowerCase() !== 'chunked') throw malformed('Transfer-Encoding is not "chunked"');
      chunked = true;
    }
  }
  if (chunked && contentLength !== undefined) throw malformed('both Content-Length and Transfer-Encoding are given');
  if (chunked && minorVersion === 0) throw malformed('Transfer-Encoding is used with HTTP/1.0');
  return { chunked, contentLength };
}

/** The options of `Connection`, refusing those that would strip a field of meaning for the message itself. */
export function connectionOptions(fields: readonly HeaderField[]): string[] {
  const options = listMembers(fields, 'connection');
  for (const option of options) if (protectedFields.has(option)) throw malformed(`Connection names ${option}`);
  return options;
}
