import { guidOfBytes } from './guid-bytes.ts';
import { ShellError } from '../language/shell-error.ts';
import { itemsOf, toBoolean, toDate, toNumber, toText, typeOf } from './convert.ts';
import type { ShellValue } from './values.ts';
import { Hashtable, SecureText, ShellObject, isList } from './values.ts';

/** A type's name in the short form in which scripts write it: `[System.DateTime]` is `datetime`. */
export function shortTypeName(name: string): string {
  const short = name.toLowerCase().replace(/^system\./, '').replace(/^(?:management\.automation|collections|security|text|io)\./, '');
  return synonyms[short] ?? short;
}

/** `ArrayList` and `List[…]`: lists that grow. */
export function isListType(short: string): boolean {
  return /^(?:arraylist|(?:generic\.)?list\[[^\]]*\])$/.test(short);
}

const synonyms: Readonly<Record<string, string>> = { int32: 'int', int64: 'long', boolean: 'bool', 'object[]': 'array', double: 'double', single: 'double', float: 'double', decimal: 'double', pscustomobject: 'psobject', switchparameter: 'switch', mailaddress: 'string', uri: 'uri' };

/** Converts as a cast does. @throws ShellError `SHELL_CONVERSION`, `SHELL_NOT_SUPPORTED` */
export function convertTo(type: string, value: ShellValue): ShellValue {
  const short = shortTypeName(type);
  if (isListType(short)) return [...itemsOf(value)];
  if (short === 'char[]' && typeof value === 'string') return value.split('');
  if (short.endsWith('[]') && short !== 'byte[]') return itemsOf(value).map((item) => convertTo(short.slice(0, -2), item));
  switch (short) {
    case 'string':
      return toText(value);
    case 'int':
    case 'long':
    case 'uint32':
    case 'byte':
      return toInteger(value, short);
    case 'double':
      return toNumber(value);
    case 'bool':
    case 'switch':
      return toBoolean(value);
    case 'datetime':
      return toDate(value);
    case 'guid':
      return toGuid(value);
    case 'char':
      return typeof value === 'number' ? String.fromCharCode(value) : toText(value).slice(0, 1);
    case 'array':
      return itemsOf(value);
    case 'byte[]':
      return value instanceof Uint8Array ? value : Uint8Array.from(itemsOf(value).map((item) => toInteger(item, 'byte')));
    case 'psobject':
      return value instanceof Hashtable ? new ShellObject(value.entries) : value;
    case 'ordered':
    case 'hashtable':
      return value;
    case 'uri':
      return toText(value);
    case 'xml':
      throw unsupported(type);
    case 'void':
      return null;
    case 'object':
      return value;
    case 'securestring':
      return value instanceof SecureText ? value : new SecureText(toText(value));
    default:
      throw unsupported(type);
  }
}

function unsupported(type: string): ShellError {
  return new ShellError('SHELL_NOT_SUPPORTED', `Unable to find type [${type}].`, { remedy: 'Known types are string, int, long, double, bool, datetime, guid, char, array, byte[], hashtable, pscustomobject, securestring.' });
}

function toInteger(value: ShellValue, type: string): number {
  const number = toNumber(value);
  // Halves go to the even neighbour, as .NET rounds.
  const floor = Math.floor(number);
  const rounded = number - floor === 0.5 ? (floor % 2 === 0 ? floor : floor + 1) : Math.round(number);
  const [least, most] = type === 'byte' ? [0, 255] : type === 'int' ? [-(2 ** 31), 2 ** 31 - 1] : [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
  if (!(rounded >= least && rounded <= most)) throw new ShellError('SHELL_CONVERSION', `Cannot convert value "${toText(value).slice(0, 100)}" to type "System.${type === 'byte' ? 'Byte' : 'Int32'}". Error: "Value was either too large or too small."`);
  return rounded;
}

function toGuid(value: ShellValue): string {
  if (value instanceof Uint8Array && value.length === 16) return guidOfBytes(value);
  const text = toText(value).trim();
  const found = /^[({]?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})[)}]?$/i.exec(text);
  if (found === null) throw new ShellError('SHELL_CONVERSION', `Cannot convert value "${text.slice(0, 100)}" to type "System.Guid". Error: "Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx)."`);
  return found.slice(1).join('-').toLowerCase();
}

/** `-is`. */
export function isOfType(value: ShellValue, type: string): boolean {
  const short = shortTypeName(type);
  const own = shortTypeName(typeOf(value));
  if (short === 'object') return value !== null;
  if (short === 'array') return isList(value);
  if (short === 'psobject') return own === 'psobject';
  if (short === 'long') return own === 'long' || own === 'int';
  return own === short;
}

/** What JSON text held: dates are only those that Windows PowerShell writes (`"\\/Date(…)\\/"`), others stay texts. */
function fromParsed(value: unknown): ShellValue {
  if (typeof value === 'string') {
    const date = /^\/Date\((-?\d{1,15})\)\/$/.exec(value);
    return date === null ? value : new Date(Number(date[1]));
  }
  if (Array.isArray(value)) return value.map(fromParsed);
  if (typeof value === 'object' && value !== null) return new ShellObject(Object.entries(value).map(([name, part]) => [name, fromParsed(part)]));
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** Reads JSON text. @throws ShellError `SHELL_CONVERSION` */
export function fromJson(text: string): ShellValue {
  try {
    return fromParsed(JSON.parse(text));
  } catch (error) {
    throw new ShellError('SHELL_CONVERSION', 'Conversion from JSON failed: the text is not valid JSON.', { cause: error });
  }
}
