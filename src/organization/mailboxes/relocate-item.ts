import { changeKeyOf } from './change-key.ts';
import { copyContent, removeContent } from './content-store.ts';
import type { DeleteType } from './folder.ts';
import type { FolderRow } from './folder-row.ts';
import { distinguishedRow, folderId } from './folder-row.ts';
import { countItem } from './insert-item.ts';
import type { ItemRow } from './item-row.ts';
import { calendarOfRow, contentOf, itemId } from './item-row.ts';
import type { MailboxWrite } from './mailbox-write.ts';
import { project, unproject } from './project-calendar.ts';

/** A new row in the target folder, with the old one's content; the old one leaves a tombstone. */
export async function moveItem(to: MailboxWrite, row: ItemRow, target: FolderRow): Promise<ItemRow> {
  const moved = await insertAgain(to, row, target, contentOf(row));
  await remove(to, row);
  to.emit({ type: 'Moved', ...places(to, moved, row) });
  return moved;
}

export async function copyItem(to: MailboxWrite, row: ItemRow, target: FolderRow): Promise<ItemRow> {
  const copied = await insertAgain(to, row, target, 0);
  await copyContent(to.db, contentOf(row), copied.number);
  await to.db
    .insertInto('mailbox_attachment')
    .columns(['content', 'position', 'attachment', 'size'])
    .expression((query) =>
      query
        .selectFrom('mailbox_attachment')
        .select((select) => [select.val(copied.number).as('content'), 'position', 'attachment', 'size'])
        .where('content', '=', contentOf(row)),
    )
    .execute();
  to.emit({ type: 'Copied', ...places(to, copied, row) });
  return copied;
}

export async function deleteItem(to: MailboxWrite, row: ItemRow, type: DeleteType): Promise<void> {
  const target = type === 'HardDelete' ? undefined : await distinguishedRow(to.db, to.mailbox, type === 'SoftDelete' ? 'recoverableitemsdeletions' : 'deleteditems');
  // What is deleted where deleted things are is gone.
  if (target !== undefined && target.number !== row.folder) {
    await moveItem(to, row, target);
    return;
  }
  await removeForGood(to, row);
}

export async function removeForGood(to: MailboxWrite, row: ItemRow): Promise<void> {
  await remove(to, row);
  await removeContent(to.db, contentOf(row));
  await to.db.deleteFrom('mailbox_attachment').where('content', '=', contentOf(row)).execute();
  to.emit({ type: 'Deleted', itemId: itemId(to.guid, row.number), changeKey: changeKeyOf(row.changed), parentFolderId: folderId(to.guid, row.folder) });
}

async function insertAgain(to: MailboxWrite, row: ItemRow, target: FolderRow, content: number): Promise<ItemRow> {
  const change = to.nextChange();
  const { number: _, ...columns } = row;
  const values = { ...columns, folder: target.number, created: change, changed: change, content_changed: change, modified_at: to.now, content };
  const { number } = await to.db.insertInto('mailbox_item').values(values).returning('number').executeTakeFirstOrThrow();
  const inserted = { ...values, number };
  countItem(to, inserted, 1);
  const calendar = calendarOfRow(row);
  if (calendar !== undefined) await project(to, target, inserted, calendar);
  return inserted;
}

/** Takes the row away; its content stays. */
async function remove(to: MailboxWrite, row: ItemRow): Promise<void> {
  await unproject(to, row);
  await to.db.deleteFrom('mailbox_item').where('number', '=', row.number).execute();
  // No sync tells of associated items.
  if (row.associated === 0) await to.db.insertInto('mailbox_tombstone').values({ folder: row.folder, item: row.number, created: row.created, deleted: to.nextChange(), deleted_at: to.now }).execute();
  countItem(to, row, -1);
}

function places(to: MailboxWrite, row: ItemRow, old: ItemRow) {
  return {
    itemId: itemId(to.guid, row.number),
    changeKey: changeKeyOf(row.changed),
    parentFolderId: folderId(to.guid, row.folder),
    oldItemId: itemId(to.guid, old.number),
    oldParentFolderId: folderId(to.guid, old.folder),
  };
}
