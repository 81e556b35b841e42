import { ShellError } from '../language/shell-error.ts';
import { toText, typeOf } from './convert.ts';
import { textProperty } from './text-properties.ts';
import type { ShellValue } from './values.ts';
import { Hashtable, ShellObject, isList, isScriptBlock, isTypeName } from './values.ts';

/** A property of a value; null where there is none, as PowerShell has it. A list gives those of its items. */
export function getProperty(value: ShellValue, name: string): ShellValue {
  return ownProperty(value, name) ?? (isList(value) ? fromMembers(value, name) : null);
}

/** Undefined where the value has no such property. */
export function ownProperty(value: ShellValue, name: string): ShellValue | undefined {
  const wanted = name.toLowerCase();
  if (value === null) return undefined;
  if (value instanceof ShellObject) return value.get(name) ?? (value.has(name) ? null : wanted === 'psobject' ? memberSet(value) : intrinsic(wanted));
  if (value instanceof Hashtable) return value.get(name) ?? hashtableProperty(value, wanted);
  if (isList(value)) return wanted === 'count' || wanted === 'length' || wanted === 'longlength' ? value.length : undefined;
  if (typeof value === 'string') return wanted === 'length' ? value.length : (intrinsic(wanted) ?? textProperty(value, wanted));
  if (value instanceof Uint8Array) return wanted === 'length' || wanted === 'count' ? value.length : undefined;
  if (value instanceof Date) return dateProperty(value, wanted);
  if (isTypeName(value)) return wanted === 'name' || wanted === 'fullname' ? value.name : undefined;
  return isScriptBlock(value) ? undefined : intrinsic(wanted);
}

/** `$object.PSObject`: its properties, each with name and value, as scripts look through them. */
function memberSet(value: ShellObject): ShellObject {
  const typeName = typeOf(value);
  const properties = value.entries.map(([name, part]) => new ShellObject([['MemberType', 'NoteProperty'], ['IsSettable', true], ['IsGettable', true], ['Value', part], ['TypeNameOfValue', typeOf(part)], ['Name', name], ['IsInstance', true]], 'PSNoteProperty', name));
  return new ShellObject([['Properties', properties], ['Methods', []], ['TypeNames', [typeName, 'System.Object']], ['BaseObject', value]], 'PSMemberSet', typeName);
}

/** What PowerShell lets every single value have. */
function intrinsic(wanted: string): ShellValue | undefined {
  return wanted === 'count' || wanted === 'length' ? 1 : undefined;
}

function fromMembers(items: readonly ShellValue[], name: string): ShellValue {
  const found = items.flatMap((item) => {
    const value = item !== null && isList(item) ? getProperty(item, name) : ownProperty(item, name);
    return value === undefined || value === null ? [] : isList(value) ? value : [value];
  });
  return found.length === 0 ? null : found.length === 1 ? (found[0] ?? null) : found;
}

function hashtableProperty(value: Hashtable, wanted: string): ShellValue | undefined {
  if (wanted === 'count') return value.names.length;
  if (wanted === 'keys') return value.names;
  if (wanted === 'values') return value.entries.map(([, part]) => part);
  return undefined;
}

const daysOfWeek = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function dateProperty(date: Date, wanted: string): ShellValue | undefined {
  switch (wanted) {
    case 'year':
      return date.getUTCFullYear();
    case 'month':
      return date.getUTCMonth() + 1;
    case 'day':
      return date.getUTCDate();
    case 'hour':
      return date.getUTCHours();
    case 'minute':
      return date.getUTCMinutes();
    case 'second':
      return date.getUTCSeconds();
    case 'millisecond':
      return date.getUTCMilliseconds();
    case 'dayofweek':
      return daysOfWeek[date.getUTCDay()] ?? null;
    case 'date':
      return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()));
    case 'ticks':
      return date.getTime() * 10_000 + 621_355_968_000_000_000;
    default:
      return undefined;
  }
}

/** Sets a property or the entry of a hashtable. @throws ShellError `SHELL_MEMBER` */
export function setProperty(value: ShellValue, name: string, part: ShellValue): void {
  if (value instanceof Hashtable) return value.set(name, part);
  if (value instanceof ShellObject && value.has(name)) return value.set(name, part);
  throw new ShellError('SHELL_MEMBER', `The property '${name}' cannot be found on this object. Verify that the property exists and can be set.`);
}

/** `$x[…]`: positions, from the end when negative; keys of hashtables. */
export function getIndex(value: ShellValue, index: ShellValue): ShellValue {
  if (isList(index)) return index.map((one) => getIndex(value, one));
  if (value instanceof Hashtable || (value instanceof ShellObject && typeof index !== 'number')) return value.get(toText(index)) ?? null;
  // `$object.PSObject.Properties['Name']`.
  if (isList(value) && typeof index === 'string' && value[0] instanceof ShellObject && value[0].typeName === 'PSNoteProperty') return value.find((one) => toText(one).toLowerCase() === index.toLowerCase()) ?? null;
  const at = Math.trunc(Number(toText(index)));
  if (Number.isNaN(at)) throw new ShellError('SHELL_OPERATION', `Cannot convert value "${toText(index).slice(0, 50)}" to type "System.Int32".`);
  if (typeof value === 'string') return value.at(at) ?? null;
  if (value instanceof Uint8Array) return value.at(at) ?? null;
  if (isList(value)) return value.at(at) ?? null;
  if (value === null) throw new ShellError('SHELL_OPERATION', 'Cannot index into a null array.');
  return at === 0 || at === -1 ? value : null;
}

/** Names of what can be read from a value, in order. */
export function propertyNames(value: ShellValue): readonly string[] {
  if (value instanceof ShellObject) return value.names;
  if (value instanceof Hashtable) return value.names;
  if (typeof value === 'string') return ['Length'];
  if (value instanceof Date) return ['Date', 'Day', 'DayOfWeek', 'Hour', 'Minute', 'Month', 'Second', 'Ticks', 'Year'];
  return [];
}

export function unknownMethod(value: ShellValue, name: string): ShellError {
  if (value === null) return new ShellError('SHELL_MEMBER', 'You cannot call a method on a null-valued expression.');
  return new ShellError('SHELL_MEMBER', `Method invocation failed because [${typeOf(value)}] does not contain a method named '${name}'.`);
}
