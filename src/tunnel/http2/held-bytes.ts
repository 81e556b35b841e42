const blockBytes = 16 * 1024;
/** A first piece below this size gets memory of its own size: many streams hold little, few hold much. */
const small = 4 * 1024;

/** Blocks between two uses; all streams share them. Bytes that wait would otherwise grow old in the heap and cost full collections. */
const spareBlocks: Buffer[] = [];
const maximumSpareBlocks = 256;
const nothing = Buffer.alloc(0);

/**
 * Bytes that wait for a reader that pauses. They are copied together: a piece of what a link brought keeps all that came
 * with it in memory, whoever it belongs to. What waits costs about what it weighs, however finely a peer cuts it.
 */
export class HeldBytes {
  readonly #blocks: Buffer[] = [];
  /** Where the next byte goes in the last block. */
  #to = 0;
  #bytes = 0;
  /** What the peer gets back of its window beyond the bytes themselves: padding. */
  #padding = 0;

  add(bytes: Buffer, windowBytes: number): void {
    this.#bytes += bytes.length;
    this.#padding += windowBytes - bytes.length;
    if (this.#blocks.length === 0 && bytes.length < small) {
      this.#blocks.push(Buffer.from(bytes));
      this.#to = bytes.length;
      return;
    }
    let at = 0;
    while (at < bytes.length) {
      const last = this.#roomyBlock();
      const count = Math.min(bytes.length - at, last.length - this.#to);
      bytes.copy(last, this.#to, at, at + count);
      this.#to += count;
      at += count;
    }
  }

  /** The oldest bytes, which are the taker's from now on; empty where only padding is left. */
  take(): Buffer | undefined {
    if (this.empty) return undefined;
    this.#padding = 0;
    const block = this.#blocks.shift();
    if (block === undefined) return nothing;
    const bytes = Buffer.from(block.subarray(0, this.#blocks.length === 0 ? this.#to : block.length));
    this.#bytes -= bytes.length;
    if (block.length === blockBytes && spareBlocks.length < maximumSpareBlocks) spareBlocks.push(block);
    return bytes;
  }

  get empty(): boolean {
    return this.windowBytes === 0;
  }

  /** What the peer gets back of its window once all has been taken. */
  get windowBytes(): number {
    return this.#bytes + this.#padding;
  }

  #roomyBlock(): Buffer {
    const last = this.#blocks.at(-1);
    if (last !== undefined && this.#to < last.length) return last;
    const block = spareBlocks.pop() ?? Buffer.allocUnsafeSlow(blockBytes);
    this.#blocks.push(block);
    this.#to = 0;
    return block;
  }
}
