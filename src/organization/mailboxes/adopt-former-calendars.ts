import { contentOfRow } from '../calendars/calendar-row.ts';
import { putCalendarItem } from '../calendars/calendar-items.ts';
import type { MailboxContext } from './mailbox-context.ts';
import { writeMailbox } from './mailbox-write.ts';

/** Puts the calendar items of a store from before mailboxes into their mailboxes, each mailbox in one transaction. */
export async function adoptFormerCalendars(context: MailboxContext): Promise<void> {
  const mailboxes = await context.db.selectFrom('calendar_item_former').select('mailbox').distinct().execute();
  for (const { mailbox } of mailboxes) {
    await writeMailbox(context, mailbox, async (to) => {
      const rows = await to.db.selectFrom('calendar_item_former').selectAll().where('mailbox', '=', mailbox).orderBy('start_at').execute();
      for (const row of rows) await putCalendarItem(to, contentOfRow(row), context.limits.itemSize);
      await to.db.deleteFrom('calendar_item_former').where('mailbox', '=', mailbox).execute();
    });
  }
}
