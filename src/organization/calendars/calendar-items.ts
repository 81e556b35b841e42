import type { CalendarItem, NewCalendarItem } from './calendar-item.ts';
import { itemOfRow } from './calendar-row.ts';
import { distinguishedRow } from '../mailboxes/folder-row.ts';
import { insertItem } from '../mailboxes/insert-item.ts';
import { heavyProperties } from '../mailboxes/item-content.ts';
import { itemId } from '../mailboxes/item-row.ts';
import type { ItemRow } from '../mailboxes/item-row.ts';
import type { MailboxDatabase } from '../mailboxes/mailbox-database.ts';
import { readMailboxId } from '../mailboxes/mailbox-id.ts';
import type { MailboxWrite } from '../mailboxes/mailbox-write.ts';
import type { PropertyBag } from '../mailboxes/property.ts';
import { deleteItem } from '../mailboxes/relocate-item.ts';
import { updateItem } from '../mailboxes/update-item.ts';

/** Parts of a calendar item that may be absent: absent from the new one, they go from the old. */
const optionalParts = { timeZoneRules: undefined, recurrence: undefined, modifiedOccurrences: undefined, deletedOccurrences: undefined, addedOccurrences: undefined } as const;

/** PidTagUrlName ([MS-OXPROPS]): the name of an item within its folder, by which gateways and imports find it again. */
const urlNameKey = '0x10f3';

export interface CalendarEventToMerge {
  calendar: NewCalendarItem;
  properties: PropertyBag;
  /** The event as it came. */
  mime?: Uint8Array;
  /** Another for every other content. */
  version: string;
}

/** Puts an item into the calendar folder, or replaces the one there that has its uid. */
export async function putCalendarItem(to: MailboxWrite, item: NewCalendarItem, largest: number): Promise<CalendarItem> {
  const there = await to.db.selectFrom('calendar_item').select('item').where('mailbox', '=', to.guid).where('uid', '=', item.uid).orderBy('item').executeTakeFirst();
  if (there === undefined) {
    const inserted = await insertItem(to, await distinguishedRow(to.db, to.mailbox, 'calendar'), { calendar: item }, largest);
    return { ...item, id: itemId(to.guid, inserted.number) };
  }
  const row = await rowOf(to, there.item);
  await updateItem(to, row, { calendar: { ...optionalParts, ...item } }, { heavy: await heavyProperties(to.db, row), largest });
  return { ...item, id: itemId(to.guid, row.number) };
}

/** What of an event's properties goes when another version of it does not have them. */
const replacedProperties = ['item:Body', 'item:TextBody', 'item:Categories', 'calendar:Organizer', 'calendar:RequiredAttendees', 'calendar:OptionalAttendees', 'calendar:Resources'];

/**
 * Puts an event with all its properties into the calendar folder, or in place of the one there that has its uid. One that
 * was put with the same `version` is left alone.
 */
export async function mergeCalendarEvent(to: MailboxWrite, { calendar, properties, mime, version }: CalendarEventToMerge, largest: number): Promise<'created' | 'replaced' | 'unchanged'> {
  const there = await to.db.selectFrom('calendar_item').select('item').where('mailbox', '=', to.guid).where('uid', '=', calendar.uid).orderBy('item').executeTakeFirst();
  const set = { ...properties, [urlNameKey]: version };
  if (there === undefined) {
    await insertItem(to, await distinguishedRow(to.db, to.mailbox, 'calendar'), { calendar, properties: set, ...(mime === undefined ? {} : { mime }) }, largest);
    return 'created';
  }
  const row = await rowOf(to, there.item);
  if (row.url_name === version.toLowerCase()) return 'unchanged';
  const remove = replacedProperties.filter((key) => !(key in properties));
  await updateItem(to, row, { calendar: { ...optionalParts, ...calendar }, set, remove, ...(mime === undefined ? {} : { mime }) }, { heavy: await heavyProperties(to.db, row), largest });
  return 'replaced';
}

/** False when there is no such item on the calendar. */
export async function removeCalendarItem(to: MailboxWrite, id: string): Promise<boolean> {
  const number = numberOf(to.guid, id);
  if (number === undefined) return false;
  const there = await to.db.selectFrom('calendar_item').select('item').where('item', '=', number).where('mailbox', '=', to.guid).executeTakeFirst();
  if (there === undefined) return false;
  await deleteItem(to, await rowOf(to, number), 'HardDelete');
  return true;
}

export async function storedCalendarItem(db: MailboxDatabase, mailbox: string, id: string): Promise<CalendarItem | undefined> {
  const number = numberOf(mailbox, id);
  if (number === undefined) return undefined;
  const row = await db.selectFrom('calendar_item').selectAll().where('item', '=', number).where('mailbox', '=', mailbox).executeTakeFirst();
  return row === undefined ? undefined : itemOfRow(row);
}

export async function clearCalendar(to: MailboxWrite): Promise<void> {
  const folder = await distinguishedRow(to.db, to.mailbox, 'calendar');
  for (;;) {
    const rows = await to.db.selectFrom('mailbox_item').selectAll().where('folder', '=', folder.number).limit(200).execute();
    if (rows.length === 0) break;
    for (const row of rows) await deleteItem(to, row, 'HardDelete');
  }
  await to.db.deleteFrom('calendar_configuration').where('mailbox', '=', to.guid).execute();
  await to.db.deleteFrom('calendar_permission').where('mailbox', '=', to.guid).execute();
}

function numberOf(mailbox: string, id: string): number | undefined {
  const decoded = readMailboxId(id);
  return decoded?.kind === 'item' && itemId(mailbox, decoded.number) === id ? decoded.number : undefined;
}

async function rowOf(to: MailboxWrite, number: number): Promise<ItemRow> {
  return to.db.selectFrom('mailbox_item').selectAll().where('number', '=', number).executeTakeFirstOrThrow();
}
