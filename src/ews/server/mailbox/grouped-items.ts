import { groupValue } from '../../../organization/index.ts';
import type { GroupBy, Item } from '../../../organization/index.ts';
import type { XmlWriter } from '../../../xml/index.ts';
import { itemProperty } from '../../codec/items/item-types.ts';
import { dateTimeKind, formatInstant } from '../../codec/items/scalar-kinds.ts';
import type { WriteContent } from './mailbox-operation.ts';

export interface WrittenItem {
  write: WriteContent;
  /** GroupIndex of the group that it belongs to. */
  group: string;
}

/** The value by which an item is grouped, as text; empty where it has none. */
export function groupIndex({ key }: GroupBy, item: Item): string {
  const value = groupValue(item.properties[key]);
  if (typeof value === 'number' && itemProperty(key)?.kind === dateTimeKind) return formatInstant(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

export function writeItems(writer: XmlWriter, items: readonly WrittenItem[]): void {
  writer.open('t:Items');
  for (const { write } of items) write(writer);
  writer.close();
}

/** Items in the order of their groups; names differing in case only are one group, as in the order. */
export function writeGroups(writer: XmlWriter, items: readonly WrittenItem[]): void {
  writer.open('t:Groups');
  for (let at = 0; at < items.length; ) {
    const group = items[at]?.group ?? '';
    const next = items.findIndex((item, index) => index > at && item.group.toLowerCase() !== group.toLowerCase());
    const end = next === -1 ? items.length : next;
    writer.open('t:GroupedItems');
    writer.element('t:GroupIndex', group);
    writeItems(writer, items.slice(at, end));
    writer.close();
    at = end;
  }
  writer.close();
}
