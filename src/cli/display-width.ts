const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Characters that terminals draw two columns wide (Unicode Standard Annex #11, Wide and Fullwidth). JavaScript's
 * regular expressions know scripts but not East Asian Width, so the scripts whose letters are wide stand for it.
 */
const wide =
  /^(?![\u{ff61}-\u{ffdc}])[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Script=Tangut}\p{Script=Nushu}\p{Emoji_Presentation}\u{3000}-\u{303e}\u{30fb}\u{30fc}\u{3200}-\u{33ff}\u{ff01}-\u{ff60}\u{ffe0}-\u{ffe6}]/u;
const zeroWidth = /^[\p{Mark}\p{Default_Ignorable_Code_Point}]+$/u;
const plain = /^[\u0020-\u007e]*$/;
/** Control characters (escape sequences begin with one) and those that turn the direction of the text around them. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text that came from outside, made safe to print: each control character and direction override becomes `�`, so that
 * no subject or server name can move the cursor, colour the screen or forge a line. Line breaks and tabs become blanks.
 */
export function printable(text: string): string {
  return text.replace(/\r\n|[\r\n\t]/g, ' ').replace(unprintable, '\ufffd');
}

/** How many terminal columns a text takes. The text must hold no control characters. */
export function displayWidth(text: string): number {
  if (plain.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
  return width;
}

function graphemeWidth(grapheme: string): number {
  if (zeroWidth.test(grapheme)) return 0;
  // A flag or keycap, or a text character that U+FE0F turns into an emoji.
  if (grapheme.includes('\u{fe0f}') || wide.test(grapheme)) return 2;
  return 1;
}

/** Splits a text where it reaches `width` columns, never inside a grapheme. A first grapheme that is too wide goes into the head all the same. */
export function splitAtWidth(text: string, width: number): [head: string, rest: string] {
  let used = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    used += graphemeWidth(segment);
    if (used > width && index > 0) return [text.slice(0, index), text.slice(index)];
  }
  return [text, ''];
}

/** Cuts a text to at most `width` columns, ending in `…` where something was cut off. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (width < 1) return '';
  if (width === 1) return '…';
  const [head] = splitAtWidth(text, width - 1);
  return displayWidth(head) < width ? `${head.trimEnd()}…` : '…';
}

/** Fills a text with blanks up to `width` columns. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, width - displayWidth(text)));
  return align === 'left' ? text + blanks : blanks + text;
}

/** Breaks a text into lines of at most `width` columns: at blanks where possible, else inside the word. At least one line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (displayWidth(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (displayWidth(line) > width) {
      const [head, rest] = splitAtWidth(line, width);
      if (rest === '') break;
      lines.push(head);
      line = rest;
    }
  }
  lines.push(line);
  return lines;
}
