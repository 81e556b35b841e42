import { changeKeyOf } from './change-key.ts';
import { contentSlot, readContent, removeContent } from './content-store.ts';
import { addComputed } from './computed-properties.ts';
import { folderId } from './folder-row.ts';
import { OrganizationError } from '../organization-error.ts';
import type { AttachedItem, Attachment, AttachmentId, ItemId, Items } from './item.ts';
import type { ItemRow } from './item-row.ts';
import { contentOf, itemId, refOfRow } from './item-row.ts';
import { malformedId, readMailboxId, writeMailboxId } from './mailbox-id.ts';
import type { MailboxContext } from './mailbox-context.ts';
import type { MailboxDatabase } from './mailbox-database.ts';
import { writeMailbox } from './mailbox-write.ts';
import type { MailboxWrite } from './mailbox-write.ts';
import { discardStaged, stageAttachments } from './staged-bytes.ts';
import { insertAttachments } from './store-attachment.ts';
import type { StoredAttachment } from './store-attachment.ts';
import { readBag } from './stored-bag.ts';

type AttachmentMethods = Pick<Items, 'attachments' | 'addAttachment' | 'attachment' | 'attachmentBytes' | 'attachedItem' | 'removeAttachment'>;

export function createAttachments(context: MailboxContext, guid: string, rowAt: (db: MailboxDatabase, id: ItemId) => Promise<ItemRow>): AttachmentMethods {
  const { db } = context;

  const find = async (executor: MailboxDatabase, id: AttachmentId): Promise<{ row: ItemRow; position: number; stored: StoredAttachment; size: number }> => {
    const decoded = readMailboxId(id);
    if (decoded?.kind !== 'attachment') throw malformedId(id);
    if (writeMailboxId({ ...decoded, mailbox: guid }) !== id) throw attachmentNotFound(id);
    const row = await rowAt(executor, itemId(guid, decoded.itemNumber ?? 0)).catch((error: unknown) => {
      throw error instanceof OrganizationError && error.code === 'ORGANIZATION_ITEM_NOT_FOUND' ? attachmentNotFound(id) : error;
    });
    const found = await executor.selectFrom('mailbox_attachment').selectAll().where('content', '=', contentOf(row)).where('position', '=', decoded.number).executeTakeFirst();
    if (found === undefined) throw attachmentNotFound(id);
    return { row, position: found.position, stored: readBag(found.attachment) as unknown as StoredAttachment, size: found.size };
  };

  return {
    async attachments(id) {
      const row = await rowAt(db, id);
      if (row.attachment_count === 0) return [];
      const rows = await db.selectFrom('mailbox_attachment').selectAll().where('content', '=', contentOf(row)).orderBy('position').execute();
      return rows.map((found) => attachmentOf(guid, row, found.position, readBag(found.attachment) as unknown as StoredAttachment, found.size));
    },
    async addAttachment(id, attachment) {
      const staged = await stageAttachments(context, [attachment]);
      try {
        return await writeMailbox(context, guid, async (to) => {
          const row = await rowAt(to.db, id);
          const before = row.size;
          const [position = 0] = await insertAttachments(to, row, staged, context.limits.itemSize);
          const changed = await touch(to, row, before);
          const found = await find(to.db, attachmentId(guid, changed, position));
          return { attachment: attachmentOf(guid, changed, position, found.stored, found.size), changeKey: changeKeyOf(changed.changed) };
        });
      } catch (error) {
        await discardStaged(db, { attachments: staged });
        throw error;
      }
    },
    async attachment(id) {
      const { row, position, stored, size } = await find(db, id);
      return attachmentOf(guid, row, position, stored, size);
    },
    async attachmentBytes(id) {
      const { row, position } = await find(db, id);
      return readContent(db, contentOf(row), contentSlot.firstAttachment + position - 1);
    },
    async attachedItem(id) {
      const { row, stored, size } = await find(db, id);
      if (stored.item === undefined) throw attachmentNotFound(id);
      return attachedItemOf(row, stored.item, size);
    },
    removeAttachment: (id) =>
      writeMailbox(context, guid, async (to) => {
        const { row, position, size } = await find(to.db, id);
        await to.db.deleteFrom('mailbox_attachment').where('content', '=', contentOf(row)).where('position', '=', position).execute();
        await removeContent(to.db, contentOf(row), contentSlot.firstAttachment + position - 1);
        const rest = await to.db.selectFrom('mailbox_attachment').select('attachment').where('content', '=', contentOf(row)).execute();
        const before = row.size;
        row.size -= size;
        row.has_attachments = rest.some(({ attachment }) => !(readBag(attachment) as unknown as StoredAttachment).isInline) ? 1 : 0;
        return refOfRow(guid, await touch(to, row, before));
      }),
  };
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

function attachmentOf(guid: string, row: ItemRow, position: number, attachment: StoredAttachment, size: number): Attachment {
  const { item: _, ...stored } = attachment;
  return { ...stored, id: attachmentId(guid, row, position), itemId: itemId(guid, row.number), size };
}

function attachedItemOf(row: ItemRow, item: NonNullable<StoredAttachment['item']>, size: number): AttachedItem {
  const times = { receivedAt: row.received_at, createdAt: row.created_at, modifiedAt: row.modified_at, created: row.created, changed: row.changed };
  const received = item.properties['item:DateTimeReceived'];
  const properties = addComputed(
    { ...item.properties },
    { ...times, ...(typeof received === 'number' ? { receivedAt: received } : {}), itemClass: item.itemClass, isAssociated: false, isRead: item.properties['message:IsRead'] !== false, hasAttachments: item.properties['item:HasAttachments'] === true, size, calendar: item.calendar },
  );
  return { itemClass: item.itemClass, properties, ...(item.calendar === undefined ? {} : { calendar: item.calendar }), ...(item.mimeSize === undefined ? {} : { mimeSize: item.mimeSize }) };
}

function attachmentNotFound(id: string): OrganizationError {
  return new OrganizationError('ORGANIZATION_ATTACHMENT_NOT_FOUND', 'The attachment could not be found.', { facts: { attachment: id.slice(0, 100) } });
}
