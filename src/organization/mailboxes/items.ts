import { itemsInWindow } from './calendar-window.ts';
import { createAttachments } from './attachments.ts';
import type { DeleteType, FolderId } from './folder.ts';
import { folderNotFound, folderNumber, folderRow } from './folder-row.ts';
import { findItems } from './find-items.ts';
import { insertItem } from './insert-item.ts';
import { contentSlot, readContent } from './content-store.ts';
import type { Item, ItemChanges, ItemId, ItemRef, Items, NewItem } from './item.ts';
import { contentProperties, heavyProperties, isFromMime, takeApart } from './item-content.ts';
import type { ItemRow } from './item-row.ts';
import { contentOf, itemId, itemNotFound, itemNumber, itemOfRow, refOfRow } from './item-row.ts';
import type { MailboxContext } from './mailbox-context.ts';
import type { MailboxDatabase } from './mailbox-database.ts';
import { mailboxNumber, writeMailbox } from './mailbox-write.ts';
import type { MailboxWrite } from './mailbox-write.ts';
import { markAllRead } from './mark-all-read.ts';
import { copyItem, deleteItem, moveItem } from './relocate-item.ts';
import { discardStaged, stageBytes, stageItem } from './staged-bytes.ts';
import type { StagedBytes, StagedItem } from './staged-bytes.ts';
import { checkConflict, outdatesMime, updateItem } from './update-item.ts';

/** Ids asked for in one query. */
const idBatch = 500;

export function createItems(context: MailboxContext, guid: string): Items {
  const { db, limits } = context;

  const rowAt = async (executor: MailboxDatabase, id: ItemId): Promise<ItemRow> => {
    const number = itemNumber(guid, id);
    const mailbox = context.known.get(guid) ?? (await mailboxNumber(context, guid));
    const row = await executor.selectFrom('mailbox_item').selectAll().where('number', '=', number).where('mailbox', '=', mailbox).executeTakeFirst();
    if (row === undefined) throw itemNotFound(id);
    return row;
  };

  const folderAt = async (executor: MailboxDatabase, id: FolderId) => folderRow(executor, context.known.get(guid) ?? (await mailboxNumber(context, guid)), folderNumber(guid, id));

  const write = <Result>(work: (write: MailboxWrite) => Promise<Result>): Promise<Result> => writeMailbox(context, guid, work);

  const createStaged = async (folder: FolderId, staged: readonly StagedItem[]): Promise<readonly ItemRow[]> => {
    try {
      return await write(async (to) => {
        const target = await folderAt(to.db, folder);
        const rows: ItemRow[] = [];
        for (const item of staged) rows.push(await insertItem(to, target, item, limits.itemSize));
        return rows;
      });
    } catch (error) {
      for (const item of staged) await discardStaged(db, item);
      throw error;
    }
  };

  const create = async (folder: FolderId, items: readonly NewItem[]): Promise<readonly ItemRow[]> => {
    folderNumber(guid, folder);
    const staged: StagedItem[] = [];
    for (const item of items) staged.push(await stageItem(context, item));
    return createStaged(folder, staged);
  };

  const relocate = (id: ItemId, target: FolderId, how: typeof moveItem): Promise<ItemRef> =>
    write(async (to) => {
      const row = await rowAt(to.db, id);
      return refOfRow(guid, await how(to, row, await folderAt(to.db, target)));
    });

  const apply = async (to: MailboxWrite, there: ItemRow, changes: Omit<ItemChanges, 'mime'>, mime?: StagedBytes): Promise<Item> => {
    const row = mime === undefined && isFromMime(there) && outdatesMime(changes, there.calendar !== null) ? await takeApart(context, to, there) : there;
    return itemOfRow(guid, await updateItem(to, row, { ...changes, ...(mime === undefined ? {} : { mime }) }, { heavy: await heavyProperties(to.db, row), largest: limits.itemSize }));
  };

  return {
    async create(folder, item) {
      const [row] = await create(folder, [item]);
      if (row === undefined) throw folderNotFound(folder);
      return itemOfRow(guid, row);
    },
    async createAll(folder, items) {
      return (await create(folder, items)).map((row) => refOfRow(guid, row));
    },
    async get(id) {
      return itemOfRow(guid, await rowAt(db, id));
    },
    async getAll(ids) {
      const found = new Map<string, Item>();
      const numbers = [...new Set(ids.flatMap((id) => knownNumber(guid, id)))];
      const mailbox = await mailboxNumber(context, guid);
      for (let at = 0; at < numbers.length; at += idBatch) {
        const rows = await db
          .selectFrom('mailbox_item')
          .selectAll()
          .where('number', 'in', numbers.slice(at, at + idBatch))
          .where('mailbox', '=', mailbox)
          .execute();
        for (const row of rows) found.set(itemId(guid, row.number), itemOfRow(guid, row));
      }
      return ids.map((id) => found.get(id));
    },
    async content(id) {
      return { properties: await contentProperties(context, db, await rowAt(db, id)) };
    },
    async contentBesideMime(id) {
      const row = await rowAt(db, id);
      return { properties: await heavyProperties(db, row), isFromMime: isFromMime(row) };
    },
    async mime(id) {
      const row = await rowAt(db, id);
      return row.mime_size === null ? undefined : readContent(db, contentOf(row), contentSlot.mime);
    },
    async find(folder, query) {
      return findItems(context, guid, await folderAt(db, folder), query, (row) => contentProperties(context, db, row));
    },
    async *inWindow(folder, window) {
      for await (const rows of itemsInWindow(db, guid, await folderAt(db, folder), window)) yield rows.map((row) => itemOfRow(guid, row));
    },
    async withUid(uid) {
      const rows = await db
        .selectFrom('mailbox_item')
        .innerJoin('calendar_item', 'calendar_item.item', 'mailbox_item.number')
        .selectAll('mailbox_item')
        .where('calendar_item.mailbox', '=', guid)
        .where('calendar_item.uid', '=', uid)
        .orderBy('mailbox_item.number')
        .execute();
      return rows.map((row) => itemOfRow(guid, row));
    },
    async update(id, changes, options = {}) {
      const { mime, ...rest } = changes;
      const staged = mime === undefined ? undefined : await stageBytes(context, mime);
      try {
        return await write(async (to) => {
          const there = await rowAt(to.db, id);
          checkConflict(there, rest, options);
          return apply(to, there, rest, staged);
        });
      } catch (error) {
        if (staged !== undefined) await discardStaged(db, { mime: staged });
        throw error;
      }
    },
    change: (id, decide) =>
      write(async (to) => {
        const there = await rowAt(to.db, id);
        const present = itemOfRow(guid, there);
        const changes = decide(present);
        return changes === undefined ? present : apply(to, there, changes);
      }),
    delete: (id: ItemId, type: DeleteType) => write(async (to) => deleteItem(to, await rowAt(to.db, id), type)),
    move: (id, target) => relocate(id, target, moveItem),
    copy: (id, target) => relocate(id, target, copyItem),
    markAllRead: (folder, isRead) => write(async (to) => markAllRead(to, await folderAt(to.db, folder), isRead)),
    ...createAttachments(context, guid, rowAt),
  };
}

function knownNumber(guid: string, id: ItemId): readonly number[] {
  try {
    return [itemNumber(guid, id)];
  } catch {
    return [];
  }
}
