import { otherCalendar, rowOfItem } from '../calendars/calendar-row.ts';
import type { NewCalendarItem } from '../calendars/calendar-item.ts';
import type { FolderRow } from './folder-row.ts';
import { folderId } from './folder-row.ts';
import type { ItemRow } from './item-row.ts';
import { itemId } from './item-row.ts';
import type { MailboxWrite } from './mailbox-write.ts';

/**
 * Free/busy and calendar views read appointments from a table of their own, ordered by time. Here one is entered, in the
 * transaction that writes the item. Other classes are no part of it.
 */
export async function project(to: MailboxWrite, folder: Pick<FolderRow, 'distinguished' | 'number'>, row: Pick<ItemRow, 'number' | 'class'>, calendar: NewCalendarItem): Promise<void> {
  if (!row.class.startsWith('IPM.Appointment')) {
    await unproject(to, { ...row, folder: folder.number, calendar: '' });
    return;
  }
  const isOwn = folder.distinguished === 'calendar';
  const values = rowOfItem(isOwn ? to.guid : otherCalendar(to.guid, folder.number), row.number, calendar);
  const { item: _, ...changes } = values;
  await to.db
    .insertInto('calendar_item')
    .values(values)
    .onConflict((conflict) => conflict.column('item').doUpdateSet(changes))
    .execute();
  if (isOwn) tell(to, folder.number, row.number);
}

/** Takes an item out again, if it is there. */
export async function unproject(to: MailboxWrite, row: Pick<ItemRow, 'number' | 'folder' | 'calendar'>): Promise<void> {
  if (row.calendar === null) return;
  const removed = await to.db.deleteFrom('calendar_item').where('item', '=', row.number).returning('mailbox').executeTakeFirst();
  if (removed?.mailbox === to.guid) tell(to, row.folder, row.number);
}

function tell(to: MailboxWrite, folder: number, item: number): void {
  to.emit({ type: 'FreeBusyChanged', itemId: itemId(to.guid, item), parentFolderId: folderId(to.guid, folder) });
}
