import { OrganizationError } from '../organization-error.ts';
import { changeKeyOf } from './change-key.ts';
import type { DeleteType } from './folder.ts';
import type { FolderRow } from './folder-row.ts';
import { distinguishedRow, folderId } from './folder-row.ts';
import { descendantsOf, isBelow } from './folder-tree.ts';
import { laterThanBefore } from './mailbox-write.ts';
import type { MailboxWrite } from './mailbox-write.ts';
import { deleteItem } from './relocate-item.ts';

/** Items read at once while a folder is emptied. */
const batch = 200;

/** Deletes a folder with all below: for good, or by moving it where deleted things are. */
export async function deleteFolderTree(to: MailboxWrite, folder: FolderRow, type: DeleteType): Promise<void> {
  const target = type === 'HardDelete' ? undefined : await distinguishedRow(to.db, to.mailbox, type === 'SoftDelete' ? 'recoverableitemsdeletions' : 'deleteditems');
  if (target === undefined || (await isBelow(to.db, to.mailbox, folder.number, target.number))) {
    const all = await to.db.selectFrom('mailbox_folder').selectAll().where('mailbox', '=', to.mailbox).execute();
    for (const row of [folder, ...descendantsOf(all, folder.number, false)].toReversed()) await destroy(to, row);
    return;
  }
  const change = to.nextChange();
  const name = await freeName(to, target.number, folder.name);
  await to.db.updateTable('mailbox_folder').set({ parent: target.number, name, name_key: name.toLowerCase(), changed: change, modified_at: laterThanBefore(to.now) }).where('number', '=', folder.number).execute();
  const id = folderId(to.guid, folder.number);
  to.emit({ type: 'Moved', folderId: id, changeKey: changeKeyOf(change), parentFolderId: folderId(to.guid, target.number), oldFolderId: id, oldParentFolderId: folderId(to.guid, folder.parent ?? folder.number) });
}

export async function emptyFolder(to: MailboxWrite, folder: FolderRow, type: DeleteType, deleteSubFolders: boolean): Promise<void> {
  const target = type === 'HardDelete' ? undefined : await distinguishedRow(to.db, to.mailbox, type === 'SoftDelete' ? 'recoverableitemsdeletions' : 'deleteditems');
  await deleteItems(to, folder, type);
  if (!deleteSubFolders) return;
  const children = await to.db.selectFrom('mailbox_folder').selectAll().where('mailbox', '=', to.mailbox).where('parent', '=', folder.number).execute();
  for (const child of children) {
    if (child.number === target?.number) continue;
    if (child.distinguished !== null) throw new OrganizationError('ORGANIZATION_DISTINGUISHED_FOLDER', 'The folder holds distinguished folders, which cannot be deleted.', { facts: { folder: child.distinguished } });
    await deleteFolderTree(to, child, type);
  }
}

async function destroy(to: MailboxWrite, folder: FolderRow): Promise<void> {
  await deleteItems(to, folder, 'HardDelete');
  await to.db.deleteFrom('mailbox_tombstone').where('folder', '=', folder.number).execute();
  await to.db.deleteFrom('mailbox_folder_permission').where('folder', '=', folder.number).execute();
  await to.db.deleteFrom('mailbox_folder').where('number', '=', folder.number).execute();
  to.nextChange();
  to.emit({ type: 'Deleted', folderId: folderId(to.guid, folder.number), parentFolderId: folderId(to.guid, folder.parent ?? folder.number) });
}

/** Associated items go for good: nobody looks for them among deleted things. */
async function deleteItems(to: MailboxWrite, folder: FolderRow, type: DeleteType): Promise<void> {
  for (;;) {
    const rows = await to.db.selectFrom('mailbox_item').selectAll().where('folder', '=', folder.number).limit(batch).execute();
    if (rows.length === 0) return;
    for (const row of rows) await deleteItem(to, row, row.associated === 1 ? 'HardDelete' : type);
  }
}

async function freeName(to: MailboxWrite, parent: number, name: string): Promise<string> {
  const rows = await to.db.selectFrom('mailbox_folder').select('name_key').where('mailbox', '=', to.mailbox).where('parent', '=', parent).execute();
  const taken = new Set(rows.map((row) => row.name_key));
  let free = name;
  for (let count = 1; taken.has(free.toLowerCase()); count++) free = `${name.slice(0, 240)} (${count})`;
  return free;
}
