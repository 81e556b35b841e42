import type { OutgoingHttpHeaders } from 'node:http2';
import type { BodyReader, HeaderField, ResponseHead } from '../../../tunnel/index.ts';
import { createChunkedReader, createHeadReader, createResponseHeadParser, responseBody } from '../../../tunnel/index.ts';

export interface AnswerSink {
  /** An interim answer (1xx). */
  interim: (status: number, headers: OutgoingHttpHeaders) => void;
  /** `ends`: no body follows. */
  head: (head: ResponseHead, headers: OutgoingHttpHeaders, ends: boolean) => void;
  data: (bytes: Buffer) => void;
  trailers: (headers: OutgoingHttpHeaders) => void;
}

/** Takes the bytes of one HTTP/1.1 answer apart for HTTP/2. */
export interface AnswerTranslator {
  readonly headSeen: boolean;
  /** True when the whole answer has passed. */
  readonly done: boolean;
  /** True when the answer goes on until the connection ends. */
  readonly untilClose: boolean;
  /** @throws TunnelError */
  read(bytes: Buffer): void;
}

const connectionFields = new Set(['connection', 'transfer-encoding', 'keep-alive', 'upgrade', 'proxy-connection', 'http2-settings']);

export function createAnswerTranslator(method: string, sink: AnswerSink): AnswerTranslator {
  const heads = createHeadReader();
  const parse = createResponseHeadParser();
  let body: BodyReader | undefined;
  let chunked = false;
  return {
    get headSeen() {
      return body !== undefined;
    },
    get done() {
      return body?.done === true;
    },
    get untilClose() {
      return body?.untilClose === true;
    },
    read(bytes) {
      let at = 0;
      while (body === undefined) {
        const read = heads.read(bytes, at);
        if (read === undefined) return;
        at = read.end;
        const head = parse(read.bytes);
        if (head.status < 200) {
          sink.interim(head.status, headersOf(head.fields));
          continue;
        }
        const plain = responseBody(head, method);
        chunked = head.chunked && !plain.done;
        body = chunked ? createChunkedReader({ data: sink.data, trailers: (fields) => sink.trailers(headersOf(fields)) }) : plain;
        sink.head(head, headersOf(head.fields), plain.done);
      }
      if (at >= bytes.length || body.done) return;
      const end = body.read(bytes, at);
      if (!chunked) sink.data(bytes.subarray(at, end));
    },
  };
}

function headersOf(fields: readonly HeaderField[]): OutgoingHttpHeaders {
  const headers: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (const { key, value } of fields) {
    if (connectionFields.has(key)) continue;
    const before = headers[key];
    headers[key] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return headers;
}
