import { ShellError } from '../language/shell-error.ts';

/** The parts that `[datetime]::ParseExact` reads here, each with what it matches (Custom date and time format strings). */
const parts: Readonly<Record<string, string>> = { yyyy: '\\d{4}', yy: '\\d{2}', MMMM: '[A-Za-z]+', MMM: '[A-Za-z]{3}', MM: '\\d{2}', M: '\\d{1,2}', dd: '\\d{2}', d: '\\d{1,2}', HH: '\\d{2}', H: '\\d{1,2}', hh: '\\d{2}', h: '\\d{1,2}', mm: '\\d{2}', m: '\\d{1,2}', ss: '\\d{2}', s: '\\d{1,2}', fff: '\\d{3}', tt: '[AaPp][Mm]' };
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads a date that is written in one of some formats of .NET, as UTC.
 *
 * @throws ShellError `SHELL_CONVERSION` where it is not; `SHELL_NOT_SUPPORTED` for parts of a format that are not read here
 */
export function parseExactDate(text: string, formats: readonly string[]): Date {
  for (const format of formats) {
    const date = parseOne(text, format);
    if (date !== undefined) return date;
  }
  throw new ShellError('SHELL_CONVERSION', 'Exception calling "ParseExact" with "3" argument(s): "String was not recognized as a valid DateTime."');
}

function parseOne(text: string, format: string): Date | undefined {
  const found: Record<string, string> = {};
  const order: string[] = [];
  const pattern = format.replaceAll(/'([^']*)'|\\(.)|([A-Za-z])\3*|[^A-Za-z]/g, (written: string, quoted?: string, escaped?: string) => {
    const literal = quoted ?? escaped ?? (/[A-Za-z]/.test(written) ? undefined : written);
    if (literal !== undefined) return literal.replaceAll(/[$()*+.?[\\\]^{|}/]/g, String.raw`\$&`);
    const part = parts[written];
    if (part === undefined && written !== 'T' && written !== 'Z') throw new ShellError('SHELL_NOT_SUPPORTED', `The part '${written.slice(0, 20)}' of a date's format cannot be read here.`);
    if (part === undefined) return written;
    order.push(written.charAt(0) === 'h' ? 'H' : written.charAt(0));
    return `(${part})`;
  });
  const match = new RegExp(`^${pattern}$`).exec(text.trim());
  if (match === null) return undefined;
  for (const [at, letter] of order.entries()) found[letter] = match[at + 1] ?? '';
  const number = (letter: string, otherwise: number): number => (found[letter] === undefined ? otherwise : Number(found[letter]));
  const year = number('y', new Date().getUTCFullYear());
  const month = found['M'] !== undefined && /[A-Za-z]/.test(found['M']) ? months.indexOf(found['M'].slice(0, 3).toLowerCase()) : number('M', 1) - 1;
  const half = found['t']?.toLowerCase();
  const hour = half === undefined ? number('H', 0) : (number('H', 0) % 12) + (half === 'pm' ? 12 : 0);
  const date = new Date(Date.UTC(found['y']?.length === 2 ? 2000 + year : year, month, number('d', 1), hour, number('m', 0), number('s', 0), number('f', 0)));
  // 31 February is no date.
  return date.getUTCMonth() === month && date.getUTCDate() === number('d', 1) ? date : undefined;
}
