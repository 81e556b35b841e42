import { randomBytes } from 'node:crypto';

/** A document without its largest texts, and those. */
export interface HoistedDocument {
  /** With a mark in place of each large text. */
  document: Buffer;
  /** The mark of a text is this and its index. */
  mark: string;
  /** Parts of the bytes that were given, not copied. */
  texts: readonly Uint8Array[];
}

/** Bytes of a text from which on it stays out of the tree. */
const largeText = 256 * 1024;

const base64 = new Uint8Array(256);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n\t ') base64[character.charCodeAt(0)] = 1;

/**
 * Takes long base64 texts out of a UTF-8 document before it is parsed: a parser would make several copies of each. Only the
 * parser knows what is text: a mark that does not turn out to be the whole text of an element was none, and it has to refuse
 * the document. Undefined where there is nothing to take out.
 */
export function hoistLargeText(bytes: Uint8Array): HoistedDocument | undefined {
  if (bytes.length < largeText || bytes[0] === 0xff || bytes[0] === 0xfe) return undefined;
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = `large-text-${randomBytes(16).toString('hex')}-`;
  const texts: Uint8Array[] = [];
  const pieces: Buffer[] = [];
  let copied = 0;
  for (let end = source.indexOf('>'); end !== -1; ) {
    const next = source.indexOf('<', end + 1);
    if (next === -1) break;
    if (next - end > largeText && isBase64(source, end + 1, next)) {
      pieces.push(source.subarray(copied, end + 1), Buffer.from(`${mark}${texts.length}`));
      texts.push(source.subarray(end + 1, next));
      copied = next;
    }
    end = source.indexOf('>', next);
  }
  if (texts.length === 0) return undefined;
  pieces.push(source.subarray(copied));
  return { document: Buffer.concat(pieces), mark, texts };
}

function isBase64(bytes: Uint8Array, from: number, to: number): boolean {
  for (let index = from; index < to; index++) if (base64[bytes[index] as number] !== 1) return false;
  return true;
}
