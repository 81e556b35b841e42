import { OrganizationError } from '../organization-error.ts';
import { changeKeyOf } from './change-key.ts';
import { addComputed } from './computed-properties.ts';
import { contentSlot, readContent, removeContent, wholeContent } from './content-store.ts';
import { folderId } from './folder-row.ts';
import type { AttachedItem, Attachment, AttachmentId, ItemId, Items } from './item.ts';
import { isFromMime, messageContent, takeApart } from './item-content.ts';
import type { ItemRow } from './item-row.ts';
import { contentOf, itemId, refOfRow } from './item-row.ts';
import type { MailboxContext } from './mailbox-context.ts';
import type { MailboxDatabase } from './mailbox-database.ts';
import { malformedId, readMailboxId, writeMailboxId } from './mailbox-id.ts';
import { writeMailbox } from './mailbox-write.ts';
import type { MailboxWrite } from './mailbox-write.ts';
import type { MessagePart } from './mime/read-message.ts';
import { readMessageContent, readMessageHead } from './mime/read-message.ts';
import { discardStaged, stageAttachments } from './staged-bytes.ts';
import { insertAttachments } from './store-attachment.ts';
import type { StoredAttachment, StoredItem } from './store-attachment.ts';
import { readBag } from './stored-bag.ts';

type AttachmentMethods = Pick<Items, 'attachments' | 'addAttachment' | 'attachment' | 'attachmentBytes' | 'attachedItem' | 'removeAttachment'>;

interface Found {
  row: ItemRow;
  position: number;
  stored: StoredAttachment;
  size: number;
  /** Of a message that was not taken apart. */
  part?: MessagePart;
}

/** Attachments are rows of their own, or parts of MIME content that was kept as it came; both have lasting positions. */
export function createAttachments(context: MailboxContext, guid: string, rowAt: (db: MailboxDatabase, id: ItemId) => Promise<ItemRow>): AttachmentMethods {
  const { db, limits } = context;

  const allOf = async (executor: MailboxDatabase, row: ItemRow): Promise<readonly Found[]> => {
    if (isFromMime(row)) {
      const { parts } = row.mime_size === 0 ? { parts: [] } : await messageContent(context, executor, row);
      return parts.map((part, index) => ({ row, position: index + 1, stored: storedPart(part, row), size: part.content.length, part }));
    }
    if (row.attachment_count === 0) return [];
    const rows = await executor.selectFrom('mailbox_attachment').selectAll().where('content', '=', contentOf(row)).orderBy('position').execute();
    return rows.map(({ position, attachment, size }) => ({ row, position, stored: readBag(attachment) as unknown as StoredAttachment, size }));
  };

  const find = async (executor: MailboxDatabase, id: AttachmentId): Promise<Found> => {
    const decoded = readMailboxId(id);
    if (decoded?.kind !== 'attachment') throw malformedId(id);
    if (writeMailboxId({ ...decoded, mailbox: guid }) !== id) throw attachmentNotFound(id);
    const row = await rowAt(executor, itemId(guid, decoded.itemNumber ?? 0)).catch((error: unknown) => {
      throw error instanceof OrganizationError && error.code === 'ORGANIZATION_ITEM_NOT_FOUND' ? attachmentNotFound(id) : error;
    });
    const found = (await allOf(executor, row)).find(({ position }) => position === decoded.number);
    if (found === undefined) throw attachmentNotFound(id);
    return found;
  };

  return {
    async attachments(id) {
      return (await allOf(db, await rowAt(db, id))).map((found) => attachmentOf(guid, found));
    },
    async addAttachment(id, attachment) {
      const staged = await stageAttachments(context, [attachment]);
      try {
        return await writeMailbox(context, guid, async (to) => {
          const there = await rowAt(to.db, id);
          const row = isFromMime(there) ? await takeApart(context, to, there) : there;
          const before = row.size;
          const [position = 0] = await insertAttachments(to, row, staged, limits.itemSize);
          const changed = await touch(to, row, before);
          return { attachment: attachmentOf(guid, await find(to.db, attachmentId(guid, changed, position))), changeKey: changeKeyOf(changed.changed) };
        });
      } catch (error) {
        await discardStaged(db, { attachments: staged });
        throw error;
      }
    },
    async attachment(id) {
      return attachmentOf(guid, await find(db, id));
    },
    async attachmentBytes(id) {
      const { row, position, part } = await find(db, id);
      return part === undefined ? readContent(db, contentOf(row), contentSlot.firstAttachment + position - 1) : once(part.content);
    },
    async attachedItem(id) {
      const { row, position, stored, size, part } = await find(db, id);
      if (stored.item === undefined) throw attachmentNotFound(id);
      const mime = part?.content ?? (stored.item.mimeSize === undefined ? undefined : await wholeContent(db, contentOf(row), contentSlot.firstAttachment + position - 1));
      return attachedItemOf(row, mime === undefined ? stored.item : await withMime(stored.item, mime), size);
    },
    removeAttachment: (id) =>
      writeMailbox(context, guid, async (to) => {
        const { part, row: there } = await find(to.db, id);
        if (part !== undefined) await takeApart(context, to, there);
        const { row, position, size } = await find(to.db, id);
        await to.db.deleteFrom('mailbox_attachment').where('content', '=', contentOf(row)).where('position', '=', position).execute();
        await removeContent(to.db, contentOf(row), contentSlot.firstAttachment + position - 1);
        const before = row.size;
        row.size -= size;
        row.has_attachments = (await allOf(to.db, row)).some(({ stored }) => !stored.isInline) ? 1 : 0;
        return refOfRow(guid, await touch(to, row, before));
      }),
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function storedPart({ name, contentType, contentId, isInline, isMessage, content }: MessagePart, row: ItemRow): StoredAttachment {
  return {
    name,
    kind: isMessage ? 'item' : 'file',
    contentType,
    ...(contentId === undefined ? {} : { contentId }),
    isInline,
    lastModifiedTime: row.created_at,
    ...(isMessage ? { item: { itemClass: 'IPM.Note', properties: {}, mimeSize: content.length } } : {}),
  };
}

/** An attached message says itself what it is. */
async function withMime(item: StoredItem, mime: Uint8Array): Promise<StoredItem> {
  const head = readMessageHead(mime);
  const { properties } = await readMessageContent(mime);
  return { ...item, itemClass: head.itemClass, properties: { ...head.properties, ...properties, ...item.properties }, mimeSize: mime.length };
}

/** An item whose attachments changed has changed. */
async function touch(to: MailboxWrite, row: ItemRow, sizeBefore: number): Promise<ItemRow> {
  const change = to.nextChange();
  const touched = { ...row, changed: change, content_changed: change, modified_at: to.now };
  await to.db
    .updateTable('mailbox_item')
    .set({ changed: change, content_changed: change, modified_at: to.now, size: row.size, has_attachments: row.has_attachments })
    .where('number', '=', row.number)
    .execute();
  to.count(row.folder, { bytes: row.size - sizeBefore });
  to.emit({ type: 'Modified', itemId: itemId(to.guid, row.number), changeKey: changeKeyOf(change), parentFolderId: folderId(to.guid, row.folder) });
  return touched;
}

function attachmentId(guid: string, row: ItemRow, position: number): AttachmentId {
  return writeMailboxId({ kind: 'attachment', mailbox: guid, itemNumber: row.number, number: position });
}

function attachmentOf(guid: string, { row, position, stored, size }: Found): Attachment {
  const { item: _, ...attachment } = stored;
  return { ...attachment, id: attachmentId(guid, row, position), itemId: itemId(guid, row.number), size };
}

function attachedItemOf(row: ItemRow, item: StoredItem, size: number): AttachedItem {
  const received = item.properties['item:DateTimeReceived'];
  const properties = addComputed(
    { ...item.properties },
    {
      itemClass: item.itemClass,
      isAssociated: false,
      isRead: item.properties['message:IsRead'] !== false,
      hasAttachments: item.properties['item:HasAttachments'] === true,
      size,
      receivedAt: typeof received === 'number' ? received : row.received_at,
      createdAt: row.created_at,
      modifiedAt: row.modified_at,
      created: row.created,
      changed: row.changed,
      calendar: item.calendar,
    },
  );
  return { itemClass: item.itemClass, properties, ...(item.calendar === undefined ? {} : { calendar: item.calendar }), ...(item.mimeSize === undefined ? {} : { mimeSize: item.mimeSize }) };
}

function attachmentNotFound(id: string): OrganizationError {
  return new OrganizationError('ORGANIZATION_ATTACHMENT_NOT_FOUND', 'The attachment could not be found.', { facts: { attachment: id.slice(0, 100) } });
}
