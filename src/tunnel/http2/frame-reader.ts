import { holdBytes } from './chunk-memory.ts';
import { connectionPreface, errorCodes, flags, frameHeaderLength, frameTypes, ProtocolViolation } from './protocol.ts';

/** Takes what a connection brings, in order. */
export interface FrameHandler {
  /**
   * Bytes of a DATA frame, as far as they have come: a frame may arrive in several pieces. `windowBytes` is what they
   * take of the flow-control windows, padding included; `end` is true with the last piece of a stream's last frame.
   */
  onData(streamId: number, bytes: Buffer, windowBytes: number, end: boolean): void;
  /** A whole header block, however many frames it took. */
  onHeaders(streamId: number, block: Buffer, end: boolean): void;
  /** Any other frame, whole. Types that nobody knows arrive as well. */
  onFrame(type: number, frameFlags: number, streamId: number, payload: Buffer): void;
}

export interface FrameReaderOptions {
  /** True where the peer is the client and begins with its preface. */
  expectPreface: boolean;
  /** Payload bytes that this side has announced it takes. */
  maximumFrameSize: number;
  /** Bytes of one header block, over all its frames. */
  maximumHeaderBlock: number;
}

/** CONTINUATION frames of one block: whoever needs more is sending empty ones. */
const maximumContinuations = 16;
const nothing = Buffer.alloc(0);

/**
 * Takes frames out of the bytes of a connection (RFC 9113 §4). DATA goes on in slices of what came in, uncopied; all
 * else is small and arrives whole.
 */
export class FrameReader {
  readonly #handler: FrameHandler;
  readonly #options: FrameReaderOptions;
  #prefaceSeen: number;
  #begun = false;
  readonly #head = Buffer.alloc(frameHeaderLength);
  #headBytes = 0;
  /** Payload bytes of the present frame that are still to come; -1 between two frames. */
  #left = -1;
  #type = 0;
  #flags = 0;
  #streamId = 0;
  /** Of a DATA frame: padding at its end; -1 while its length has not been read. */
  #padding = 0;
  #payload: Buffer | undefined;
  #payloadBytes = 0;
  #block: Buffer[] | undefined;
  #blockBytes = 0;
  #blockEnds = false;

  constructor(handler: FrameHandler, options: FrameReaderOptions) {
    this.#handler = handler;
    this.#options = options;
    this.#prefaceSeen = options.expectPreface ? 0 : connectionPreface.length;
  }

  /** @throws ProtocolViolation */
  read(chunk: Buffer): void {
    let at = this.#prefaceSeen < connectionPreface.length ? this.#readPreface(chunk) : 0;
    while (at < chunk.length) {
      if (this.#left === -1) {
        at = this.#readHead(chunk, at);
        // A head is still incomplete, or more must come; an empty frame is over with its head.
        if (!this.#isComplete()) continue;
      }
      at = this.#type === frameTypes.data ? this.#readData(chunk, at) : this.#readPayload(chunk, at);
    }
  }

  #isComplete(): boolean {
    return this.#left === 0;
  }

  #readPreface(chunk: Buffer): number {
    const count = Math.min(connectionPreface.length - this.#prefaceSeen, chunk.length);
    if (connectionPreface.compare(chunk, 0, count, this.#prefaceSeen, this.#prefaceSeen + count) !== 0) throw new ProtocolViolation(errorCodes.protocolError, 'the connection does not begin with the preface');
    this.#prefaceSeen += count;
    return count;
  }

  #readHead(chunk: Buffer, at: number): number {
    let head = chunk;
    let from = at;
    let next = at + frameHeaderLength;
    if (this.#headBytes > 0 || next > chunk.length) {
      const count = Math.min(frameHeaderLength - this.#headBytes, chunk.length - at);
      chunk.copy(this.#head, this.#headBytes, at, at + count);
      this.#headBytes += count;
      if (this.#headBytes < frameHeaderLength) return chunk.length;
      this.#headBytes = 0;
      head = this.#head;
      from = 0;
      next = at + count;
    }
    const length = head.readUIntBE(from, 3);
    this.#type = head[from + 3] ?? 0;
    this.#flags = head[from + 4] ?? 0;
    this.#streamId = head.readUInt32BE(from + 5) & 0x7fffffff;
    this.#begin(length);
    return next;
  }

  #begin(length: number): void {
    const type = this.#type;
    if (length > this.#options.maximumFrameSize) throw new ProtocolViolation(errorCodes.frameSizeError, 'a frame is larger than announced');
    if (!this.#begun && (type !== frameTypes.settings || (this.#flags & flags.ack) !== 0)) throw new ProtocolViolation(errorCodes.protocolError, 'the first frame is not SETTINGS');
    this.#begun = true;
    if ((this.#block !== undefined) !== (type === frameTypes.continuation)) throw new ProtocolViolation(errorCodes.protocolError, 'a header block is interrupted, or continued without having begun');
    const needsStream = type === frameTypes.data || type === frameTypes.headers || type === frameTypes.priority || type === frameTypes.rstStream || type === frameTypes.continuation;
    const needsConnection = type === frameTypes.settings || type === frameTypes.ping || type === frameTypes.goaway;
    if ((needsStream && this.#streamId === 0) || (needsConnection && this.#streamId !== 0)) throw new ProtocolViolation(errorCodes.protocolError, 'a frame belongs to the wrong kind of stream');
    this.#left = length;
    this.#payloadBytes = 0;
    if (type !== frameTypes.data) return;
    this.#padding = (this.#flags & flags.padded) === 0 ? 0 : -1;
    if (this.#padding === -1 && length === 0) throw new ProtocolViolation(errorCodes.frameSizeError, 'a padded frame has no length of padding');
  }

  #readData(chunk: Buffer, start: number): number {
    let at = start;
    let windowBytes = 0;
    if (this.#padding === -1) {
      this.#padding = chunk[at] ?? 0;
      this.#left -= 1;
      at += 1;
      windowBytes = 1;
      if (this.#padding > this.#left) throw new ProtocolViolation(errorCodes.protocolError, 'the padding is longer than its frame');
    }
    const count = Math.min(this.#left, chunk.length - at);
    const content = Math.max(0, Math.min(count, this.#left - this.#padding));
    this.#left -= count;
    windowBytes += count;
    const end = this.#left === 0;
    if (end) this.#left = -1;
    const bytes = content === 0 ? nothing : content === chunk.length ? chunk : chunk.subarray(at, at + content);
    if (content > 0) holdBytes(bytes);
    this.#handler.onData(this.#streamId, bytes, windowBytes, end && (this.#flags & flags.endStream) !== 0);
    return at + count;
  }

  #readPayload(chunk: Buffer, at: number): number {
    const count = Math.min(this.#left, chunk.length - at);
    let payload = chunk.subarray(at, at + count);
    if (this.#type !== frameTypes.windowUpdate) holdBytes(payload);
    if (this.#payload !== undefined || count < this.#left) {
      this.#payload ??= Buffer.allocUnsafe(this.#left);
      payload.copy(this.#payload, this.#payloadBytes);
      this.#payloadBytes += count;
      payload = this.#payload;
    }
    this.#left -= count;
    if (this.#left > 0) return chunk.length;
    this.#left = -1;
    this.#payload = undefined;
    if (this.#type === frameTypes.headers || this.#type === frameTypes.continuation) this.#readBlock(payload);
    else this.#handler.onFrame(this.#type, this.#flags, this.#streamId, payload);
    return at + count;
  }

  #readBlock(payload: Buffer): void {
    const first = this.#type === frameTypes.headers;
    const fragment = first ? fragmentOf(payload, this.#flags) : payload;
    if (first) {
      this.#blockEnds = (this.#flags & flags.endStream) !== 0;
      this.#blockBytes = 0;
    }
    this.#blockBytes += fragment.length;
    if (this.#blockBytes > this.#options.maximumHeaderBlock) throw new ProtocolViolation(errorCodes.enhanceYourCalm, 'the header fields are too large');
    // The fragments must outlive the chunk that they came in; the usual block has only one, which does not have to.
    if ((this.#flags & flags.endHeaders) !== 0) {
      const block = this.#block === undefined ? fragment : Buffer.concat([...this.#block, fragment]);
      this.#block = undefined;
      this.#handler.onHeaders(this.#streamId, block, this.#blockEnds);
      return;
    }
    this.#block ??= [];
    this.#block.push(fragment);
    if (this.#block.length > maximumContinuations) throw new ProtocolViolation(errorCodes.enhanceYourCalm, 'the header fields come in too many pieces');
  }
}

/** The block in a HEADERS frame, without padding and priority. */
function fragmentOf(payload: Buffer, frameFlags: number): Buffer {
  let start = 0;
  let end = payload.length;
  if ((frameFlags & flags.padded) !== 0) {
    start = 1;
    end -= payload[0] ?? payload.length;
  }
  if ((frameFlags & flags.priority) !== 0) start += 5;
  if (start > end) throw new ProtocolViolation(errorCodes.protocolError, 'the padding is longer than its frame');
  return payload.subarray(start, end);
}
