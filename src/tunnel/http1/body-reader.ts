import { malformed } from '../tunnel-error.ts';
import { createChunkedReader } from './chunked-reader.ts';
import type { RequestHead } from './request-head.ts';
import type { ResponseHead } from './response-head.ts';

/** Follows one body through the bytes of a connection without keeping or changing any of them. */
export interface BodyReader {
  /** True when every byte of the body has been seen; at once for messages without body. */
  readonly done: boolean;
  /** True when only the end of the connection ends the body. */
  readonly untilClose: boolean;
  /**
   * The offset in `chunk` at which the body's bytes, counted from `start`, end: `chunk.length` while it goes on.
   *
   * @throws TunnelError `TUNNEL_HTTP_MALFORMED` where chunked framing is broken
   */
  read(chunk: Buffer, start: number): number;
}

const noBody: BodyReader = { done: true, untilClose: false, read: (_, start) => start };

/** RFC 9112 §6.3: a request has a body only when it says so. */
export function requestBody(head: RequestHead): BodyReader {
  if (head.chunked) return createChunkedReader();
  return head.contentLength === undefined || head.contentLength === 0 ? noBody : new LengthReader(head.contentLength);
}

/** RFC 9112 §6.3 for answers; interim ones (1xx) have no body and are followed by another head. */
export function responseBody(head: ResponseHead, requestMethod: string): BodyReader {
  if (requestMethod === 'HEAD' || head.status < 200 || head.status === 204 || head.status === 304) {
    if (head.chunked && head.status < 200) throw malformed('an interim answer announces a body');
    return noBody;
  }
  if (head.chunked) return createChunkedReader();
  if (head.contentLength !== undefined) return head.contentLength === 0 ? noBody : new LengthReader(head.contentLength);
  return { done: false, untilClose: true, read: (chunk) => chunk.length };
}

/** A class, because making an object with a getter for each message costs more than reading its head. */
class LengthReader implements BodyReader {
  readonly untilClose = false;
  #left: number;

  constructor(length: number) {
    this.#left = length;
  }

  get done(): boolean {
    return this.#left === 0;
  }

  read(chunk: Buffer, start: number): number {
    const taken = Math.min(this.#left, chunk.length - start);
    this.#left -= taken;
    return start + taken;
  }
}
