import { textEncodingOf } from './text-encoding.ts';

export interface ElementSplitter {
  push(chunk: Buffer): void;
  end(): void;
  readonly lines: number;
}

/** A piece is given up as one after this many characters. */
const longestPiece = 1_048_576;

/**
 * Turns bytes of XML into pieces that end after each `</name>` and at each line break: Event Viewer writes a whole log
 * in one line. `isLineEnd` tells the break, which is not in the text.
 */
export function createElementSplitter(name: string, onPiece: (text: string, line: number, isLineEnd: boolean) => void): ElementSplitter {
  const closing = `</${name}>`;
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let rest = '';
  let line = 1;
  const take = (text: string, isLast: boolean): void => {
    let from = 0;
    let nextBreak = text.indexOf('\n');
    let nextClosing = text.indexOf(closing);
    while (nextBreak !== -1 || nextClosing !== -1) {
      const isLineEnd = nextBreak !== -1 && (nextClosing === -1 || nextBreak < nextClosing);
      const to = isLineEnd ? nextBreak : nextClosing + closing.length;
      const piece = text.slice(from, isLineEnd && text.charCodeAt(to - 1) === 13 ? to - 1 : to);
      onPiece(piece, line, isLineEnd);
      from = isLineEnd ? to + 1 : to;
      if (isLineEnd) line++;
      if (nextBreak !== -1 && nextBreak < from) nextBreak = text.indexOf('\n', from);
      if (nextClosing !== -1 && nextClosing < from) nextClosing = text.indexOf(closing, from);
    }
    rest = text.slice(from);
    if (rest === '' || (!isLast && rest.length <= longestPiece)) return;
    onPiece(rest, line, false);
    rest = '';
  };
  return {
    push(chunk) {
      decoder ??= new TextDecoder(textEncodingOf(chunk));
      take(rest + decoder.decode(chunk, { stream: true }), false);
    },
    end() {
      take(rest + (decoder?.decode() ?? ''), true);
    },
    get lines() {
      return line;
    },
  };
}
