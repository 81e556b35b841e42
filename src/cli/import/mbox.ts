import { createReadStream, readSync } from 'node:fs';

/** Bytes of a file: where a message begins, and where the next begins or the file ends. */
export interface Stretch {
  start: number;
  end: number;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const separator = Buffer.from('From ');
/** What a separator and an empty line begin with. */
const mayMatter: ReadonlySet<number> = new Set([separator[0] ?? 0, lineFeed, carriageReturn]);
/** Bytes of the file that are read in one go. */
const pieceSize = 1024 * 1024;

/**
 * Where the messages of an mbox file stand (RFC 4155): each behind a line `From …` at the beginning of the file or after an
 * empty line. The empty line before the next belongs to neither. The file is read once, a piece in memory at a time.
 *
 * @throws Error of the file system; MboxError where the file does not begin as one does
 */
export async function* mboxMessages(path: string): AsyncGenerator<Stretch> {
  /** Of the line that is being read. */
  let begun = 0;
  let head: number[] = [];
  let position = 0;
  /** Start of the present message, and what went before this line. */
  let message = -1;
  let blank: number | undefined;
  let isFirst = true;
  let isAfterBlank = false;
  for await (const chunk of createReadStream(path, { highWaterMark: pieceSize }) as AsyncIterable<Buffer>) {
    let at = 0;
    while (at < chunk.length) {
      const feed = chunk.indexOf(lineFeed, at);
      const until = feed === -1 ? chunk.length : feed + 1;
      // Most lines neither begin a message nor are empty.
      if (feed !== -1 && head.length === 0 && !isFirst && begun === position + at && !mayMatter.has(chunk[at] ?? 0)) {
        begun = position + until;
        blank = undefined;
        isAfterBlank = false;
        at = until;
        continue;
      }
      for (let index = at; index < until && head.length < separator.length; index++) head.push(chunk[index] ?? 0);
      if (feed !== -1) {
        const length = position + until - begun;
        const isSeparator = (isFirst || isAfterBlank) && head.length === separator.length && separator.equals(Buffer.from(head));
        if (isSeparator) {
          if (message !== -1) yield { start: message, end: Math.max(message, blank ?? begun) };
          message = begun + length;
        } else if (isFirst) throw new MboxError('it does not begin with a line "From "');
        const isBlank = (length === 1 && head[0] === lineFeed) || (length === 2 && head[0] === carriageReturn);
        blank = isBlank ? begun : undefined;
        isAfterBlank = isBlank;
        isFirst = false;
        begun += length;
        head = [];
      }
      at = until;
    }
    position += chunk.length;
  }
  if (message === -1) throw new MboxError('it holds no message');
  yield { start: message, end: begun === position && blank !== undefined ? Math.max(message, blank) : position };
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
  const bytes = Buffer.alloc(Math.max(0, end - start));
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
