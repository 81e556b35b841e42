import { withoutEscapes } from '../evidence/text/without-escapes.ts';

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’', hellip: '…' };

/** Date, time and level at the beginning of a line of a log. */
const lineStamp = /^[ \t]*\d{4}[-./]\d\d[-./]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?Z?[ \t]*(?:\*?(?:INFO|WARN|WARNING|ERROR|DEBUG)\*?)?/gm;

/**
 * What remains of a text after everything that mail programs, terminals, browsers and copying do to it: letters and
 * digits, folded to lower case, without blanks, so that a word broken over two lines is one again. Entities (also
 * doubly escaped ones), tags, JSON escapes, quoted-printable, and quotation marks and time stamps at the beginning of lines
 * are undone.
 */
export function compactText(text: string): string {
  return letters(withoutTags(unescape(withoutEscapeLines(text).normalize('NFKC').replaceAll(/=\r?\n/g, '').replaceAll(/^(?:[ \t]*[>|])+/gm, '').replaceAll(lineStamp, ''))));
}

function withoutEscapeLines(text: string): string {
  return text.includes('\u001b') ? text.split('\n').map(withoutEscapes).join('\n') : text;
}

/** As `compactText`, for texts that are clean already. */
export function letters(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

function unescape(text: string): string {
  let result = text
    .replaceAll(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll(/\\[rnt]/g, ' ')
    .replaceAll(/(?:%[0-9a-f]{2})+/gi, decoded)
    .replaceAll(/=(3D|20|27|22)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  // A support portal that escapes what a mail had escaped already is common; three layers are not.
  for (let layer = 0; layer < 3 && result.includes('&'); layer++) result = result.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, entity);
  return result;
}

/** Bytes of a URL; what is no UTF-8 stays. */
function decoded(escaped: string): string {
  try {
    return decodeURIComponent(escaped);
  } catch {
    return escaped;
  }
}

function entity(whole: string, hex: string | undefined, decimal: string | undefined, name: string | undefined): string {
  if (name !== undefined) return named[name.toLowerCase()] ?? whole;
  const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : ' ';
}

/**
 * Letters that readers of pictures take for one another made one, and the strokes that they read as signs left out: for
 * comparing what a scan of a screenshot says, never for exact codes.
 */
export function foldScanned(compact: string): string {
  return compact.replaceAll(/[il1]/g, '').replaceAll('0', 'o').replaceAll('5', 's').replaceAll('8', 'b').replaceAll('rn', 'm');
}

/** Only what looks like a tag of HTML: a placeholder in angle brackets and a comparison are text. */
function withoutTags(text: string): string {
  return text.replaceAll(/<\/?(?:html|head|title|body|h[1-6]|p|br|div|span|b|i|u|em|strong|a|ul|ol|li|table|tbody|thead|tr|td|th|pre|code|font|blockquote|hr|img|s:\w+|psf:\w+)(?:\s[^<>]{0,500})?\/?>/gi, ' ');
}
