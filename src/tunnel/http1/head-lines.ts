import type { HeadLimits } from './head-reader.ts';
import { headTooLarge } from './head-reader.ts';
import type { HeaderField } from './header-fields.ts';
import { parseField } from './header-fields.ts';

/**
 * How a head differs from the one before it:
 * - `none`: not in one byte
 * - `values`: in values only, and of fields that neither route a message nor say how it is read; `Content-Length` may differ
 * - `all`: in anything
 */
export type HeadDifference = 'none' | 'values' | 'all';

/** Fields on which more depends than their own value. `Content-Length` is left to whoever frames. */
const decisive = new Set(['host', 'connection', 'transfer-encoding', 'upgrade', 'te', 'expect']);
/** A head larger than this is not remembered, so that a resting connection costs little. */
const rememberedBytes = 8 * 1024;

/**
 * Reads the lines of one head after the other. A client says nearly the same in every request, and a server in every
 * answer: lines that come again in their place are compared and not read again.
 */
export class HeadLines {
  readonly #limits: HeadLimits;
  #before: Buffer = Buffer.alloc(0);
  #ends: number[] = [];
  startLine = '';
  fields: readonly HeaderField[] = [];

  constructor(limits: HeadLimits) {
    this.#limits = limits;
  }

  /**
   * Takes a whole head, with the empty line that ends it.
   *
   * @throws TunnelError as `parseField` does, or when there are too many fields
   */
  read(head: Buffer): HeadDifference {
    const before = this.#before;
    const limit = head.length - 2;
    const ends: number[] = [];
    const fields: HeaderField[] = [];
    let { startLine } = this;
    let same = true;
    let difference: HeadDifference = 'values';
    let at = 0;
    for (let index = 0; at < limit; index += 1) {
      const from = index === 0 ? 0 : (this.#ends[index - 1] ?? 0);
      const length = (this.#ends[index] ?? 0) - from;
      let end = length > 0 && isSame(head, at, limit, before, from, length) ? at + length : -1;
      if (end !== -1) {
        if (index > 0) fields.push(this.fields[index - 1] as HeaderField);
      } else {
        same = false;
        end = head.indexOf('\r\n', at) + 2;
        const line = head.toString('latin1', at, end - 2);
        if (index === 0) {
          startLine = line;
          difference = 'all';
        } else {
          if (index > this.#limits.fields) throw headTooLarge(this.#limits.fields);
          const field = parseField(line);
          if (field.key !== this.fields[index - 1]?.key || decisive.has(field.key) || field.key.includes('_')) difference = 'all';
          fields.push(field);
        }
      }
      ends.push(end);
      at = end;
    }
    if (same && ends.length === this.#ends.length) return 'none';
    if (ends.length !== this.#ends.length) difference = 'all';
    this.#remember(head, ends);
    this.startLine = startLine;
    this.fields = fields;
    return difference;
  }

  #remember(head: Buffer, ends: number[]): void {
    if (head.length > rememberedBytes) {
      this.#before = Buffer.alloc(0);
      this.#ends = [];
      return;
    }
    // Of its own: a slice would keep all that came with it in memory.
    if (this.#before.length < head.length) this.#before = Buffer.allocUnsafeSlow(head.length + 64);
    this.#before.set(head);
    this.#ends = ends;
  }
}

function isSame(head: Buffer, at: number, limit: number, before: Buffer, from: number, length: number): boolean {
  if (at + length > limit) return false;
  for (let offset = 0; offset < length; offset += 1) if (head[at + offset] !== before[from + offset]) return false;
  return true;
}
