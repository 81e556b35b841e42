import { changeKeyOf } from './change-key.ts';
import { contentSlot, writeContent } from './content-store.ts';
import { placeBytes, sizeOf } from './staged-bytes.ts';
import type { StagedItem } from './staged-bytes.ts';
import type { FolderRow } from './folder-row.ts';
import { folderId } from './folder-row.ts';
import type { NewItem } from './item.ts';
import { insertRow } from './insert-row.ts';
import { itemTooLarge } from './item-too-large.ts';
import type { ItemRow, ItemState } from './item-row.ts';
import { columnsOf, itemId, stateOf } from './item-row.ts';
import type { MailboxWrite } from './mailbox-write.ts';
import { project } from './project-calendar.ts';
import { insertAttachments } from './store-attachment.ts';

/** Checks a new item and makes its state of it. Throws as `items.create` does. */
export function newItemState(item: Omit<NewItem, 'mime' | 'attachments'> & Pick<StagedItem, 'mime' | 'attachments'>, now: number): ItemState {
  const itemClass = item.itemClass ?? (item.calendar === undefined ? 'IPM.Note' : 'IPM.Appointment');
  return stateOf(itemClass, item.properties ?? {}, item.calendar, {
    isRead: item.mime === undefined && item.isNewMail !== true,
    isAssociated: item.isAssociated ?? false,
    hasAttachments: item.properties?.['item:HasAttachments'] === true || (item.attachments ?? []).some(({ isInline, originalStart }) => isInline !== true && originalStart === undefined),
    receivedAt: item.createdAt ?? now,
  });
}

/**
 * Puts an item into a folder. What comes as a stream was staged before: a transaction must not wait for a client.
 */
export async function insertItem(to: MailboxWrite, folder: FolderRow, item: StagedItem, largest: number): Promise<ItemRow> {
  const state = newItemState(item, to.now);
  const { columns, heavy, bytes } = columnsOf(state);
  const mimeSize = item.mime === undefined ? null : sizeOf(item.mime);
  const size = bytes + (mimeSize ?? 0);
  if (size > largest) throw itemTooLarge(largest);
  const change = to.nextChange();
  const values = {
    ...columns,
    mailbox: to.mailbox,
    folder: folder.number,
    created: change,
    changed: change,
    content_changed: change,
    created_at: item.createdAt ?? to.now,
    modified_at: to.now,
    size,
    content: 0,
    mime_size: mimeSize,
    attachment_count: 0,
  };
  const number = await insertRow(to.db, 'mailbox_item', values);
  const row: ItemRow = { ...values, number, url_name: values.url_name ?? null, message_id: values.message_id ?? null, calendar: values.calendar ?? null };
  if (item.mime !== undefined) await placeBytes(to.db, number, contentSlot.mime, item.mime);
  if (heavy !== undefined) await writeContent(to.db, number, contentSlot.properties, Buffer.from(heavy));
  if (item.attachments !== undefined && item.attachments.length > 0) await insertAttachments(to, row, item.attachments, largest);
  countItem(to, row, 1);
  if (state.calendar !== undefined) await project(to, folder, row, state.calendar);
  tellCreated(to, row, item.isNewMail === true);
  return row;
}

/** Adds an item to the counters of its folder, or takes it from them. */
export function countItem(to: MailboxWrite, row: Pick<ItemRow, 'folder' | 'associated' | 'is_read' | 'size'>, sign: 1 | -1): void {
  if (row.associated === 1) to.count(row.folder, { associated: sign, bytes: sign * row.size });
  else to.count(row.folder, { total: sign, unread: row.is_read === 1 ? 0 : sign, bytes: sign * row.size });
}

export function tellCreated(to: MailboxWrite, row: Pick<ItemRow, 'number' | 'folder' | 'changed'>, isNewMail: boolean): void {
  const event = { itemId: itemId(to.guid, row.number), changeKey: changeKeyOf(row.changed), parentFolderId: folderId(to.guid, row.folder) };
  to.emit({ type: 'Created', ...event });
  if (isNewMail) to.emit({ type: 'NewMail', ...event });
}
