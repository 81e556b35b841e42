import type { Instant } from '../calendars/time-zone.ts';
import { OrganizationError } from '../organization-error.ts';
import { changeKeyOf } from './change-key.ts';
import { addComputed } from './computed-properties.ts';
import { contentSlot, mostAttachments, readContent } from './content-store.ts';
import { folderId } from './folder-row.ts';
import type { FoundAttachment } from './found-attachment.ts';
import { attachedMime, attachedTo, attachmentsOfRow, findAttachment, shownAttachments } from './found-attachment.ts';
import type { AttachedItem, Attachment, AttachmentId, ItemId, Items, OccurrenceTimes } from './item.ts';
import { heavyProperties, isFromMime, takeApart } from './item-content.ts';
import type { ItemRow } from './item-row.ts';
import { calendarOfRow, contentOf, itemId, refOfRow } from './item-row.ts';
import type { MailboxContext } from './mailbox-context.ts';
import type { MailboxDatabase } from './mailbox-database.ts';
import { malformedId, readMailboxId, writeMailboxId } from './mailbox-id.ts';
import { laterThan, writeMailbox } from './mailbox-write.ts';
import type { MailboxWrite } from './mailbox-write.ts';
import { readMessageContent, readMessageHead } from './mime/read-message.ts';
import { ownAttachments, removePositions, withOwnAttachments } from './occurrence-attachments.ts';
import { discardStaged, stageAttachments } from './staged-bytes.ts';
import { insertAttachments } from './store-attachment.ts';
import type { StoredItem } from './store-attachment.ts';
import { updateItem } from './update-item.ts';

type AttachmentMethods = Pick<Items, 'attachments' | 'addAttachment' | 'attachment' | 'attachmentBytes' | 'attachedItem' | 'removeAttachment'>;

export function createAttachments(context: MailboxContext, guid: string, rowAt: (db: MailboxDatabase, id: ItemId) => Promise<ItemRow>): AttachmentMethods {
  const { db, limits } = context;

  const find = async (executor: MailboxDatabase, id: AttachmentId): Promise<{ found: FoundAttachment; originalStart?: Instant }> => {
    const decoded = readMailboxId(id);
    if (decoded?.kind !== 'attachment') throw malformedId(id);
    if (writeMailboxId({ ...decoded, mailbox: guid }) !== id) throw attachmentNotFound(id);
    const row = await rowAt(executor, itemId(guid, decoded.itemNumber ?? 0)).catch((error: unknown) => {
      throw error instanceof OrganizationError && error.code === 'ORGANIZATION_ITEM_NOT_FOUND' ? attachmentNotFound(id) : error;
    });
    const found = await findAttachment(context, executor, row, decoded);
    if (found === undefined) throw attachmentNotFound(id);
    return { found, ...(decoded.originalStart === undefined ? {} : { originalStart: decoded.originalStart }) };
  };

  /** Changes what is attached to an occurrence, of which `change` is told where its attachments are now. */
  const changeOccurrence = async (to: MailboxWrite, row: ItemRow, occurrence: OccurrenceTimes, change: (places: ReadonlyMap<number, number>) => Promise<unknown>): Promise<ItemRow> => {
    const { size } = row;
    await change(await ownAttachments(to, row, await attachmentsOfRow(context, to.db, row), occurrence));
    if (row.attachment_count > mostAttachments) throw new OrganizationError('ORGANIZATION_ITEM_TOO_LARGE', `An item can have ${mostAttachments} attachments in its life.`);
    const modifiedOccurrences = withOwnAttachments(calendarOfRow(row), await attachmentsOfRow(context, to.db, row), occurrence);
    return updateItem(to, { ...row, size }, { calendar: { modifiedOccurrences } }, { heavy: await heavyProperties(to.db, row), largest: limits.itemSize });
  };

  return {
    async attachments(id, originalStart) {
      const row = await rowAt(db, id);
      return shownAttachments(await attachmentsOfRow(context, db, row), calendarOfRow(row), originalStart).map((found) => attachmentOf(guid, found, originalStart));
    },
    async addAttachment(id, attachment, occurrence) {
      const staged = await stageAttachments(context, [occurrence === undefined ? attachment : { ...attachment, originalStart: occurrence.originalStart }]);
      try {
        return await writeMailbox(context, guid, async (to) => {
          const there = await rowAt(to.db, id);
          const row = isFromMime(there) ? await takeApart(context, to, there) : there;
          const before = row.size;
          let position = 0;
          const insert = async (): Promise<void> => void ([position = 0] = await insertAttachments(to, row, staged, limits.itemSize));
          if (occurrence === undefined) await insert();
          const changed = occurrence === undefined ? await touch(to, row, before) : await changeOccurrence(to, row, occurrence, insert);
          const { found } = await find(to.db, attachmentId(guid, { row: changed, position, path: [] }, occurrence?.originalStart));
          return { attachment: attachmentOf(guid, found, occurrence?.originalStart), changeKey: changeKeyOf(changed.changed) };
        });
      } catch (error) {
        await discardStaged(db, { attachments: staged });
        throw error;
      }
    },
    async attachment(id) {
      const { found, originalStart } = await find(db, id);
      return attachmentOf(guid, found, originalStart);
    },
    async attachmentBytes(id) {
      const { row, position, part } = (await find(db, id)).found;
      return part === undefined ? readContent(db, contentOf(row), contentSlot.firstAttachment + position - 1) : once(part.content);
    },
    async attachedItem(id) {
      const { found, originalStart } = await find(db, id);
      const { item } = found.stored;
      if (item === undefined) throw attachmentNotFound(id);
      const mime = await attachedMime(db, found);
      const inner = await attachedTo(db, await attachmentsOfRow(context, db, found.row), found, mime);
      const attached = mime === undefined ? item : await withMime(item, mime);
      return attachedItemOf(found, attached, inner.map((one) => attachmentOf(guid, one, originalStart)));
    },
    removeAttachment: (id, occurrence) =>
      writeMailbox(context, guid, async (to) => {
        const { found: there, originalStart } = await find(to.db, id);
        if (there.path.length > 0 || there.stored.parent !== undefined) throw new OrganizationError('ORGANIZATION_NESTED_ATTACHMENT', 'What is attached to an attached item cannot be removed by itself.', { remedy: 'Remove the attached item, and attach another.' });
        if (originalStart !== occurrence?.originalStart) throw attachmentNotFound(id);
        if (occurrence !== undefined) return refOfRow(guid, await changeOccurrence(to, there.row, occurrence, (places) => remove(to, there.row, places.get(there.position) ?? 0)));
        if (there.part !== undefined) await takeApart(context, to, there.row);
        const { row, position } = (await find(to.db, id)).found;
        const before = row.size;
        await remove(to, row, position);
        const left = await attachmentsOfRow(context, to.db, row);
        row.has_attachments = shownAttachments(left, undefined, undefined).some(({ stored }) => !stored.isInline) ? 1 : 0;
        return refOfRow(guid, await touch(to, row, before));
      }),
  };

  /** Takes an attachment away, with all that is attached to it; the row's size is changed in place. */
  async function remove(to: MailboxWrite, row: ItemRow, first: number): Promise<void> {
    const gone = new Set([first]);
    for (const { position, stored, size } of await attachmentsOfRow(context, to.db, row)) {
      if (stored.parent !== undefined && gone.has(stored.parent)) gone.add(position);
      if (gone.has(position)) row.size -= size;
    }
    await removePositions(to, row, gone);
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
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
  const modifiedAt = laterThan(row.modified_at, to.now);
  const touched = { ...row, changed: change, content_changed: change, modified_at: modifiedAt };
  await to.db
    .updateTable('mailbox_item')
    .set({ changed: change, content_changed: change, modified_at: modifiedAt, size: row.size, has_attachments: row.has_attachments })
    .where('number', '=', row.number)
    .execute();
  to.count(row.folder, { bytes: row.size - sizeBefore });
  to.emit({ type: 'Modified', itemId: itemId(to.guid, row.number), changeKey: changeKeyOf(change), parentFolderId: folderId(to.guid, row.folder) });
  return touched;
}

function attachmentId(guid: string, { row, position, path }: Pick<FoundAttachment, 'row' | 'position' | 'path'>, originalStart: Instant | undefined): AttachmentId {
  return writeMailboxId({ kind: 'attachment', mailbox: guid, itemNumber: row.number, number: position, path, ...(originalStart === undefined ? {} : { originalStart }) });
}

function attachmentOf(guid: string, found: FoundAttachment, shownBy: Instant | undefined): Attachment {
  const { item: _, parent: _parent, originalStart: _own, ...attachment } = found.stored;
  return { ...attachment, ...(shownBy === undefined ? {} : { originalStart: shownBy }), id: attachmentId(guid, found, shownBy), itemId: itemId(guid, found.row.number), size: found.size };
}

function attachedItemOf({ row, size }: FoundAttachment, item: StoredItem, attachments: readonly Attachment[]): AttachedItem {
  const received = item.properties['item:DateTimeReceived'];
  const properties = addComputed(
    { ...item.properties },
    {
      itemClass: item.itemClass,
      isAssociated: false,
      isRead: item.properties['message:IsRead'] !== false,
      hasAttachments: attachments.some(({ isInline }) => !isInline),
      size,
      receivedAt: typeof received === 'number' ? received : row.received_at,
      createdAt: row.created_at,
      modifiedAt: row.modified_at,
      created: row.created,
      calendar: item.calendar,
    },
  );
  return { itemClass: item.itemClass, properties, attachments, ...(item.calendar === undefined ? {} : { calendar: item.calendar }), ...(item.mimeSize === undefined ? {} : { mimeSize: item.mimeSize }) };
}

function attachmentNotFound(id: string): OrganizationError {
  return new OrganizationError('ORGANIZATION_ATTACHMENT_NOT_FOUND', 'The attachment could not be found.', { facts: { attachment: id.slice(0, 100) } });
}
