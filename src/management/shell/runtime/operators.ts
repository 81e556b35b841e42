import { ShellError } from '../language/shell-error.ts';
import { plainOperator } from '../language/parse-expression.ts';
import { compareValues, equalValues, fromItems, itemsOf, toBoolean, toNumber, toText } from './convert.ts';
import { formatText } from './format-operator.ts';
import { convertTo, isOfType } from './types.ts';
import type { ShellValue } from './values.ts';
import { Hashtable, createTimeSpan, isList, isTypeName } from './values.ts';
import { wildCardPattern } from './wild-card-pattern.ts';

/** What `-match` found: a name or number to its text. */
export type Matches = (matches: Hashtable) => void;

const longestResult = 10_000_000;

/** Applies an operator between two values. `-and`, `-or` are not here: they may leave their right side alone. @throws ShellError */
export function applyOperator(written: string, left: ShellValue, right: ShellValue, onMatches: Matches): ShellValue {
  const operator = plainOperator(written);
  const caseSensitive = written !== operator && written.startsWith('c');
  const test = comparison(operator, right, caseSensitive, onMatches);
  if (test !== undefined) {
    // A list on the left is sifted.
    return isList(left) ? left.filter(test) : test(left);
  }
  switch (operator) {
    case '+':
      return add(left, right);
    case 'minus':
      if (left instanceof Date) return right instanceof Date ? createTimeSpan(left.getTime() - right.getTime()) : new Date(left.getTime() - toNumber(right));
      return toNumber(left) - toNumber(right);
    case '*':
      return multiply(left, right);
    case '/':
      if (toNumber(right) === 0) throw new ShellError('SHELL_OPERATION', 'Attempted to divide by zero.', { exception: 'System.DivideByZeroException' });
      return toNumber(left) / toNumber(right);
    case '%':
      if (toNumber(right) === 0) throw new ShellError('SHELL_OPERATION', 'Attempted to divide by zero.', { exception: 'System.DivideByZeroException' });
      return toNumber(left) % toNumber(right);
    case 'f':
      return formatText(toText(left), right);
    case '..':
      return range(Math.round(toNumber(left)), Math.round(toNumber(right)));
    case 'contains':
      return itemsOf(left).some((item) => equalValues(item, right, caseSensitive));
    case 'notcontains':
      return !itemsOf(left).some((item) => equalValues(item, right, caseSensitive));
    case 'in':
      return itemsOf(right).some((item) => equalValues(item, left, caseSensitive));
    case 'notin':
      return !itemsOf(right).some((item) => equalValues(item, left, caseSensitive));
    case 'replace':
      return replace(left, right, caseSensitive);
    case 'split':
      return split(left, right, caseSensitive);
    case 'join':
      return itemsOf(left).map(toText).join(toText(right));
    case 'is':
      return isOfType(left, typeName(right));
    case 'isnot':
      return !isOfType(left, typeName(right));
    case 'as':
      try {
        return convertTo(typeName(right), left);
      } catch {
        return null;
      }
    case 'band':
      return toNumber(left) & toNumber(right);
    case 'bor':
      return toNumber(left) | toNumber(right);
    case 'bxor':
      return toNumber(left) ^ toNumber(right);
    case 'xor':
      return toBoolean(left) !== toBoolean(right);
    default:
      throw new ShellError('SHELL_NOT_SUPPORTED', `The operator '-${written}' is not supported.`);
  }
}

const typeName = (value: ShellValue): string => (value !== null && isTypeName(value) ? value.name : toText(value));

function comparison(operator: string, right: ShellValue, caseSensitive: boolean, onMatches: Matches): ((left: ShellValue) => boolean) | undefined {
  switch (operator) {
    case 'eq':
      return (left) => equalValues(left, right, caseSensitive);
    case 'ne':
      return (left) => !equalValues(left, right, caseSensitive);
    case 'gt':
      return (left) => compareValues(left, right, caseSensitive) > 0;
    case 'ge':
      return (left) => compareValues(left, right, caseSensitive) >= 0;
    case 'lt':
      return (left) => compareValues(left, right, caseSensitive) < 0;
    case 'le':
      return (left) => compareValues(left, right, caseSensitive) <= 0;
    case 'like': {
      const matches = wildCardPattern(toText(right), caseSensitive);
      return (left) => matches(toText(left));
    }
    case 'notlike': {
      const matches = wildCardPattern(toText(right), caseSensitive);
      return (left) => !matches(toText(left));
    }
    case 'match':
      return (left) => match(left, right, caseSensitive, onMatches);
    case 'notmatch':
      return (left) => !match(left, right, caseSensitive, () => undefined);
    default:
      return undefined;
  }
}

/** .NET's regular expressions, as far as JavaScript reads them the same. @throws ShellError `SHELL_OPERATION` */
export function regularExpression(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern.replaceAll(/\(\?<(\w+)>/g, '(?<$1>').replace(/^\(\?i\)/, ''), flags);
  } catch (error) {
    throw new ShellError('SHELL_OPERATION', `parsing "${pattern.slice(0, 100)}" - the regular expression is not valid.`, { cause: error });
  }
}

/** The groups of a regular expression in the order in which they open, each with its name if it has one. */
function groupNames(pattern: string): (string | undefined)[] {
  const names: (string | undefined)[] = [];
  for (const [found, name] of pattern.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|\(\?<([A-Za-z_]\w*)>|\((?!\?)/g)) if (found.startsWith('(')) names.push(name);
  return names;
}

function match(left: ShellValue, right: ShellValue, caseSensitive: boolean, onMatches: Matches): boolean {
  const found = regularExpression(toText(right), caseSensitive ? '' : 'i').exec(toText(left));
  if (found === null) return false;
  const names = groupNames(toText(right));
  const matches = new Hashtable();
  // Groups with a name are not counted, as in .NET: the first of the others is 1, wherever it stands.
  let number = 0;
  for (const [index, text] of found.entries()) {
    if (index > 0 && names[index - 1] !== undefined) continue;
    if (text !== undefined) matches.set(String(number), text);
    number += 1;
  }
  for (const [name, text] of Object.entries(found.groups ?? {})) matches.set(name, text ?? null);
  onMatches(matches);
  return true;
}

function add(left: ShellValue, right: ShellValue): ShellValue {
  if (isList(left)) return [...left, ...itemsOf(right)];
  if (left === null) return right;
  if (left instanceof Hashtable && right instanceof Hashtable) return new Hashtable([...left.entries, ...right.entries]);
  if (typeof left === 'string') return left + toText(right);
  if (left instanceof Date) return new Date(left.getTime() + toNumber(right));
  return toNumber(left) + toNumber(right);
}

function multiply(left: ShellValue, right: ShellValue): ShellValue {
  const times = (): number => Math.max(0, Math.round(toNumber(right)));
  const size = typeof left === 'string' || isList(left) ? left.length * times() : 0;
  if (size > longestResult) throw new ShellError('SHELL_LIMIT', 'The result would be too long.');
  if (typeof left === 'string') return left.repeat(times());
  if (isList(left)) return Array.from({ length: times() }, () => left).flat();
  return toNumber(left) * toNumber(right);
}

function range(from: number, to: number): ShellValue {
  if (Math.abs(to - from) > 1_000_000) throw new ShellError('SHELL_LIMIT', 'The range has more than a million numbers.');
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, step) => (to >= from ? from + step : from - step));
}

function replace(left: ShellValue, right: ShellValue, caseSensitive: boolean): ShellValue {
  const [pattern = '', replacement = ''] = itemsOf(right).map(toText);
  const expression = regularExpression(pattern, caseSensitive ? 'g' : 'gi');
  const texts = itemsOf(left).map((item) => toText(item).replace(expression, replacement.replaceAll(/\$\{(\w+)\}/g, '$<$1>')));
  return isList(left) ? texts : fromItems(texts);
}

function split(left: ShellValue, right: ShellValue, caseSensitive: boolean): ShellValue {
  const [pattern = ' ', limit] = itemsOf(right);
  const expression = regularExpression(toText(pattern), caseSensitive ? 'g' : 'gi');
  const most = limit === undefined ? 0 : toNumber(limit);
  return itemsOf(left).flatMap((item) => {
    const parts = toText(item).split(expression);
    return most > 0 && parts.length > most ? [...parts.slice(0, most - 1), toText(item).split(expression).slice(most - 1).join(toText(pattern))] : parts;
  });
}

/** `-join` and `-split` with nothing on the left, and the signs. */
export function applyUnary(operator: '-' | '+' | 'not' | 'join' | 'split', value: ShellValue): ShellValue {
  switch (operator) {
    case 'not':
      return !toBoolean(value);
    case '-':
      return -toNumber(value);
    case '+':
      return toNumber(value);
    case 'join':
      return itemsOf(value).map(toText).join('');
    default:
      return itemsOf(value).flatMap((item) => toText(item).trim().split(/\s+/));
  }
}

