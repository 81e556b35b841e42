import { contentSlot, wholeContent } from './content-store.ts';
import { insertAttachments } from './store-attachment.ts';
import type { ItemRow } from './item-row.ts';
import { contentOf } from './item-row.ts';
import type { MailboxContext } from './mailbox-context.ts';
import type { MailboxDatabase } from './mailbox-database.ts';
import type { MailboxWrite } from './mailbox-write.ts';
import type { MessageContent } from './mime/read-message.ts';
import { readMessageContent } from './mime/read-message.ts';
import type { PropertyBag } from './property.ts';
import type { StagedAttachment } from './staged-bytes.ts';
import { readBag } from './stored-bag.ts';
import { updateItem } from './update-item.ts';

/** Messages above this size are taken apart one at a time, so that several do not fill the memory together. */
const large = 8_000_000;

/** The properties of an item that stand apart from its row. */
export async function heavyProperties(db: MailboxDatabase, row: Pick<ItemRow, 'has_content' | 'content' | 'number'>): Promise<PropertyBag> {
  if (row.has_content === 0) return {};
  return readBag((await wholeContent(db, contentOf(row), contentSlot.properties)).toString());
}

/** True for a message whose body and attachments stand in its MIME content only. */
export function isFromMime(row: Pick<ItemRow, 'mime_size' | 'calendar' | 'class' | 'attachment_count'>): boolean {
  return row.mime_size !== null && row.calendar === null && row.attachment_count === 0 && !/^IPM\.(?:Appointment|Contact|DistList|Task|AbchPerson)/i.test(row.class);
}

/** All properties that stand apart, those that MIME content holds among them. */
export async function contentProperties(context: MailboxContext, db: MailboxDatabase, row: ItemRow): Promise<PropertyBag> {
  const heavy = await heavyProperties(db, row);
  return isFromMime(row) && heavy['item:Body'] === undefined ? { ...(await messageContent(context, db, row)).properties, ...heavy } : heavy;
}

/** A message taken apart. The latest few small ones are remembered: clients ask for body and attachments in turn. */
export async function messageContent(context: MailboxContext, db: MailboxDatabase, row: ItemRow): Promise<MessageContent> {
  const key = `${contentOf(row)} ${row.content_changed}`;
  const known = context.messages.get(key);
  if (known !== undefined) return known;
  if ((row.mime_size ?? 0) > large) return context.oneAtATime(async () => readMessageContent(await wholeContent(db, contentOf(row), contentSlot.mime)));
  const content = await readMessageContent(await wholeContent(db, contentOf(row), contentSlot.mime));
  if ((row.mime_size ?? 0) <= 1_000_000) context.messages.set(key, content);
  return content;
}

/**
 * Makes properties and attachments of a message's MIME content, which is then dropped: before something is changed that
 * the MIME content says too.
 */
export async function takeApart(context: MailboxContext, to: MailboxWrite, row: ItemRow): Promise<ItemRow> {
  const { properties, parts } = await messageContent(context, to.db, row);
  const largest = context.limits.itemSize;
  const apart = await updateItem(to, row, { set: properties }, { heavy: await heavyProperties(to.db, row), largest: Number.POSITIVE_INFINITY });
  if (parts.length === 0) return apart;
  const before = apart.size;
  const attachments = parts.map(
    ({ name, contentType, contentId, isInline, isMessage, content }): StagedAttachment => ({
      name,
      contentType,
      ...(contentId === undefined ? {} : { contentId }),
      isInline,
      content: isMessage ? { item: { mime: content } } : { file: content },
    }),
  );
  await insertAttachments(to, apart, attachments, Math.max(largest, before * 4));
  to.count(apart.folder, { bytes: apart.size - before });
  return apart;
}
