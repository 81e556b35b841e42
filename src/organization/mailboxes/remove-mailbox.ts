import { otherCalendar } from '../calendars/calendar-row.ts';
import type { MailboxContext } from './mailbox-context.ts';
import { removeContent } from './content-store.ts';
import { contentOf } from './item-row.ts';

/** Rows removed in one transaction: others get their turn in between. */
const batch = 500;

/** Removes a mailbox with all that is in it. */
export async function removeMailbox(context: MailboxContext, guid: string): Promise<void> {
  const { db } = context;
  const mailbox = await db.selectFrom('mailbox').select('number').where('guid', '=', guid).executeTakeFirst();
  if (mailbox !== undefined) {
    for (;;) {
      const removed = await db.transaction().execute(async (transaction) => {
        const rows = await transaction.selectFrom('mailbox_item').select(['number', 'content']).where('mailbox', '=', mailbox.number).limit(batch).execute();
        for (const row of rows) {
          await removeContent(transaction, contentOf(row));
          await transaction.deleteFrom('mailbox_attachment').where('content', '=', contentOf(row)).execute();
          await transaction.deleteFrom('mailbox_item').where('number', '=', row.number).execute();
        }
        return rows.length;
      });
      if (removed < batch) break;
    }
  }
  await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('calendar_item').where((where) => where.or([where('mailbox', '=', guid), where('mailbox', 'like', otherCalendar(guid, '%'))])).execute();
    await transaction.deleteFrom('calendar_configuration').where('mailbox', '=', guid).execute();
    await transaction.deleteFrom('calendar_permission').where('mailbox', '=', guid).execute();
    if (mailbox === undefined) return;
    const folders = transaction.selectFrom('mailbox_folder').select('number').where('mailbox', '=', mailbox.number);
    await transaction.deleteFrom('mailbox_tombstone').where('folder', 'in', folders).execute();
    await transaction.deleteFrom('mailbox_folder_permission').where('folder', 'in', folders).execute();
    await transaction.deleteFrom('mailbox_folder').where('mailbox', '=', mailbox.number).execute();
    await transaction.deleteFrom('mailbox_oof_reply').where('mailbox', '=', mailbox.number).execute();
    await transaction.deleteFrom('mailbox').where('number', '=', mailbox.number).execute();
  });
}
