import { toText } from '../runtime/convert.ts';
import type { ShellValue } from '../runtime/values.ts';
import { Hashtable, isList } from '../runtime/values.ts';
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
  return printable(toText(value));
}

function braced(shown: readonly string[], count: number): string {
  return `{${shown.join(', ')}${count > shown.length ? '...' : ''}}`;
}

/** `$FormatEnumerationLimit`, which scripts set to -1 to see everything. */
export function enumerationLimit(value: ShellValue | undefined): number {
  return typeof value === 'number' ? value : shownItems;
}

/** What came from elsewhere must not steer the terminal. */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  return text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, '\ufffd');
}
