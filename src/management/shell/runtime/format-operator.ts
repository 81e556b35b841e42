import { ShellError } from '../language/shell-error.ts';
import { formatDate } from '../formatting/format-date.ts';
import { itemsOf, toText } from './convert.ts';
import type { ShellValue } from './values.ts';
import { ShellObject } from './values.ts';

/** `-f`: `{0}`, `{1,-10}`, `{0:N2}`; doubled braces stand for themselves (Composite formatting). */
export function formatText(format: string, given: ShellValue): string {
  const values = itemsOf(given);
  return format.replaceAll(/\{\{|\}\}|\{(\d+)(?:,\s*(-?\d+))?(?::([^{}]*))?\}|[{}]/g, (found: string, index?: string, width?: string, pattern?: string) => {
    if (found === '{{') return '{';
    if (found === '}}') return '}';
    if (index === undefined || Number(index) >= Math.max(values.length, 1)) {
      throw new ShellError('SHELL_OPERATION', index === undefined ? 'Error formatting a string: Input string was not in a correct format.' : 'Error formatting a string: Index (zero based) must be greater than or equal to zero and less than the size of the argument list.');
    }
    const text = formatValue(values[Number(index)] ?? null, pattern);
    const size = Math.min(Math.abs(Number(width ?? 0)), 1000);
    return width?.startsWith('-') === true ? text.padEnd(size) : text.padStart(size);
  });
}

/** A value by a format string of .NET; without one, as a text. */
export function formatValue(value: ShellValue, pattern: string | undefined): string {
  if (pattern === undefined || pattern === '') return value instanceof Date ? formatDate(value) : toText(value);
  if (value instanceof Date) return formatDate(value, pattern);
  if (typeof value === 'number') return formatNumber(value, pattern);
  if (value instanceof ShellObject && value.typeName === 'TimeSpan') return formatTimeSpan(value, pattern);
  return toText(value);
}

/** Custom formats of time spans, as `hh\\:mm\\:ss`, and the constant one. @throws ShellError `SHELL_OPERATION` */
function formatTimeSpan(span: ShellObject, pattern: string): string {
  if (/^[ct]$/i.test(pattern)) return toText(span);
  const names: Readonly<Record<string, string>> = { d: 'Days', h: 'Hours', m: 'Minutes', s: 'Seconds', f: 'Milliseconds' };
  return pattern.replaceAll(/\\(.)|'([^']*)'|([dhmsf])\3*|./g, (found: string, escaped?: string, quoted?: string, letter?: string) => {
    if (escaped !== undefined || quoted !== undefined) return escaped ?? quoted ?? '';
    const name = letter === undefined ? undefined : names[letter];
    if (name === undefined) throw new ShellError('SHELL_OPERATION', 'Error formatting a string: Input string was not in a correct format.');
    const number = String(Math.abs(Number(span.get(name))));
    return letter === 'f' ? number.padStart(3, '0').padEnd(7, '0').slice(0, found.length) : number.padStart(found.length, '0');
  });
}

/** Numeric formats C, D, F, G, N, P, X as en-US writes them, and custom ones of zeros, hashes, a comma and a point. */
function formatNumber(value: number, pattern: string): string {
  const standard = /^([CDFGNPX])(\d{0,2})$/i.exec(pattern);
  if (standard !== null) {
    const digits = standard[2] === '' ? undefined : Number(standard[2]);
    const letter = standard[1] ?? '';
    switch (letter.toUpperCase()) {
      case 'C': {
        const amount = `$${grouped(Math.abs(value), digits ?? 2, digits ?? 2)}`;
        return value < 0 ? `(${amount})` : amount;
      }
      case 'D':
        return `${value < 0 ? '-' : ''}${String(Math.abs(Math.trunc(value))).padStart(digits ?? 1, '0')}`;
      case 'F':
        return value.toFixed(digits ?? 2);
      case 'N':
        return grouped(value, digits ?? 2, digits ?? 2);
      case 'P':
        // With a blank, as .NET Framework writes it, on which Windows PowerShell runs; later .NET leaves it out.
        return `${grouped(value * 100, digits ?? 2, digits ?? 2)} %`;
      case 'X': {
        const hex = Math.trunc(value).toString(16).padStart(digits ?? 1, '0');
        return letter === 'X' ? hex.toUpperCase() : hex;
      }
      default:
        return toText(value);
    }
  }
  const custom = /^([^0#]*)([0#,]+)(?:\.([0#]+))?([^0#]*)$/.exec(pattern);
  if (custom === null) throw new ShellError('SHELL_OPERATION', `Error formatting a string: The format '${pattern.slice(0, 50)}' is not known.`);
  const [, before = '', whole = '', fraction = '', after = ''] = custom;
  const text = new Intl.NumberFormat('en-US', {
    useGrouping: whole.includes(','),
    minimumIntegerDigits: Math.max(1, Math.min(21, whole.replaceAll(/[^0]/g, '').length)),
    minimumFractionDigits: fraction.replaceAll('#', '').length,
    maximumFractionDigits: fraction.length,
  }).format(value);
  return before + text + after;
}

function grouped(value: number, minimum: number, maximum: number): string {
  return new Intl.NumberFormat('en-US', { minimumFractionDigits: minimum, maximumFractionDigits: maximum }).format(value);
}
