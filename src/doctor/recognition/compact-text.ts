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
  return letters(withoutTags(readableText(text)));
}

/** A text with its quotation marks, stamps and escapes undone, signs and blanks as they are. */
export function readableText(text: string): string {
  return unescape(withoutEscapeLines(text).normalize('NFKC').replaceAll(/=\r?\n/g, '').replaceAll(quotes, '').replaceAll(lineStamp, ''));
}

const quotes = /^(?:[ \t]*[>|])+/gm;

/** Without the signs that mail programs put before quoted lines. */
export function withoutQuotes(text: string): string {
  return text.replaceAll(quotes, '');
}

function withoutEscapeLines(text: string): string {
  return text.includes('\u001b') ? text.split('\n').map(withoutEscapes).join('\n') : text;
}

/** As `compactText`, for texts that are clean already. */
export function letters(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/** A mail in JSON in a page: who comes later escapes what is escaped already. */
const mostLayers = 4;

/** An entity that a line break has cut in two. */
const brokenEntity = /&(?:#?\w{0,6})\r?\n[ \t]*(?:\w{0,6});/g;

function unescape(text: string): string {
  let result = text.replaceAll(brokenEntity, (entity) => entity.replaceAll(/\s/g, ''));
  for (let layer = 0; layer < mostLayers; layer++) {
    const before = result;
    result = withoutLayer(before);
    if (result === before) break;
  }
  return result;
}

function withoutLayer(text: string): string {
  return text
    .replaceAll(/(?<!\\)\\+(?:u([0-9a-f]{4})|x([0-9a-f]{2}))/gi, (_, wide: string | undefined, narrow: string | undefined) => String.fromCharCode(Number.parseInt(wide ?? narrow ?? '', 16)))
    .replaceAll(/(?<!\\)\\+[rnt]/g, ' ')
    .replaceAll(/(?:%[0-9a-f]{2})+/gi, decoded)
    .replaceAll(/=(3D|20|27|22)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, entity);
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

/** The elements of HTML and, with a prefix, those of Word, SOAP faults and the gateway's faults. */
const elements = 'a abbr acronym address area article aside audio b base basefont bdi bdo big blockquote body br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer form frame frameset h[1-6] head header hr html i iframe img input ins kbd label legend li link main map mark menu meta nav noscript ol optgroup option output p picture pre q s samp script section select small span strike strong style sub summary sup table tbody td template textarea tfoot th thead time title tr tt u ul var wbr [ovwsx]:\\w+ st1:\\w+ psf:\\w+';
const tag = new RegExp(`</?(?:${elements.replaceAll(' ', '|')})(?:\\s[^<>]{0,500})?/?>`, 'gi');

/** What a line break has cut in two, and may be a tag. */
const brokenTag = /<[^<>\n]{0,80}\r?\n[^<>\n]{0,80}>/g;

/** Only what looks like a tag of HTML: a placeholder in angle brackets and a comparison are text. */
function withoutTags(text: string): string {
  return text.replaceAll(brokenTag, (broken) => (broken.replaceAll(/\r?\n[ \t]*/g, '').replaceAll(tag, '') === '' ? ' ' : broken)).replaceAll(tag, ' ');
}
