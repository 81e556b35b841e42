import { newFolderRow } from './distinguished-folders.ts';
import type { FolderRow } from './folder-row.ts';
import { descendantsOf } from './folder-tree.ts';
import type { MailboxWrite } from './mailbox-write.ts';
import { copyItem } from './relocate-item.ts';

/** Copies a folder with all that is in it and below. Gives the copy's row, counters not yet counted. */
export async function copyFolderTree(to: MailboxWrite, folder: FolderRow, target: number): Promise<FolderRow> {
  const all = await to.db.selectFrom('mailbox_folder').selectAll().where('mailbox', '=', to.mailbox).execute();
  const copies = new Map<number, FolderRow>();
  for (const row of [folder, ...descendantsOf(all, folder.number, false)]) {
    const parent = row === folder ? target : (copies.get(row.parent ?? 0)?.number ?? target);
    const seed = { mailbox: to.mailbox, parent, name: row.name, class: row.class, change: to.nextChange(), now: to.now, properties: row.properties };
    const copy = await to.db.insertInto('mailbox_folder').values(newFolderRow(seed)).returningAll().executeTakeFirstOrThrow();
    copies.set(row.number, copy);
    let after = 0;
    for (;;) {
      const items = await to.db.selectFrom('mailbox_item').selectAll().where('folder', '=', row.number).where('number', '>', after).orderBy('number').limit(200).execute();
      const last = items.at(-1);
      if (last === undefined) break;
      for (const item of items) await copyItem(to, item, copy);
      after = last.number;
    }
  }
  const copy = copies.get(folder.number);
  if (copy === undefined) throw new Error('the copied folder is missing');
  return copy;
}
