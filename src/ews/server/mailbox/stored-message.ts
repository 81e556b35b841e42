import { readMailboxId } from '../../../organization/index.ts';
import type { Attachment, Item, Mailbox, NewAttachment, NewItem, PropertyBag } from '../../../organization/index.ts';

/**
 * A stored item once more as one to be stored: with its contents and attachments, which are read as they are written. What
 * stands in its MIME content stands there again, and nowhere else.
 */
export async function copyOfItem(mailbox: Mailbox, item: Item, changed: PropertyBag = {}): Promise<NewItem> {
  const { properties, isFromMime } = await mailbox.items.contentBesideMime(item.id);
  const mime = await mailbox.items.mime(item.id);
  const attachments = isFromMime ? [] : await copyOfAttachments(mailbox, item);
  for (const { originalStart, hasAttachments } of item.calendar?.modifiedOccurrences ?? []) {
    if (hasAttachments !== undefined) attachments.push(...(await copyOf(mailbox, await mailbox.items.attachments(item.id, originalStart))));
  }
  return {
    itemClass: item.itemClass,
    properties: { ...item.properties, ...properties, ...changed },
    ...(item.calendar === undefined ? {} : { calendar: item.calendar }),
    ...(mime === undefined ? {} : { mime }),
    ...(attachments.length === 0 ? {} : { attachments }),
  };
}

/** What an item shows as attached, to be attached to another. */
export async function copyOfAttachments(mailbox: Mailbox, item: Item): Promise<NewAttachment[]> {
  return copyOf(mailbox, await mailbox.items.attachments(item.id));
}

async function copyOf(mailbox: Mailbox, attachments: readonly Attachment[]): Promise<NewAttachment[]> {
  const copies: NewAttachment[] = [];
  for (const { id, itemId: _, kind, size: __, ...attachment } of attachments) {
    if (kind === 'file') {
      copies.push({ ...attachment, content: { file: await mailbox.items.attachmentBytes(id) } });
      continue;
    }
    const { mimeSize, attachments: inner, ...attached } = await mailbox.items.attachedItem(id);
    const mime = mimeSize === undefined ? {} : { mime: await mailbox.items.attachmentBytes(id) };
    // What stands in its MIME content has a path through it.
    const beside = inner.filter((one) => readMailboxId(one.id)?.path === undefined);
    copies.push({ ...attachment, content: { item: { ...attached, ...mime, attachments: await copyOf(mailbox, beside) } } });
  }
  return copies;
}
