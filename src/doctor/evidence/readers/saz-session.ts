import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { HttpExchange } from './http-exchange.ts';

const keptBody = 65_536;
const largestBody = 4_194_304;

/**
 * One session of a SAZ: `raw/12_c.txt` (the request as it was sent), `raw/12_s.txt` (the answer), `raw/12_m.xml` (times).
 * Nothing when the request cannot be read.
 */
export function readSazSession(request: Buffer, answer: Buffer | undefined, metadata: string): HttpExchange | undefined {
  const asked = splitMessage(request);
  const [method = '', target = ''] = asked.start.split(' ');
  const host = asked.headers.get('host') ?? '';
  // A CONNECT is a tunnel, not a request to the server.
  if (method === '' || method === 'CONNECT') return undefined;
  const url = URL.parse(/^https?:/i.test(target) ? target : `https://${host}${target}`);
  if (url === null) return undefined;
  const answered = answer === undefined ? undefined : splitMessage(answer);
  const status = Number(answered?.start.split(' ')[1]) || 0;
  const at = Date.parse(/ClientBeginRequest="([^"]{10,40})"/.exec(metadata)?.[1] ?? /ClientConnected="([^"]{10,40})"/.exec(metadata)?.[1] ?? '');
  return {
    line: 1,
    method,
    url,
    requestHeaders: asked.headers,
    requestBody: asked.body.subarray(0, keptBody).toString(),
    status,
    responseHeaders: answered?.headers ?? new Map(),
    responseBody: answered === undefined ? '' : decodeBody(answered).subarray(0, keptBody).toString(),
    ...(Number.isNaN(at) ? {} : { at }),
  };
}

export interface HttpMessage {
  start: string;
  headers: Map<string, string>;
  body: Buffer;
}

/** Start line, headers (names in lower case) and body, as they are on the wire. */
export function splitMessage(bytes: Buffer): HttpMessage {
  const end = bytes.indexOf('\r\n\r\n');
  const head = bytes.subarray(0, end === -1 ? Math.min(bytes.length, keptBody) : end).toString('latin1');
  const [start = '', ...lines] = head.split('\r\n');
  const headers = new Map<string, string>();
  for (const line of lines.slice(0, 200)) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers.set(name, headers.has(name) ? `${headers.get(name) ?? ''}\n${value}` : value);
  }
  return { start, headers, body: end === -1 ? Buffer.alloc(0) : bytes.subarray(end + 4) };
}

/** The body without chunks and compression; empty where it cannot be read or is larger than 4 MB. */
export function decodeBody({ headers, body }: HttpMessage): Buffer {
  const plain = /chunked/i.test(headers.get('transfer-encoding') ?? '') ? joinChunks(body) : body;
  const options = { maxOutputLength: largestBody };
  try {
    switch ((headers.get('content-encoding') ?? '').toLowerCase()) {
      case 'gzip':
        return gunzipSync(plain, options);
      case 'deflate':
        return inflateSync(plain, options);
      case 'br':
        return brotliDecompressSync(plain, options);
      default:
        return plain;
    }
  } catch {
    // Cut off, or larger than any answer that is read.
    return Buffer.alloc(0);
  }
}

/** RFC 9112 §7.1; what is no chunk any more is left out. */
function joinChunks(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf('\r\n', at);
    const size = end === -1 ? Number.NaN : Number.parseInt(body.subarray(at, Math.min(end, at + 16)).toString('latin1'), 16);
    if (!(size > 0)) return Buffer.concat(chunks);
    chunks.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}
