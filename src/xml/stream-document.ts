import type { ByteSource } from './xml-writer.ts';

/** A document in pieces: text, and bytes that are read when it is their turn and stand there as base64. */
export type DocumentPieces = readonly (string | ByteSource)[];

/** Bytes of the document in UTF-8; undefined where the size of a source is not known before. */
export function documentLength(pieces: DocumentPieces): number | undefined {
  let length = 0;
  for (const piece of pieces) {
    if (typeof piece === 'string') length += Buffer.byteLength(piece);
    else if (piece.size === undefined) return undefined;
    else length += Math.ceil(piece.size / 3) * 4;
  }
  return length;
}

/** What leaves in one piece at least, but for the last. */
const pieceSize = 64 * 1024;

/**
 * The document's bytes, one chunk of a source in memory at a time.
 *
 * @throws TypeError when a source gives other than the bytes that it promised: what was sent is no whole document then
 */
export async function* streamDocument(pieces: DocumentPieces): AsyncGenerator<Buffer, void, undefined> {
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const part of parts(pieces)) {
    waiting.push(part);
    size += part.length;
    if (size < pieceSize) continue;
    yield waiting.length === 1 ? part : Buffer.concat(waiting);
    waiting = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(waiting);
}

async function* parts(pieces: DocumentPieces): AsyncGenerator<Buffer, void, undefined> {
  for (const piece of pieces) {
    if (typeof piece === 'string') yield Buffer.from(piece);
    else yield* base64Of(checked(piece));
  }
}

/** Base64 of what comes in chunks of any size. */
export async function* base64Of(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
  let rest: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) : Buffer.concat([rest, chunk]);
    const whole = bytes.length - (bytes.length % 3);
    rest = bytes.subarray(whole);
    if (whole > 0) yield Buffer.from(bytes.toString('base64', 0, whole), 'latin1');
  }
  if (rest.length > 0) yield Buffer.from(Buffer.from(rest).toString('base64'), 'latin1');
}

async function* checked({ size, chunks }: ByteSource): AsyncGenerator<Uint8Array, void, undefined> {
  let given = 0;
  for await (const chunk of chunks) {
    given += chunk.length;
    yield chunk;
  }
  if (size !== undefined && given !== size) throw new TypeError(`A source gave ${given} bytes in place of ${size}.`);
}
