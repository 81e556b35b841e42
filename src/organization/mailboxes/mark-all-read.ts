import { changeKeyOf } from './change-key.ts';
import type { FolderRow } from './folder-row.ts';
import { folderId } from './folder-row.ts';
import { itemId } from './item-row.ts';
import { laterThanBefore } from './mailbox-write.ts';
import type { MailboxWrite } from './mailbox-write.ts';

/** Marks all messages of a folder. The cost follows those that are not marked so yet. */
export async function markAllRead(to: MailboxWrite, folder: FolderRow, isRead: boolean): Promise<number> {
  const rows = await to.db
    .selectFrom('mailbox_item')
    .select('number')
    .where('folder', '=', folder.number)
    .where('associated', '=', 0)
    .where('is_read', '=', isRead ? 0 : 1)
    .orderBy('number')
    .execute();
  for (const { number } of rows) {
    const changed = to.nextChange();
    await to.db
      .updateTable('mailbox_item')
      .set({ is_read: isRead ? 1 : 0, changed, modified_at: laterThanBefore(to.now) })
      .where('number', '=', number)
      .execute();
    to.emit({ type: 'Modified', itemId: itemId(to.guid, number), changeKey: changeKeyOf(changed), parentFolderId: folderId(to.guid, folder.number) });
  }
  to.count(folder.number, { unread: isRead ? -rows.length : rows.length });
  return rows.length;
}
