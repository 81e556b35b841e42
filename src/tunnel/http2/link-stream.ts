import { holdBytes, releaseBytes } from './chunk-memory.ts';
import { HeldBytes } from './held-bytes.ts';
import { errorCodes } from './protocol.ts';

/** What a stream asks of its session. */
export interface StreamOwner {
  /** The stream has something to send. */
  schedule(stream: LinkStream): void;
  /** Bytes have been handed over for good: the peer may send as many again. */
  consumed(stream: LinkStream, count: number): void;
  sendStatus(stream: LinkStream, status: number): void;
  sendReset(stream: LinkStream, code: number): void;
  /** The stream is over; it must be forgotten, `onClose` follows. */
  release(stream: LinkStream): void;
}

/** Bytes that wait in one stream before its writer is asked to pause. */
const highWaterMark = 256 * 1024;
const lowWaterMark = 64 * 1024;
/** The same for pieces, each of which costs something beside its bytes. */
const highWaterPieces = 1024;

const ignore = (): void => undefined;

/**
 * One stream of a link. Not a stream of the runtime, on purpose: what it does for each chunk is a push onto a list.
 * Nothing is thrown; writing to a stream that is over does nothing.
 */
export class LinkStream {
  readonly id: number;
  /** Of the request, names in lower case, pseudo-headers included; empty on the side that asked. */
  readonly headers: ReadonlyMap<string, string>;
  /** The peer has accepted the stream; asked side only. */
  onResponse: (status: number) => void = ignore;
  /** Bytes from the peer; the listener's to keep, not to change, and to release (`releaseBytes`) when it is done with them at once. */
  onData: (bytes: Buffer) => void = ignore;
  /** After `write` returned false: there is room again. */
  onDrain: () => void = ignore;
  /** The peer sends no more, and all of it has been handed over. */
  onEnd: () => void = ignore;
  /** Once, at the very end, with the code of RFC 9113 §7 or of the link's own range; 0: both sides ended in good order. */
  onClose: (code: number) => void = ignore;

  readonly #owner: StreamOwner;
  #closed = false;
  // Sending.
  /** Flow-control window that the peer grants. */
  sendWindow: number;
  /** True while the session has the stream on its list. */
  scheduled = false;
  #queue: Buffer[] = [];
  #queueStart = 0;
  #queued = 0;
  #full = false;
  #ending = false;
  #endSent = false;
  /** The code with which everything ends once the queue is empty. */
  #closing: number | undefined;
  // Receiving.
  /** Bytes that the peer may still send. */
  receiveWindow: number;
  /** Handed over since the peer was last told. */
  unacknowledged = 0;
  #paused = false;
  #held: HeldBytes | undefined;
  #endReceived = false;
  #endDelivered = false;
  #answered = false;

  constructor(owner: StreamOwner, id: number, headers: ReadonlyMap<string, string>, sendWindow: number, receiveWindow: number) {
    this.#owner = owner;
    this.id = id;
    this.headers = headers;
    this.sendWindow = sendWindow;
    this.receiveWindow = receiveWindow;
  }

  /** True once nothing can be sent or received any more. */
  get closed(): boolean {
    return this.#closed;
  }

  /** True while writers should wait for `onDrain`. */
  get full(): boolean {
    return this.#full;
  }

  /** True after `end`. */
  get ending(): boolean {
    return this.#ending;
  }

  /** Bytes written that have not been sent. */
  get queued(): number {
    return this.#queued;
  }

  /** True when the peer has ended its side and everything of it has been handed over. */
  get peerEnded(): boolean {
    return this.#endDelivered;
  }

  /** True once the peer has answered; asked side only. */
  get answered(): boolean {
    return this.#answered;
  }

  /** Accepts a stream of the peer. */
  respond(status: number): void {
    if (!this.#closed) this.#owner.sendStatus(this, status);
  }

  /** Takes bytes, which must not be changed any more. False when the writer should wait for `onDrain`. */
  write(bytes: Buffer): boolean {
    if (this.#closed || this.#ending || bytes.length === 0) return true;
    holdBytes(bytes);
    this.#queue.push(bytes);
    this.#queued += bytes.length;
    if (this.#queued >= highWaterMark || this.#queue.length - this.#queueStart >= highWaterPieces) this.#full = true;
    if (!this.scheduled) this.#owner.schedule(this);
    return !this.#full;
  }

  /** Sends no more after what has been written. */
  end(): void {
    if (this.#closed || this.#ending) return;
    this.#ending = true;
    if (!this.scheduled) this.#owner.schedule(this);
  }

  /**
   * Sends what has been written and then ends the stream for both sides, whatever the peer has still to say: in good
   * order (RFC 9113 §8.1) with code 0, with a reset otherwise.
   */
  close(code: number = errorCodes.noError): void {
    if (this.#closed || this.#closing !== undefined) return;
    this.#closing = code;
    this.#held = undefined;
    this.#paused = false;
    if (this.#endReceived) this.#endDelivered = true;
    this.end();
    if (this.#endSent) this.endWasSent();
  }

  /** Gives the stream up at once; what has not been sent is dropped. `onClose` follows in this very call. */
  reset(code: number): void {
    if (!this.#closed) this.#over(code, true);
  }

  pause(): void {
    this.#paused = true;
  }

  /** Goes on reading. A stream that the peer opened begins paused, so that nothing is lost before somebody listens. */
  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    const held = this.#held;
    if (held !== undefined && !this.#handHeld(held)) return;
    if (this.#endReceived && !this.#endDelivered && this.#isReading()) this.#deliverEnd();
  }

  /** False when the reader has had enough before the end, or went on by itself while it was handed something. */
  #handHeld(held: HeldBytes): boolean {
    while (this.#isReading()) {
      const piece = held.take();
      if (piece === undefined) break;
      this.#hand(piece.bytes, piece.windowBytes);
    }
    if (!held.empty || this.#held !== held) return false;
    this.#held = undefined;
    return true;
  }

  /** Paused or over: checked again after every call of a listener. */
  #isReading(): boolean {
    return !this.#paused && !this.#closed;
  }

  #hand(bytes: Buffer, windowBytes: number): void {
    this.#owner.consumed(this, windowBytes);
    if (bytes.length > 0 && this.#closing === undefined) this.onData(bytes);
  }

  #deliverEnd(): void {
    this.#endDelivered = true;
    if (this.#closing === undefined) this.onEnd();
    this.#overWhenBothEnded();
  }

  #overWhenBothEnded(): void {
    if (this.#endSent && this.#endDelivered && !this.#closed) this.#over(errorCodes.noError, false);
  }

  #over(code: number, tellPeer: boolean): void {
    this.#closed = true;
    if (tellPeer) this.#owner.sendReset(this, code);
    this.#queue = [];
    this.#queueStart = 0;
    this.#queued = 0;
    this.#full = false;
    this.#held = undefined;
    this.#owner.release(this);
    this.onClose(code);
  }

  // What follows is for the session.

  /** The peer has sent all that it will send. */
  get endReceived(): boolean {
    return this.#endReceived;
  }

  /** Takes the peer's answer to the opening of the stream. */
  answer(status: number): void {
    this.#answered = true;
    this.onResponse(status);
  }

  /** Takes a piece of DATA that has just come. */
  receive(bytes: Buffer, windowBytes: number, end: boolean): void {
    if (end) this.#endReceived = true;
    if (this.#paused || this.#held !== undefined) {
      this.#held ??= new HeldBytes();
      this.#held.add(bytes, windowBytes);
      return;
    }
    this.#hand(bytes, windowBytes);
    if (end && this.#held === undefined && this.#isReading()) this.#deliverEnd();
  }

  /** The peer has reset the stream, or the link is gone. What was received before an orderly end is still handed over. */
  closeBy(code: number): void {
    if (this.#closed) return;
    if (code === errorCodes.noError && this.#endReceived && !this.#endDelivered) {
      // Nothing more can be sent; the end follows when the reader has taken the rest.
      this.#ending = true;
      this.#endSent = true;
      this.#queue = [];
      this.#queueStart = 0;
      this.#queued = 0;
      return;
    }
    // An end without the end of the data is none.
    this.#over(code === errorCodes.noError && !this.#endReceived ? errorCodes.cancel : code, false);
  }

  /** True when there is something to put on the line, windows aside. */
  get hasOutput(): boolean {
    return !this.#closed && (this.#queued > 0 || (this.#ending && !this.#endSent));
  }

  /** Copies up to `count` bytes of what waits into `into`; returns how many. */
  take(into: Buffer, at: number, count: number): number {
    let left = Math.min(count, this.#queued);
    const taken = left;
    let to = at;
    while (left > 0) {
      const first = this.#queue[this.#queueStart] as Buffer;
      if (first.length <= left) {
        into.set(first, to);
        to += first.length;
        left -= first.length;
        this.#queueStart += 1;
        releaseBytes(first);
        continue;
      }
      first.copy(into, to, 0, left);
      this.#queue[this.#queueStart] = first.subarray(left);
      left = 0;
    }
    if (this.#queueStart === this.#queue.length) {
      this.#queue.length = 0;
      this.#queueStart = 0;
    } else if (this.#queueStart > 64) {
      this.#queue.splice(0, this.#queueStart);
      this.#queueStart = 0;
    }
    this.#queued -= taken;
    return taken;
  }

  /** True when the piece just taken was the last, and the peer is told so with it; a reset speaks for itself. */
  get isLast(): boolean {
    return this.#ending && this.#queued === 0 && !this.endsInReset;
  }

  /** True when a reset follows what has been written. */
  get endsInReset(): boolean {
    return this.#closing !== undefined && this.#closing !== errorCodes.noError;
  }

  /** The end of this side is on the line, or its turn has come. */
  endWasSent(): void {
    this.#endSent = true;
    if (this.#closing !== undefined && (this.endsInReset || !this.#endReceived)) this.#over(this.#closing, true);
    else this.#overWhenBothEnded();
  }

  /** Tells the writer that there is room, where it was told to wait and there is. */
  relieve(): void {
    if (!this.#full || this.#queued > lowWaterMark || this.#closed) return;
    this.#full = false;
    this.onDrain();
  }
}
