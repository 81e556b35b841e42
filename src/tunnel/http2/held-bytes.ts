import { releaseBytes } from './chunk-memory.ts';

interface Piece {
  bytes: Buffer;
  /** What the peer gets back of its window once they are taken; more than `bytes` where there was padding. */
  windowBytes: number;
  /** Where small pieces were put together: the block whose beginning `bytes` is. */
  block: Buffer | undefined;
}

/** Below this size pieces are copied together. */
const small = 4 * 1024;
const blockBytes = 16 * 1024;

/**
 * Bytes that wait for a reader that pauses. A piece keeps all that came with it in memory, so small ones are copied
 * together: what waits costs about what it weighs, however finely a peer cuts it.
 */
export class HeldBytes {
  readonly #pieces: (Piece | undefined)[] = [];
  #next = 0;

  add(bytes: Buffer, windowBytes: number): void {
    const last = this.#next < this.#pieces.length ? this.#pieces.at(-1) : undefined;
    const length = (last?.bytes.length ?? 0) + bytes.length;
    if (bytes.length >= small) return void this.#pieces.push({ bytes, windowBytes, block: undefined });
    if (last === undefined || (last.block === undefined && last.bytes.length >= small) || length > blockBytes) this.#pieces.push({ bytes: Buffer.from(bytes), windowBytes, block: undefined });
    else {
      last.block ??= blockFor(last.bytes);
      last.block.set(bytes, last.bytes.length);
      last.bytes = last.block.subarray(0, length);
      last.windowBytes += windowBytes;
    }
    releaseBytes(bytes);
  }

  /** The oldest piece, which is the taker's from now on. */
  take(): { bytes: Buffer; windowBytes: number } | undefined {
    const piece = this.#pieces[this.#next];
    if (piece === undefined) return undefined;
    this.#pieces[this.#next] = undefined;
    this.#next += 1;
    if (this.#next === this.#pieces.length) {
      this.#pieces.length = 0;
      this.#next = 0;
    }
    return piece;
  }

  get empty(): boolean {
    return this.#next === this.#pieces.length;
  }
}

function blockFor(bytes: Buffer): Buffer {
  const block = Buffer.allocUnsafeSlow(blockBytes);
  block.set(bytes);
  return block;
}
