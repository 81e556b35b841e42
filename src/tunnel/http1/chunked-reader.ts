import { malformed } from '../tunnel-error.ts';
import type { BodyReader } from './body-reader.ts';
import { defaultHeadLimits, headTooLarge } from './head-reader.ts';
import type { HeaderField } from './header-fields.ts';
import { parseField } from './header-fields.ts';

/** Twelve hexadecimal digits: 256 TiB a chunk, and still exact as a number. */
const maximumSizeDigits = 12;
/** Chunk extensions of one body, bytes. Nobody uses them except to hide something. */
const maximumExtensionBytes = 4096;
const maximumTrailerBytes = 16 * 1024;
/** Trailers that would change framing, routing or authentication after the fact (RFC 9110 §6.5.1), or say what only a proxy may say. */
const forbiddenTrailers = new Set(
  'authorization connection content-encoding content-length content-range content-type cookie expect forwarded host keep-alive proxy-authorization set-cookie te trailer transfer-encoding upgrade via client-request-id x-client-ip x-real-ip x-rewrite-url'.split(' '),
);
const forbiddenTrailerPrefixes = ['x-forwarded-', 'x-original-', 'x-hybridge-'];

const carriageReturn = 13;
const lineFeed = 10;
const semicolon = 59;

type State = 'size' | 'extension' | 'size-end' | 'data' | 'data-end' | 'data-end-feed' | 'trailer';

/** Takes what a chunked body carries, without the chunks. */
export interface ChunkedContent {
  data: (bytes: Buffer) => void;
  /** Once, at the end, when there are any. */
  trailers: (fields: readonly HeaderField[]) => void;
}

/**
 * Follows a chunked body (RFC 9112 §7.1). Sizes are plain hexadecimal, every line ends with CR LF and nothing else.
 * The content goes to `content`, for those who have to take the chunks away.
 */
export function createChunkedReader(content?: ChunkedContent): BodyReader {
  let state: State = 'size';
  const body = { done: false };
  let size = 0;
  let digits = 0;
  let extensionBytes = 0;
  let trailer = '';

  const readByte = (byte: number): void => {
    switch (state) {
      case 'size': {
        const digit = hexadecimalDigit(byte);
        if (digit !== -1) {
          digits += 1;
          if (digits > maximumSizeDigits) throw malformed('a chunk size is too long');
          size = size * 16 + digit;
          return;
        }
        if (digits === 0) throw malformed('a chunk size is not hexadecimal');
        if (byte === carriageReturn) state = 'size-end';
        else if (byte === semicolon) state = 'extension';
        else throw malformed('a chunk size is not hexadecimal');
        return;
      }
      case 'extension':
        if (byte === carriageReturn) {
          state = 'size-end';
          return;
        }
        if ((byte < 0x20 && byte !== 9) || byte > 0x7e) throw malformed('a chunk extension has a control character');
        extensionBytes += 1;
        if (extensionBytes > maximumExtensionBytes) throw malformed('the chunk extensions are too long');
        return;
      case 'size-end':
        if (byte !== lineFeed) throw malformed('a chunk size line does not end with CR LF');
        state = size === 0 ? 'trailer' : 'data';
        digits = 0;
        return;
      case 'data-end':
        if (byte !== carriageReturn) throw malformed('a chunk is longer than its size');
        state = 'data-end-feed';
        return;
      case 'data-end-feed':
        if (byte !== lineFeed) throw malformed('a chunk does not end with CR LF');
        state = 'size';
        return;
      default:
        trailer += String.fromCharCode(byte);
        if (byte !== lineFeed) return;
        if (trailer === '\r\n' || trailer.endsWith('\r\n\r\n')) {
          const fields = parseTrailer(trailer);
          if (fields.length > 0) content?.trailers(fields);
          body.done = true;
        } else if (trailer.length > maximumTrailerBytes || !trailer.endsWith('\r\n')) throw malformed('the trailer is malformed or too long');
    }
  };

  return {
    get done() {
      return body.done;
    },
    untilClose: false,
    read(chunk, start) {
      let at = start;
      while (at < chunk.length && !body.done) {
        if (state === 'data') {
          const taken = Math.min(size, chunk.length - at);
          content?.data(chunk.subarray(at, at + taken));
          size -= taken;
          at += taken;
          if (size === 0) state = 'data-end';
        } else {
          readByte(chunk[at] ?? 0);
          at += 1;
        }
      }
      if (trailer.length > maximumTrailerBytes) throw malformed('the trailer is malformed or too long');
      return at;
    },
  };
}

function parseTrailer(trailer: string): HeaderField[] {
  if (trailer === '\r\n') return [];
  const lines = trailer.slice(0, -4).split('\r\n');
  if (lines.length > defaultHeadLimits.fields) throw headTooLarge(defaultHeadLimits.fields);
  const fields = lines.map(parseField);
  for (const field of fields) {
    // Some servers read an underscore as a dash.
    const key = field.key.replaceAll('_', '-');
    if (forbiddenTrailers.has(key) || forbiddenTrailerPrefixes.some((prefix) => key.startsWith(prefix))) throw malformed(`the trailer carries ${field.key}`);
  }
  return fields;
}

function hexadecimalDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const lower = byte | 0x20;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
