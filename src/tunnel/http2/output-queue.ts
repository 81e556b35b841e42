import type { Duplex } from 'node:stream';
import { writeFrameHead } from './frame-writer.ts';
import type { LinkStream } from './link-stream.ts';
import { defaultFrameSize, defaultWindow, flags, frameHeaderLength, frameTypes } from './protocol.ts';

/** Bytes of one write to the socket. */
const slabBytes = 128 * 1024;
/** Bytes handed to the socket that have not left it: beyond, what comes waits where small can still overtake large. */
const inFlightLimit = 256 * 1024;
/** Writes handed to the socket, for the same reason, and because each holds a slab. */
const writesLimit = 16;
/** What one stream puts on the line before the next one's turn, while others wait. */
const turnBytes = 16 * 1024;
/** A frame below this size is not worth squeezing into the rest of a write. */
const smallestPiece = 1024;

/** Slabs between two uses; links share them, so that an idle one holds none. */
const spareSlabs: Buffer[] = [];
const maximumSpareSlabs = 16;

/**
 * What a link sends: frames of control first, then the streams' bytes in turns, all that a turn of the event loop brings
 * in one write. Streams with little to send do not wait for those with much.
 */
export class OutputQueue {
  readonly #socket: Duplex;
  readonly #ready: LinkStream[] = [];
  #readyStart = 0;
  #control: Buffer[] = [];
  #controlBytes = 0;
  #inFlight = 0;
  #writes = 0;
  #flushing = false;
  #ended = false;
  readonly #relieved: LinkStream[] = [];
  /** Flow-control window of the whole connection, as the peer grants it. */
  linkWindow: number = defaultWindow;
  maximumFrameSize: number = defaultFrameSize;

  readonly #flushNow = (): void => {
    this.#flushing = false;
    if (!this.#ended) this.#flush();
  };

  constructor(socket: Duplex) {
    this.#socket = socket;
  }

  /** Bytes of control that wait, for instance behind a peer that does not read. */
  get controlBytes(): number {
    return this.#controlBytes;
  }

  control(frame: Buffer): void {
    if (this.#ended) return;
    this.#control.push(frame);
    this.#controlBytes += frame.length;
    this.#flushSoon();
  }

  schedule(stream: LinkStream): void {
    if (this.#ended) return;
    stream.scheduled = true;
    this.#ready.push(stream);
    this.#flushSoon();
  }

  widen(increment: number): void {
    this.linkWindow += increment;
    this.#flushSoon();
  }

  #flushSoon(): void {
    if (this.#flushing || this.#ended) return;
    this.#flushing = true;
    setImmediate(this.#flushNow);
  }

  /** Writes what may be written now. */
  #flush(): void {
    while (this.#inFlight < inFlightLimit && this.#writes < writesLimit && this.#writeSlab(true));
    for (const stream of this.#relieved.splice(0)) stream.relieve();
  }

  /** Lets what is left of control leave, whatever is in flight, and takes no more. */
  end(): void {
    while (this.#writeSlab(false));
    this.#ended = true;
  }

  /** One write; false when there is nothing to write. */
  #writeSlab(withData: boolean): boolean {
    const slab = spareSlabs.pop() ?? Buffer.allocUnsafeSlow(slabBytes);
    let length = this.#takeControl(slab);
    // The frames that open streams come before their data.
    if (withData && this.#control.length === 0) length = this.#takeData(slab, length);
    if (length === 0) {
      keepSlab(slab);
      return false;
    }
    this.#inFlight += length;
    this.#writes += 1;
    this.#socket.write(slab.subarray(0, length), (error) => this.#written(slab, length, error));
    return true;
  }

  #written(slab: Buffer, length: number, error: Error | null | undefined): void {
    this.#inFlight -= length;
    this.#writes -= 1;
    if (error !== null && error !== undefined) return;
    keepSlab(slab);
    if (this.#control.length > 0 || this.#readyStart < this.#ready.length) this.#flushSoon();
  }

  #takeControl(slab: Buffer): number {
    let at = 0;
    let next = 0;
    for (; next < this.#control.length; next += 1) {
      const frame = this.#control[next] as Buffer;
      if (at + frame.length > slab.length) break;
      slab.set(frame, at);
      at += frame.length;
    }
    if (next === this.#control.length) this.#control.length = 0;
    else this.#control.splice(0, next);
    this.#controlBytes -= at;
    return at;
  }

  #takeData(slab: Buffer, start: number): number {
    let at = start;
    while (this.#readyStart < this.#ready.length) {
      const stream = this.#ready[this.#readyStart] as LinkStream;
      if (!stream.hasOutput || (stream.sendWindow <= 0 && stream.queued > 0)) {
        // Nothing to send, or not before the peer grants it; then it is put on the list again.
        this.#leave(stream);
        continue;
      }
      if (stream.queued === 0 && stream.endsInReset) {
        this.#leave(stream);
        stream.endWasSent();
        at = this.#appendControl(slab, at);
        if (this.#control.length > 0) break;
        continue;
      }
      const room = slab.length - at - frameHeaderLength;
      const wanted = Math.max(0, Math.min(stream.queued, stream.sendWindow, this.maximumFrameSize, this.#ready.length - this.#readyStart > 1 ? turnBytes : slabBytes));
      if (wanted > 0 && this.linkWindow <= 0) break;
      if (room < Math.min(wanted, smallestPiece)) break;
      const length = stream.take(slab, at + frameHeaderLength, Math.max(0, Math.min(wanted, room, this.linkWindow)));
      const end = stream.isLast;
      writeFrameHead(slab, at, length, frameTypes.data, end ? flags.endStream : 0, stream.id);
      at += frameHeaderLength + length;
      stream.sendWindow -= length;
      this.linkWindow -= length;
      this.#leave(stream);
      if (end) {
        stream.endWasSent();
        at = this.#appendControl(slab, at);
      } else if (stream.hasOutput) {
        stream.scheduled = true;
        this.#ready.push(stream);
      }
      if (stream.full) this.#relieved.push(stream);
      // Whoever was told of an end may have opened a stream: what opens it goes ahead of its data.
      if (this.#control.length > 0) break;
    }
    return at;
  }

  /** A reset that follows the end of a stream. */
  #appendControl(slab: Buffer, at: number): number {
    if (this.#control.length === 0 || at + this.#controlBytes > slab.length) return at;
    const rest = slab.subarray(at);
    return at + this.#takeControl(rest);
  }

  #leave(stream: LinkStream): void {
    stream.scheduled = false;
    this.#readyStart += 1;
    if (this.#readyStart === this.#ready.length) {
      this.#ready.length = 0;
      this.#readyStart = 0;
    } else if (this.#readyStart >= 256) {
      this.#ready.splice(0, this.#readyStart);
      this.#readyStart = 0;
    }
  }
}

function keepSlab(slab: Buffer): void {
  if (spareSlabs.length < maximumSpareSlabs) spareSlabs.push(slab);
}
