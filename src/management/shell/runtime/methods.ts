import { ShellError } from '../language/shell-error.ts';
import { equalValues, fromItems, itemsOf, toDate, toNumber, toText, typeOf } from './convert.ts';
import { bytesOfGuid, isGuid } from './guid-bytes.ts';
import { formatValue } from './format-operator.ts';
import { unknownMethod } from './members.ts';
import type { ShellValue } from './values.ts';
import { Hashtable, SecureText, ShellObject, createTimeSpan, isList, isTypeName } from './values.ts';
import { wildCardPattern } from './wild-card-pattern.ts';

/** Calls a method of a value: those that people use on strings, dates, lists and hashtables. @throws ShellError `SHELL_MEMBER` */
export function callMethod(value: ShellValue, name: string, given: readonly ShellValue[]): ShellValue {
  const wanted = name.toLowerCase();
  const common = commonMethod(value, wanted, given);
  if (common !== undefined) return common;
  const found = ownMethod(value, wanted, given);
  if (found !== undefined) return found;
  // A list that has no such method calls it on each of its items (about_Member-Access_Enumeration).
  if (value !== null && isList(value) && value.length > 0) return fromItems(value.flatMap((item) => itemsOf(callMethod(item, name, given))));
  throw unknownMethod(value, name);
}

function commonMethod(value: ShellValue, wanted: string, given: readonly ShellValue[]): ShellValue | undefined {
  if (value === null) return undefined;
  if (wanted === 'tostring') return formatValue(value, given[0] === undefined ? undefined : toText(given[0]));
  if (wanted === 'gettype') return new ShellObject([['Name', typeOf(value).replace(/^.*\./, '')], ['FullName', typeOf(value)], ['IsPublic', true]], 'RuntimeType');
  if (wanted === 'equals') return equalValues(value, given[0] ?? null, true);
  return undefined;
}

function ownMethod(value: ShellValue, wanted: string, given: readonly ShellValue[]): ShellValue | undefined {
  if (typeof value === 'string') return textMethod(value, wanted, given);
  if (value instanceof Date) return dateMethod(value, wanted, given);
  if (isList(value)) return listMethod(value, wanted, given);
  if (value instanceof Hashtable) return hashtableMethod(value, wanted, given);
  if (value instanceof ShellObject && value.typeName === 'PSMemberSet' && wanted === 'copy') return copyOf(value.get('BaseObject') ?? null);
  if (value instanceof ShellObject && value.typeName === 'PSCredential' && wanted === 'getnetworkcredential') return new ShellObject([['UserName', value.get('UserName') ?? null], ['Password', revealed(value)]], 'NetworkCredential');
  if (value !== null && isTypeName(value)) return encodingMethod(value.name, wanted, given);
  return undefined;
}

/** `$object.PSObject.Copy()`: an object of its own with the same values. */
function copyOf(value: ShellValue): ShellValue {
  return value instanceof ShellObject ? new ShellObject(value.entries, value.typeName, value.text) : value;
}

function revealed(credential: ShellObject): string {
  const password = credential.get('Password');
  return password instanceof SecureText ? password.reveal() : '';
}

function textMethod(value: string, wanted: string, given: readonly ShellValue[]): ShellValue | undefined {
  const text = (at: number): string => toText(given[at] ?? null);
  const number = (at: number): number => toNumber(given[at] ?? 0);
  const ignoresCase = given.length > 1 && /ignorecase/i.test(text(given.length - 1));
  const own = ignoresCase ? value.toLowerCase() : value;
  const first = ignoresCase ? text(0).toLowerCase() : text(0);
  const marks = given.length === 0 ? undefined : given.flatMap(itemsOf).map(toText).join('');
  switch (wanted) {
    case 'tobytearray':
      return isGuid(value) ? bytesOfGuid(value) : undefined;
    case 'tolower':
    case 'tolowerinvariant':
      return value.toLowerCase();
    case 'toupper':
    case 'toupperinvariant':
      return value.toUpperCase();
    case 'trim':
      return trimmed(value, marks, true, true);
    case 'trimstart':
      return trimmed(value, marks, true, false);
    case 'trimend':
      return trimmed(value, marks, false, true);
    case 'startswith':
      return own.startsWith(first);
    case 'endswith':
      return own.endsWith(first);
    case 'contains':
      return own.includes(first);
    case 'indexof':
      return own.indexOf(first, typeof given[1] === 'number' ? number(1) : 0);
    case 'lastindexof':
      return own.lastIndexOf(first);
    case 'replace':
      return value.replaceAll(text(0), () => text(1));
    case 'split':
      return splitText(value, given);
    case 'substring':
      return substring(value, number(0), given[1] === undefined ? undefined : number(1));
    case 'remove':
      return value.slice(0, number(0)) + (given[1] === undefined ? '' : value.slice(number(0) + number(1)));
    case 'insert':
      return value.slice(0, number(0)) + text(1) + value.slice(number(0));
    case 'padleft':
      return value.padStart(Math.min(number(0), 10_000), given[1] === undefined ? ' ' : text(1));
    case 'padright':
      return value.padEnd(Math.min(number(0), 10_000), given[1] === undefined ? ' ' : text(1));
    case 'tochararray':
      return value.split('');
    default:
      return undefined;
  }
}

function trimmed(value: string, marks: string | undefined, start: boolean, end: boolean): string {
  const drops = (character: string): boolean => (marks === undefined ? /\s/.test(character) : marks.includes(character));
  let from = 0;
  let to = value.length;
  if (start) while (from < to && drops(value.charAt(from))) from += 1;
  if (end) while (to > from && drops(value.charAt(to - 1))) to -= 1;
  return value.slice(from, to);
}

/** A text of several characters splits at each of them, as in Windows PowerShell. */
function splitText(value: string, given: readonly ShellValue[]): ShellValue {
  const options = given.some((one) => /removeemptyentries/i.test(toText(one)));
  const marks = given.filter((one) => !/removeemptyentries/i.test(toText(one)) && typeof one !== 'number').flatMap(itemsOf).map(toText).join('');
  const parts: string[] = [''];
  for (const character of value) {
    if (marks === '' ? /\s/.test(character) : marks.includes(character)) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return options ? parts.filter((part) => part !== '') : parts;
}

function substring(value: string, start: number, length: number | undefined): string {
  if (start < 0 || start > value.length || (length !== undefined && (length < 0 || start + length > value.length))) {
    throw new ShellError('SHELL_OPERATION', 'Exception calling "Substring": "Index and length must refer to a location within the string."');
  }
  return value.slice(start, length === undefined ? undefined : start + length);
}

const second = 1000;
const steps: Readonly<Record<string, number>> = { addmilliseconds: 1, addseconds: second, addminutes: 60 * second, addhours: 3600 * second, adddays: 86_400 * second };

function dateMethod(value: Date, wanted: string, given: readonly ShellValue[]): ShellValue | undefined {
  const step = steps[wanted];
  if (step !== undefined) return new Date(value.getTime() + toNumber(given[0] ?? 0) * step);
  switch (wanted) {
    case 'addmonths':
      return addMonths(value, toNumber(given[0] ?? 0));
    case 'addyears':
      return addMonths(value, toNumber(given[0] ?? 0) * 12);
    case 'touniversaltime':
    case 'tolocaltime':
      return value;
    case 'toshortdatestring':
      return formatValue(value, 'd');
    case 'tolongdatestring':
      return formatValue(value, 'D');
    case 'toshorttimestring':
      return formatValue(value, 't');
    case 'subtract': {
      const [other] = given;
      return other instanceof Date ? createTimeSpan(value.getTime() - other.getTime()) : new Date(value.getTime() - toNumber(other ?? 0));
    }
    case 'compareto':
      return Math.sign(value.getTime() - toDate(given[0] ?? null).getTime());
    default:
      return undefined;
  }
}

/** The day stays within its month: 31 January and a month is 28 or 29 February. */
function addMonths(value: Date, months: number): Date {
  const moved = new Date(value);
  moved.setUTCMonth(moved.getUTCMonth() + months, 1);
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(value.getUTCDate(), last));
  return moved;
}

/** Lists of sessions are collections whose `Add` and `Remove` people use; they change in place. */
function listMethod(value: readonly ShellValue[], wanted: string, given: readonly ShellValue[]): ShellValue | undefined {
  const list = value as ShellValue[];
  switch (wanted) {
    case 'contains':
      return list.some((item) => equalValues(item, given[0] ?? null));
    case 'indexof':
      return list.findIndex((item) => equalValues(item, given[0] ?? null));
    case 'add':
      list.push(given[0] ?? null);
      return null;
    case 'addrange':
      list.push(...itemsOf(given[0] ?? null));
      return null;
    case 'match':
      // Of `$object.PSObject.Properties`.
      return list[0] instanceof ShellObject && list[0].typeName === 'PSNoteProperty' ? list.filter((item) => wildCardPattern(toText(given[0] ?? null))(toText(item))) : undefined;
    case 'remove': {
      if (list[0] instanceof ShellObject && list[0].typeName === 'PSNoteProperty') throw new ShellError('SHELL_NOT_SUPPORTED', 'Properties cannot be removed from an object here.', { remedy: 'Select-Object * -ExcludeProperty makes an object without them.' });
      const at = list.findIndex((item) => equalValues(item, given[0] ?? null));
      if (at >= 0) list.splice(at, 1);
      return at >= 0;
    }
    case 'clear':
      list.length = 0;
      return null;
    case 'toarray':
      return [...list];
    default:
      return undefined;
  }
}

function hashtableMethod(value: Hashtable, wanted: string, given: readonly ShellValue[]): ShellValue | undefined {
  const key = toText(given[0] ?? null);
  switch (wanted) {
    case 'add':
      if (value.has(key)) throw new ShellError('SHELL_OPERATION', `Exception calling "Add" with "2" argument(s): "Item has already been added. Key in dictionary: '${key}'  Key being added: '${key}'"`);
      value.set(key, given[1] ?? null);
      return null;
    case 'remove':
      value.delete(key);
      return null;
    case 'contains':
    case 'containskey':
      return value.has(key);
    case 'containsvalue':
      return value.entries.some(([, part]) => equalValues(part, given[0] ?? null));
    case 'getenumerator':
      return value.entries.map(([name, part]) => new ShellObject([['Name', name], ['Key', name], ['Value', part]], 'DictionaryEntry'));
    default:
      return undefined;
  }
}

/** `[Text.Encoding]::UTF8.GetBytes(…)` and its like. */
function encodingMethod(type: string, wanted: string, given: readonly ShellValue[]): ShellValue | undefined {
  const encoding = ({ UTF8Encoding: 'utf8', ASCIIEncoding: 'latin1', UnicodeEncoding: 'utf16le' } as const)[type];
  if (encoding === undefined) return undefined;
  if (wanted === 'getbytes') return new Uint8Array(Buffer.from(toText(given[0] ?? null), encoding));
  if (wanted === 'getstring' && given[0] instanceof Uint8Array) return Buffer.from(given[0]).toString(encoding);
  return undefined;
}

