import { createReadStream, readSync } from 'node:fs';

/** Bytes of a file: where a message begins, and where the next begins or the file ends. */
export interface Stretch {
  start: number;
  end: number;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const separator = 'From ';
const nextLine = Buffer.from(`\n${separator}`);
/** Bytes of the file that are read in one go. */
const pieceSize = 1024 * 1024;

/**
 * Where the messages of an mbox file stand (RFC 4155): each behind a line `From …` at the beginning of the file or after an
 * empty line. The empty line before the next belongs to neither. The file is read once, a piece in memory at a time.
 *
 * @throws Error of the file system; MboxError where the file does not begin as one does
 */
export async function* mboxMessages(path: string): AsyncGenerator<Stretch> {
  /** What of the file has been read and not yet been looked at, with the few bytes before it that decide what it is. */
  let bytes: Buffer = Buffer.alloc(0);
  /** Where in the file `bytes` begins, and where in `bytes` there is something new. */
  let base = 0;
  let at = 0;
  /** In the file: where the present message begins, and where it ends if the separator that is being read is whole. */
  let message = -1;
  let end: number | undefined;
  let isBegun = false;
  for await (const chunk of createReadStream(path, { highWaterMark: pieceSize }) as AsyncIterable<Buffer>) {
    bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
    if (!isBegun) {
      if (bytes.length < separator.length) continue;
      if (bytes.toString('latin1', 0, separator.length) !== separator) break;
      isBegun = true;
      end = 0;
    }
    for (;;) {
      if (end !== undefined) {
        const feed = bytes.indexOf(lineFeed, at);
        if (feed === -1) break;
        if (message !== -1) yield { start: message, end: Math.max(message, end) };
        message = base + feed + 1;
        end = undefined;
        at = feed;
      }
      const found = bytes.indexOf(nextLine, at);
      if (found === -1) break;
      at = found + 1;
      const blank = blankBefore(bytes, found);
      if (blank !== undefined) end = base + blank;
    }
    // A separator may begin in what was read last; of its line, what is there needs no second look.
    const keep = end === undefined ? nextLine.length + 2 : 0;
    const done = Math.max(0, bytes.length - keep);
    base += done;
    at = Math.max(0, at - done);
    bytes = bytes.subarray(done);
  }
  if (!isBegun && bytes.length > 0) throw new MboxError('it does not begin with a line "From "');
  if (message === -1) throw new MboxError('it holds no message');
  const blank = bytes.at(-1) === lineFeed && end === undefined ? blankBefore(bytes, bytes.length - 1) : undefined;
  yield { start: message, end: blank === undefined ? base + bytes.length : Math.max(message, base + blank) };
}

/** Where an empty line begins that ends with the line feed at this place. */
function blankBefore(bytes: Buffer, feed: number): number | undefined {
  if (bytes[feed - 1] === lineFeed) return feed;
  return bytes[feed - 1] === carriageReturn && bytes[feed - 2] === lineFeed ? feed - 1 : undefined;
}

export class MboxError extends Error {
  override readonly name = 'MboxError';
}

/** The bytes of a message, without the mark that mbox files put before lines that would begin another (`>From `, mboxrd). */
export async function* mboxBytes(path: string, { start, end }: Stretch): AsyncGenerator<Buffer> {
  if (end <= start) return;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { start, end: end - 1 }) as AsyncIterable<Buffer>) {
    const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const feed = all.lastIndexOf(lineFeed);
    // A line longer than this is none that begins with the mark, or its beginning has been looked at.
    const whole = feed === -1 ? (all.length > 1_000_000 ? all.length : 0) : feed + 1;
    if (whole > 0) yield unmarked(all.subarray(0, whole));
    rest = all.subarray(whole);
  }
  if (rest.length > 0) yield unmarked(rest);
}

/** The same at once, for a short message of an open file: many of them are read faster without streams. */
export function mboxBuffer(file: number, { start, end }: Stretch): Buffer {
  const bytes = Buffer.allocUnsafe(Math.max(0, end - start));
  let read = 0;
  while (read < bytes.length) {
    const more = readSync(file, bytes, read, bytes.length - read, start + read);
    if (more === 0) break;
    read += more;
  }
  return unmarked(bytes.subarray(0, read));
}

function unmarked(lines: Buffer): Buffer {
  if (!lines.includes('>From ')) return lines;
  // Latin-1 keeps every byte.
  return Buffer.from(lines.toString('latin1').replace(/^>(>*From )/gm, '$1'), 'latin1');
}
