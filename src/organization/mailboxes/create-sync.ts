import type { FolderRow } from './folder-row.ts';
import { folderId, folderNumber, folderOfRow, folderRow } from './folder-row.ts';
import { childCounts, descendantsOf } from './folder-tree.ts';
import { itemId, itemOfRow } from './item-row.ts';
import type { MailboxContext } from './mailbox-context.ts';
import { mailboxNumber } from './mailbox-write.ts';
import type { MailboxTransaction } from './mailbox-database.ts';
import type { Changes, FolderChange, ItemChange, Sync } from './sync.ts';
import type { ItemSyncState } from './sync-state.ts';
import { badSyncState, readHierarchySyncState, readItemSyncState, writeSyncState } from './sync-state.ts';

const mostChanges = 512;

export function createSync(context: MailboxContext, guid: string): Sync {
  return {
    async items(folder, syncState, maxChanges) {
      const number = folderNumber(guid, folder);
      const mailbox = await mailboxNumber(context, guid);
      const state = syncState === undefined || syncState === '' ? { folder, created: 0, changed: 0 } : readItemSyncState(syncState, folder);
      const limit = Math.min(mostChanges, Math.max(1, maxChanges));
      return context.db.transaction().execute(async (db) => {
        const row = await folderRow(db, mailbox, number);
        const latest = await latestChange(db, mailbox);
        if (state.created > latest || state.changed > latest) throw badSyncState('from the future');
        if (state.created > 0 && state.changed < row.forgotten) throw badSyncState('too old');
        return itemChanges(db, guid, row, state, latest, limit);
      });
    },
    async hierarchy(folder, syncState) {
      const number = folderNumber(guid, folder);
      const mailbox = await mailboxNumber(context, guid);
      const state = syncState === undefined || syncState === '' ? { folder, changed: 0, known: [] } : readHierarchySyncState(syncState, folder);
      return context.db.transaction().execute(async (db) => {
        await folderRow(db, mailbox, number);
        const latest = await latestChange(db, mailbox);
        if (state.changed > latest) throw badSyncState('from the future');
        const all = await db.selectFrom('mailbox_folder').selectAll().where('mailbox', '=', mailbox).execute();
        const counts = childCounts(all);
        const below = descendantsOf(all, number, false);
        const known = new Set(state.known);
        const changes: FolderChange[] = [];
        for (const row of below) {
          if (!known.delete(row.number)) changes.push({ type: 'Create', folder: folderOfRow(guid, row, counts.get(row.number) ?? 0) });
          else if (row.changed > state.changed) changes.push({ type: 'Update', folder: folderOfRow(guid, row, counts.get(row.number) ?? 0) });
        }
        for (const gone of known) changes.push({ type: 'Delete', folderId: folderId(guid, gone) });
        return { changes, includesLast: true, syncState: writeSyncState('hierarchy', { folder, changed: latest, known: below.map((row) => row.number) }) };
      });
    },
  };
}

async function latestChange(db: MailboxTransaction, mailbox: number): Promise<number> {
  return (await db.selectFrom('mailbox').select('change').where('number', '=', mailbox).executeTakeFirstOrThrow()).change;
}

/**
 * First what happened to items that the client knows, by change; then, when nothing is left of that, the items that it
 * does not know, by age, as they are now.
 */
async function itemChanges(db: MailboxTransaction, guid: string, folder: FolderRow, state: ItemSyncState, latest: number, limit: number): Promise<Changes<ItemChange>> {
  const changes: ItemChange[] = [];
  const answer = (created: number, changed: number, includesLast: boolean): Changes<ItemChange> => ({ changes, includesLast, syncState: writeSyncState('items', { folder: state.folder, created, changed }) });

  const known = state.created === 0 ? [] : await knownChanges(db, folder.number, state, limit + 1);
  for (const { change, number } of known.slice(0, limit)) changes.push(change === undefined ? { type: 'Delete', itemId: itemId(guid, number) } : { type: 'Update', item: itemOfRow(guid, change) });
  for (const [index, { change, contentChanged }] of known.slice(0, limit).entries()) {
    if (change !== undefined && contentChanged <= state.changed) changes[index] = { type: 'ReadFlagChange', itemId: itemId(guid, change.number), isRead: change.is_read === 1 };
  }
  const last = known[limit - 1];
  if (known.length > limit && last !== undefined) return answer(state.created, last.at, false);

  const room = limit - changes.length;
  const rows = await db
    .selectFrom('mailbox_item')
    .selectAll()
    .where('mailbox', '=', folder.mailbox)
    .where('folder', '=', folder.number)
    .where('created', '>', state.created)
    .where('associated', '=', 0)
    .orderBy('created')
    .limit(room + 1)
    .execute();
  for (const row of rows.slice(0, room)) changes.push({ type: 'Create', item: itemOfRow(guid, row) });
  if (rows.length <= room) return answer(latest, latest, true);
  return answer(rows[room - 1]?.created ?? state.created, latest, false);
}

async function knownChanges(db: MailboxTransaction, folder: number, state: ItemSyncState, limit: number) {
  const updated = await db
    .selectFrom('mailbox_item')
    .selectAll()
    .where('folder', '=', folder)
    .where('changed', '>', state.changed)
    .where('created', '<=', state.created)
    .where('associated', '=', 0)
    .orderBy('changed')
    .limit(limit)
    .execute();
  const deleted = await db.selectFrom('mailbox_tombstone').selectAll().where('folder', '=', folder).where('deleted', '>', state.changed).where('created', '<=', state.created).orderBy('deleted').limit(limit).execute();
  return [
    ...updated.map((change) => ({ at: change.changed, number: change.number, change, contentChanged: change.content_changed })),
    ...deleted.map((row) => ({ at: row.deleted, number: row.item, change: undefined, contentChanged: 0 })),
  ]
    .sort((a, b) => a.at - b.at)
    .slice(0, limit);
}
