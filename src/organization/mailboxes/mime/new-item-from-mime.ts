import type { MimeSource, NewItem } from '../item.ts';
import { longestHead, readMessageHead } from './read-message.ts';

/**
 * A message to store, from its MIME content: what its head says becomes properties, the bytes are kept as they came. Body
 * and attachments are read from them when asked for.
 */
export async function newItemFromMime(mime: MimeSource): Promise<NewItem & { mime: MimeSource }> {
  if (mime instanceof Uint8Array) return { ...readMessageHead(mime), mime };
  const [start, whole] = await peek(mime);
  return { ...readMessageHead(start), mime: whole };
}

/** The first bytes of a stream, and the stream with them. */
async function peek(source: AsyncIterable<Uint8Array>): Promise<[start: Uint8Array, whole: AsyncIterable<Uint8Array>]> {
  const iterator = source[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < longestHead) {
    const { value, done } = await iterator.next();
    if (done === true) break;
    first.push(value);
    size += value.length;
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield* first;
      for (;;) {
        const { value, done } = await iterator.next();
        if (done === true) return;
        yield value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return [Buffer.concat(first), all()];
}
