import { rowOfItem } from '../calendars/calendar-row.ts';
import type { NewCalendarItem } from '../calendars/calendar-item.ts';
import type { FolderRow } from './folder-row.ts';
import { folderId } from './folder-row.ts';
import type { ItemRow } from './item-row.ts';
import { itemId } from './item-row.ts';
import type { MailboxWrite } from './mailbox-write.ts';

/**
 * Free/busy reads the appointments of a mailbox's own calendar from a table of its own, ordered by time. Here one is
 * entered, in the transaction that writes the item. Other folders and other classes are no part of it.
 */
export async function project(to: MailboxWrite, folder: Pick<FolderRow, 'distinguished' | 'number'>, row: Pick<ItemRow, 'number' | 'class'>, calendar: NewCalendarItem): Promise<void> {
  if (folder.distinguished !== 'calendar' || !row.class.startsWith('IPM.Appointment')) return;
  const values = rowOfItem(to.guid, row.number, calendar);
  const { item: _, ...changes } = values;
  await to.db
    .insertInto('calendar_item')
    .values(values)
    .onConflict((conflict) => conflict.column('item').doUpdateSet(changes))
    .execute();
  tell(to, folder.number, row.number);
}

/** Takes an item out again, if it is there. */
export async function unproject(to: MailboxWrite, row: Pick<ItemRow, 'number' | 'folder' | 'calendar'>): Promise<void> {
  if (row.calendar === null) return;
  const { numDeletedRows } = await to.db.deleteFrom('calendar_item').where('item', '=', row.number).executeTakeFirst();
  if (numDeletedRows > 0n) tell(to, row.folder, row.number);
}

function tell(to: MailboxWrite, folder: number, item: number): void {
  to.emit({ type: 'FreeBusyChanged', itemId: itemId(to.guid, item), parentFolderId: folderId(to.guid, folder) });
}
