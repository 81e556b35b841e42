import { toText } from '../runtime/convert.ts';
import type { ShellValue } from '../runtime/values.ts';
import { Hashtable, ShellObject, isList } from '../runtime/values.ts';
import { formatDate } from './format-date.ts';

/** How many items of a list are shown; what the Exchange Management Shell sets `$FormatEnumerationLimit` to. */
const shownItems = 16;

/** A value as a view shows it: lists in braces with their first items (all of them: -1), dates as en-US writes them. */
export function cellText(value: ShellValue, limit = shownItems): string {
  if (value === null) return '';
  if (value instanceof Date) return formatDate(value);
  if (value instanceof Uint8Array) return braced([...value.subarray(0, limit < 0 ? undefined : limit)].map(String), value.length);
  if (isList(value)) return braced(value.slice(0, limit < 0 ? undefined : limit).map((item) => cellText(item, limit)), value.length);
  if (value instanceof Hashtable) return braced(value.names.slice(0, limit < 0 ? undefined : limit), value.names.length);
  if (value instanceof ShellObject && value.typeName === 'TimeSpan') return timeSpanText(Number(value.get('TotalMilliseconds')));
  return printable(toText(value));
}

function braced(shown: readonly string[], count: number): string {
  return `{${shown.join(', ')}${count > shown.length ? '...' : ''}}`;
}

/** `$FormatEnumerationLimit`, which scripts set to -1 to see everything. */
export function enumerationLimit(value: ShellValue | undefined): number {
  return typeof value === 'number' ? value : shownItems;
}

/** `1.02:03:04` (TimeSpan's constant format). */
function timeSpanText(milliseconds: number): string {
  const total = Math.floor(Math.abs(milliseconds) / 1000);
  const two = (number: number): string => String(number).padStart(2, '0');
  const days = Math.floor(total / 86_400);
  return `${milliseconds < 0 ? '-' : ''}${days > 0 ? `${days}.` : ''}${two(Math.floor(total / 3600) % 24)}:${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`;
}

/** What came from elsewhere must not steer the terminal. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  return text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '\ufffd');
}
