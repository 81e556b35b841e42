import { otherCalendar, rowOfItem } from '../calendars/calendar-row.ts';
import type { InstantWindow } from '../calendars/expand-item.ts';
import { rowsInWindow } from '../calendars/rows-in-window.ts';
import type { CalendarSchema } from '../calendars/calendar-schema.ts';
import type { Migration } from '../../store/index.ts';
import type { FolderRow } from './folder-row.ts';
import type { ItemRow } from './item-row.ts';
import { calendarOfRow } from './item-row.ts';
import type { MailboxDatabase } from './mailbox-database.ts';
import type { MailboxSchema } from './mailbox-schema.ts';

/** Rows asked for in one query. */
const batch = 500;

/**
 * The appointments of a folder whose span touches a window, a batch at a time: of series, all of which a happening may be in
 * it. The cost follows what is there, not the size of the folder.
 */
export async function* itemsInWindow(db: MailboxDatabase, guid: string, folder: FolderRow, window: InstantWindow): AsyncGenerator<readonly ItemRow[]> {
  const calendar = folder.distinguished === 'calendar' ? guid : otherCalendar(guid, folder.number);
  for (const isSeries of [false, true]) {
    const numbers = (await rowsInWindow(db, calendar, window, isSeries)).map(({ item }) => item);
    for (let at = 0; at < numbers.length; at += batch) {
      yield await db
        .selectFrom('mailbox_item')
        .selectAll()
        .where('number', 'in', numbers.slice(at, at + batch))
        .where('associated', '=', 0)
        .execute();
    }
  }
}

/** Enters the appointments of all folders, of which earlier versions entered those of own calendars only; and folders get their times. */
export const calendarWindowMigrations: readonly Migration<MailboxSchema & CalendarSchema>[] = [
  async (transaction) => {
    await transaction.schema.alterTable('mailbox_folder').addColumn('modified_at', 'bigint', (column) => column.notNull().defaultTo(0)).execute();
    await transaction
      .updateTable('mailbox_folder')
      .set((update) => ({
        modified_at: update.fn.coalesce(
          update
            .selectFrom('mailbox_item')
            .select((select) => select.fn.max('mailbox_item.modified_at').as('latest'))
            .whereRef('mailbox_item.folder', '=', 'mailbox_folder.number'),
          update.val(0),
        ),
      }))
      .execute();
    let after = 0;
    for (;;) {
      const rows = await transaction
        .selectFrom('mailbox_item')
        .innerJoin('mailbox', 'mailbox.number', 'mailbox_item.mailbox')
        .select(['mailbox_item.number', 'mailbox_item.folder', 'mailbox_item.calendar', 'mailbox.guid'])
        .where('mailbox_item.number', '>', after)
        .where('mailbox_item.calendar', 'is not', null)
        .where('mailbox_item.class', 'like', 'IPM.Appointment%')
        .where((where) => where.not(where.exists(where.selectFrom('calendar_item').select('item').whereRef('calendar_item.item', '=', 'mailbox_item.number'))))
        .orderBy('mailbox_item.number')
        .limit(batch)
        .execute();
      for (const row of rows) {
        const calendar = calendarOfRow(row);
        if (calendar !== undefined) await transaction.insertInto('calendar_item').values(rowOfItem(otherCalendar(row.guid, row.folder), row.number, calendar)).execute();
      }
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.number;
    }
  },
];
