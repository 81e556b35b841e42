import { ShellError } from '../language/shell-error.ts';
import { formatDate } from '../formatting/format-date.ts';
import type { ShellValue } from './values.ts';
import { Hashtable, SecureText, ShellObject, isList, isScriptBlock, isTypeName } from './values.ts';

/** A value as a text in which it is filled in: dates as the invariant culture has them, lists with blanks between. */
export function toText(value: ShellValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return numberText(value);
  if (value instanceof Date) return formatDate(value, 'MM/dd/yyyy HH:mm:ss');
  if (value instanceof Uint8Array) return [...value].join(' ');
  if (isList(value)) return value.map(toText).join(' ');
  if (value instanceof SecureText) return 'System.Security.SecureString';
  if (value instanceof Hashtable) return 'System.Collections.Hashtable';
  if (value instanceof ShellObject) return objectText(value);
  return isScriptBlock(value) ? value.text : value.name;
}

/** `1E+21` and not `1e+21`; no blanks. */
function numberText(value: number): string {
  if (value === Infinity) return 'Unlimited';
  // The .NET Framework, on which Windows PowerShell runs, writes 15 digits: 0.1 + 0.2 is 0.3.
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(15))).replace('e', 'E');
}

function objectText(value: ShellObject): string {
  if (value.text !== undefined) return value.text;
  if (value.typeName === 'PSCredential') return 'System.Management.Automation.PSCredential';
  // What stands for an object of the directory shows its identity, as ADObjectId does.
  const identity = value.typeName === 'PSCustomObject' ? undefined : (value.get('Identity') ?? value.get('Name'));
  if (typeof identity === 'string') return identity;
  return `@{${value.entries.map(([name, part]) => `${name}=${toText(part)}`).join('; ')}}`;
}

export function toBoolean(value: ShellValue): boolean {
  if (value === null) return false;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'string') return value !== '';
  if (isList(value)) return value.length > 1 || (value.length === 1 && toBoolean(value[0] ?? null));
  return true;
}

const numeric = /^\s*[+-]?(?:0x[0-9a-f]+|(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)\s*$/i;

/** @throws ShellError `SHELL_CONVERSION` */
export function toNumber(value: ShellValue): number {
  if (typeof value === 'number') return value;
  if (value === null) return 0;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.getTime();
  if (value instanceof ShellObject && value.typeName === 'TimeSpan') return Number(value.get('TotalMilliseconds'));
  if (typeof value === 'string') {
    if (value.trim() === '') return 0;
    if (numeric.test(value)) return Number(value);
    if (value.toLowerCase() === 'unlimited') return Infinity;
  }
  throw new ShellError('SHELL_CONVERSION', `Cannot convert value "${toText(value).slice(0, 100)}" to type "System.Int32". Error: "Input string was not in a correct format."`);
}

/** Reads a date as PowerShell does, the month first; a text without a zone is UTC. @throws ShellError `SHELL_CONVERSION` */
export function toDate(value: ShellValue): Date {
  if (value instanceof Date) return value;
  const text = toText(value).trim();
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AP]M)?)?$/i.exec(text);
  if (american !== null) {
    const [, month, day, year, hour = '0', minute = '0', second = '0', half] = american;
    const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
    const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), hours, Number(minute), Number(second)));
    if (date.getUTCMonth() === Number(month) - 1) return date;
  } else if (/^\d{4}-\d{2}-\d{2}/.test(text)) {
    const iso = text.replace(' ', 'T');
    const date = new Date(/T[\d:.]+$/.test(iso) ? `${iso}Z` : iso);
    if (!Number.isNaN(date.getTime())) return date;
  }
  throw new ShellError('SHELL_CONVERSION', `Cannot convert value "${text.slice(0, 100)}" to type "System.DateTime". Error: "String was not recognized as a valid DateTime."`);
}

/** The items of a value: a list's own, none of nothing, otherwise the value itself. */
export function itemsOf(value: ShellValue): readonly ShellValue[] {
  if (isList(value)) return value;
  return value === null ? [] : [value];
}

/** What a pipeline's output is as one value: nothing, the only item, or all of them. */
export function fromItems(items: readonly ShellValue[]): ShellValue {
  return items.length === 0 ? null : items.length === 1 ? (items[0] ?? null) : items;
}

/** Orders two values as `-lt` and `Sort-Object` do: by the left one's type, texts without regard to case. */
export function compareValues(left: ShellValue, right: ShellValue, caseSensitive = false): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
  if (typeof left === 'number' || typeof left === 'boolean') {
    try {
      return Math.sign(toNumber(left) - toNumber(right));
    } catch (error) {
      if (typeof left === 'boolean') return compareTexts(toText(left), toText(right), caseSensitive);
      throw error;
    }
  }
  if (left instanceof Date) return Math.sign(left.getTime() - toDate(right).getTime());
  return compareTexts(toText(left), toText(right), caseSensitive);
}

function compareTexts(left: string, right: string, caseSensitive: boolean): number {
  const a = caseSensitive ? left : left.toLowerCase();
  const b = caseSensitive ? right : right.toLowerCase();
  return a === b ? 0 : a.localeCompare(b, 'en', { sensitivity: caseSensitive ? 'variant' : 'accent' }) || (a < b ? -1 : 1);
}

/** `-eq`. Values that cannot be converted to the left one's type are simply different. */
export function equalValues(left: ShellValue, right: ShellValue, caseSensitive = false): boolean {
  if (left === null || right === null) return left === right;
  if (typeof left === 'boolean') return left === toBoolean(right);
  try {
    return compareValues(left, right, caseSensitive) === 0;
  } catch {
    return false;
  }
}

/** Published names of what the shell makes itself. Objects of cmdlets have lost theirs, as all that crosses a session has. */
const typeNames: Readonly<Record<string, string>> = { PSCredential: 'System.Management.Automation.PSCredential', TimeSpan: 'System.TimeSpan', ErrorRecord: 'System.Management.Automation.ErrorRecord', FileSystemInfo: 'System.IO.FileInfo' };

/** The published name of a value's type, as `GetType().FullName` and `-is` know it. */
export function typeOf(value: ShellValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return 'System.String';
  if (typeof value === 'boolean') return 'System.Boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? (Math.abs(value) < 2 ** 31 ? 'System.Int32' : 'System.Int64') : 'System.Double';
  if (value instanceof Date) return 'System.DateTime';
  if (value instanceof Uint8Array) return 'System.Byte[]';
  if (isList(value)) return 'System.Object[]';
  if (value instanceof SecureText) return 'System.Security.SecureString';
  if (value instanceof Hashtable) return 'System.Collections.Hashtable';
  if (isTypeName(value)) return 'System.Type';
  if (isScriptBlock(value)) return 'System.Management.Automation.ScriptBlock';
  return typeNames[value.typeName] ?? (value.typeName.includes('.') ? value.typeName : 'System.Management.Automation.PSCustomObject');
}
