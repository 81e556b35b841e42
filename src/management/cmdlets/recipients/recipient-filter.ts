import { wildCardMatcher } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';
import type { OutputObject } from '../define-cmdlet.ts';

export type RecipientFilter = (row: OutputObject) => boolean;

/** Deepest nesting of brackets and most comparisons of one filter. */
const mostParts = 200;

interface Reader {
  tokens: readonly string[];
  at: number;
  parts: number;
  text: string;
  parameter: string;
}

/**
 * `-Filter`, in the OPATH language of the Get- cmdlets of recipients: comparisons of a property with a value (`-eq -ne -like
 * -notlike -gt -ge -lt -le`), joined by `-and`, `-or`, `-not` and brackets. Values stand in quotes, or are `$true`,
 * `$false`, `$null` or a number. A property of several values fits when one of them does.
 *
 * @throws ManagementError `MANAGEMENT_PARAMETER_INVALID`, which names the parameter
 */
export function readRecipientFilter(text: string, parameter = 'Filter'): RecipientFilter {
  const tokens = text.match(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[()]|-[A-Za-z]+(?![\w-])|\$?[\w.-]+|\S/g) ?? [];
  const reader: Reader = { tokens, at: 0, parts: 0, text, parameter };
  const filter = readOr(reader);
  if (reader.at < tokens.length) throw invalid(reader);
  return filter;
}

function readOr(reader: Reader): RecipientFilter {
  let left = readAnd(reader);
  while (take(reader, '-or')) {
    const [first, second] = [left, readAnd(reader)];
    left = (row) => first(row) || second(row);
  }
  return left;
}

function readAnd(reader: Reader): RecipientFilter {
  let left = readNot(reader);
  while (take(reader, '-and')) {
    const [first, second] = [left, readNot(reader)];
    left = (row) => first(row) && second(row);
  }
  return left;
}

function readNot(reader: Reader): RecipientFilter {
  reader.parts += 1;
  if (reader.parts > mostParts) throw invalid(reader);
  if (take(reader, '-not')) {
    const inner = readNot(reader);
    return (row) => !inner(row);
  }
  if (!take(reader, '(')) return readComparison(reader);
  const inner = readOr(reader);
  if (!take(reader, ')')) throw invalid(reader);
  return inner;
}

function readComparison(reader: Reader): RecipientFilter {
  const [name = '', operator = '', written] = reader.tokens.slice(reader.at, reader.at + 3);
  if (!/^[A-Za-z][\w-]*$/.test(name) || written === undefined) throw invalid(reader);
  reader.at += 3;
  const compare = comparison(operator.toLowerCase(), valueOf(written));
  if (compare === undefined) throw invalid(reader);
  const key = name.toLowerCase();
  return (row) => {
    const own = Object.keys(row).find((property) => property.toLowerCase() === key);
    const value = own === undefined ? null : (row[own] ?? null);
    return compare(Array.isArray(value) ? (value as unknown[]) : [value]);
  };
}

function comparison(operator: string, wanted: string | number | boolean | null): ((values: readonly unknown[]) => boolean) | undefined {
  const order = (value: unknown): number => (typeof value === 'number' || typeof wanted === 'number' ? Number(value) - Number(wanted) : plain(value).localeCompare(plain(wanted), 'en'));
  const equals = (value: unknown): boolean => (value === null || wanted === null ? value === wanted : plain(value) === plain(wanted));
  const like = wildCardMatcher(plain(wanted));
  switch (operator) {
    case '-eq':
      return (values) => values.some(equals) || (wanted === null && values.length === 0);
    case '-ne':
      return (values) => !values.some(equals) && !(wanted === null && values.length === 0);
    case '-like':
      return (values) => values.some((value) => value !== null && like(plain(value)));
    case '-notlike':
      return (values) => !values.some((value) => value !== null && like(plain(value)));
    case '-gt':
      return (values) => values.some((value) => value !== null && order(value) > 0);
    case '-ge':
      return (values) => values.some((value) => value !== null && order(value) >= 0);
    case '-lt':
      return (values) => values.some((value) => value !== null && order(value) < 0);
    case '-le':
      return (values) => values.some((value) => value !== null && order(value) <= 0);
    default:
      return undefined;
  }
}

/** Addresses are compared without the kind that stands before them. */
const plain = (value: unknown): string => String(value).replace(/^smtp:/i, '').toLowerCase();

function valueOf(written: string): string | number | boolean | null {
  const quote = written.charAt(0);
  if (quote === "'" || quote === '"') return written.slice(1, -1).replaceAll(quote + quote, quote);
  const word = written.toLowerCase().replace(/^\$/, '');
  if (word === 'true' || word === 'false') return word === 'true';
  if (word === 'null') return null;
  return /^-?\d+$/.test(written) ? Number(written) : written;
}

function take(reader: Reader, token: string): boolean {
  if (reader.tokens[reader.at]?.toLowerCase() !== token) return false;
  reader.at += 1;
  return true;
}

function invalid(reader: Reader): ManagementError {
  const near = reader.tokens.slice(reader.at, reader.at + 3).join(' ');
  return new ManagementError('MANAGEMENT_PARAMETER_INVALID', `Cannot bind parameter '${reader.parameter}' to the target. Exception setting "${reader.parameter}": "Invalid filter syntax. For a description of the filter parameter syntax see the command help.${near === '' ? '' : ` At: ${near.slice(0, 100)}`}"`, {
    facts: { filter: reader.text.slice(0, 1000) },
    remedy: `Write for example -${reader.parameter} "Alias -like 'b*' -and RecipientTypeDetails -eq 'UserMailbox'".`,
  });
}
