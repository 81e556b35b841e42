import { isAscii, isUtf8 } from 'node:buffer';
import { textEncodingOf } from './text-encoding.ts';
import type { TextEncoding } from './text-encoding.ts';
import { withoutEscapes } from './without-escapes.ts';

/** What of a line is read; the rest of it is passed over. A token in a header is long, an error is not. */
const longestLine = 65_536;

export interface LineSplitter {
  push(chunk: Buffer): void;
  /** The last line, though no line break follows it. */
  end(): void;
  /** Lines of which only the beginning was read. */
  readonly cutLines: number;
  readonly lines: number;
}

/**
 * Turns bytes into lines, without line breaks, counted from 1. Memory does not grow with the input. UTF-8 and UTF-16
 * with and without a mark; a line that is not UTF-8 is read as Windows-1252; what a PowerShell appended in UTF-16 to
 * something else, or the other way round, is read too.
 */
export function createLineSplitter(onLine: (text: string, number: number) => void, longest = longestLine): LineSplitter {
  let encoding: TextEncoding | undefined;
  let rest: Buffer = Buffer.alloc(0);
  let number = 0;
  let cutLines = 0;
  let passing = false;
  const emit = (bytes: Buffer): void => {
    number++;
    if (bytes.length > longest) cutLines++;
    onLine(decodeLine(bytes.subarray(0, longest), encoding ?? 'utf-8'), number);
  };
  const emitBlock = (block: Buffer): void => {
    const ascii = encoding === 'utf-8' && isAscii(block);
    if (encoding !== 'utf-8' || !(ascii || isUtf8(block))) {
      for (const line of byteLines(block, encoding ?? 'utf-8')) emit(line);
      return;
    }
    const text = block.toString(ascii ? 'latin1' : 'utf8');
    // Decided before the loop, by a branch: as a flag, V8 looks through the whole block again at every line.
    const clean = /[\0\u001b]/.test(text) ? cleanLine : asItIs;
    let from = 0;
    while (from < text.length) {
      let to = text.indexOf('\n', from);
      if (to === -1) to = text.length;
      number++;
      let line = text.slice(from, text.charCodeAt(to - 1) === 13 && to > from ? to - 1 : to);
      if (line.length > longest) {
        line = line.slice(0, longest);
        cutLines++;
      }
      onLine(clean(line), number);
      from = to + 1;
    }
  };
  return {
    push(chunk) {
      if (encoding === undefined) {
        encoding = textEncodingOf(chunk);
        const mark = encoding !== 'utf-8' && (chunk[0] === 0xff || chunk[0] === 0xfe) ? 2 : chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? 3 : 0;
        chunk = chunk.subarray(mark);
      }
      if (passing) {
        const next = firstBreak(chunk, encoding);
        if (next === -1) return;
        chunk = chunk.subarray(next);
        passing = false;
      }
      const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const end = lastBreak(all, encoding);
      if (end > 0) emitBlock(all.subarray(0, end));
      // Copied: whoever reads a file may fill the same bytes again.
      rest = Buffer.from(all.subarray(Math.max(0, end)));
      if (rest.length <= longest) return;
      emit(rest);
      rest = Buffer.alloc(0);
      passing = true;
    },
    end() {
      if (rest.length > 0) emit(rest);
      rest = Buffer.alloc(0);
    },
    get cutLines() {
      return cutLines;
    },
    get lines() {
      return number;
    },
  };
}

/** Where the first line ends, its break included; -1 where it does not. */
function firstBreak(bytes: Buffer, encoding: TextEncoding): number {
  if (encoding === 'utf-8') return bytes.indexOf(10) + 1 || -1;
  const [low, high] = encoding === 'utf-16le' ? [0, 1] : [1, 0];
  for (let at = 0; at + 1 < bytes.length; at += 2) if (bytes[at + low] === 10 && bytes[at + high] === 0) return at + 2;
  return -1;
}

function lastBreak(bytes: Buffer, encoding: TextEncoding): number {
  if (encoding === 'utf-8') return bytes.lastIndexOf(10) + 1;
  const [low, high] = encoding === 'utf-16le' ? [0, 1] : [1, 0];
  for (let at = (bytes.length & ~1) - 2; at >= 0; at -= 2) if (bytes[at + low] === 10 && bytes[at + high] === 0) return at + 2;
  return 0;
}

function* byteLines(block: Buffer, encoding: TextEncoding): Generator<Buffer> {
  let from = 0;
  while (from < block.length) {
    const length = firstBreak(block.subarray(from), encoding);
    const to = length === -1 ? block.length : from + length;
    yield block.subarray(from, to);
    from = to;
  }
}

const asItIs = (line: string): string => line;
const cleanLine = (line: string): string => withoutEscapes(line).replaceAll('\0', '');

function decodeLine(bytes: Buffer, encoding: TextEncoding): string {
  return withoutEscapes(decodeBytes(bytes, encoding)).replace(/(?<![\r\n])[\r\n]+$/, '').replaceAll('\0', '');
}

function decodeBytes(bytes: Buffer, encoding: TextEncoding): string {
  if (encoding === 'utf-8') {
    if (isUtf8(bytes)) return bytes.toString('utf8');
    return new TextDecoder('windows-1252').decode(bytes);
  }
  const text = (encoding === 'utf-16le' ? bytes : Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16()).toString('utf16le');
  // Two letters of ASCII make one character of CJK: somebody appended a text of another encoding.
  const start = bytes.subarray(0, 64);
  const printable = start.filter((byte) => byte >= 32 && byte < 127).length;
  return start.length > 3 && printable > start.length * 0.9 ? bytes.toString('latin1') : text;
}
