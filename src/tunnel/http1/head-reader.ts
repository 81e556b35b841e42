import { malformed, TunnelError } from '../tunnel-error.ts';

export interface HeadLimits {
  /** Bytes of start line and header fields together. Default 128 KiB: a Kerberos ticket alone may take 64 KiB. */
  headBytes: number;
  /** Header fields. Default 200. */
  fields: number;
}

export const defaultHeadLimits: HeadLimits = { headBytes: 128 * 1024, fields: 200 };

export interface HeadBytes {
  /** Start line and fields, with the empty line that ends them. */
  bytes: Buffer;
  /** Offset in the chunk just given at which the body starts. */
  end: number;
}

export interface HeadReader {
  /** True while the bytes of a head have begun to arrive but not ended. */
  readonly started: boolean;
  /**
   * Looks for the end of a head in `chunk` from `start`, keeping what is incomplete for the next call.
   *
   * @throws TunnelError `TUNNEL_HTTP_HEAD_TOO_LARGE`; `TUNNEL_HTTP_MALFORMED` on a bare line feed, as soon as it is seen
   */
  read(chunk: Buffer, start: number): HeadBytes | undefined;
}

const endOfHead = Buffer.from('\r\n\r\n');
const lineFeed = 10;
const carriageReturn = 13;

/** Collects one head after the other of a connection's direction. */
export function createHeadReader(limits: HeadLimits = defaultHeadLimits): HeadReader {
  let pending: Buffer | undefined;
  return {
    get started() {
      return pending !== undefined;
    },
    read(chunk, start) {
      const fresh = start === 0 ? chunk : chunk.subarray(start);
      if (fresh.length === 0) return undefined;
      const before = pending?.length ?? 0;
      const whole = pending === undefined ? fresh : Buffer.concat([pending, fresh]);
      // One empty line before a start line is skipped (RFC 9112 §2.2); it is never forwarded.
      const from = whole[0] === carriageReturn && whole[1] === lineFeed ? 2 : 0;
      const at = whole.indexOf(endOfHead, Math.max(from, before - 3));
      if (at === -1 ? whole.length > limits.headBytes : at > limits.headBytes) throw headTooLarge(limits.headBytes);
      if (at !== -1) {
        pending = undefined;
        return { bytes: whole.subarray(from, at + endOfHead.length), end: start + at + endOfHead.length - before };
      }
      refuseBareLineFeed(whole, before);
      pending = pending === undefined ? Buffer.from(whole) : whole;
      return undefined;
    },
  };
}

function refuseBareLineFeed(bytes: Buffer, from: number): void {
  for (let at = bytes.indexOf(lineFeed, from); at !== -1; at = bytes.indexOf(lineFeed, at + 1)) {
    if (bytes[at - 1] !== carriageReturn) throw malformed('a line ends without a carriage return');
  }
}

export function headTooLarge(limit: number): TunnelError {
  return new TunnelError('TUNNEL_HTTP_HEAD_TOO_LARGE', 'The header fields are too large.', { facts: { limit } });
}
