import type { Item, Mailbox, NewAttachment, NewItem, PropertyBag } from '../../../organization/index.ts';

/**
 * A stored item once more as one to be stored: with its contents and attachments, which are read as they are written. What
 * stands in its MIME content stands there again, and nowhere else.
 */
export async function copyOfItem(mailbox: Mailbox, item: Item, changed: PropertyBag = {}): Promise<NewItem> {
  const { properties, isFromMime } = await mailbox.items.contentBesideMime(item.id);
  const mime = await mailbox.items.mime(item.id);
  const attachments = isFromMime ? [] : await copyOfAttachments(mailbox, item);
  return {
    itemClass: item.itemClass,
    properties: { ...item.properties, ...properties, ...changed },
    ...(item.calendar === undefined ? {} : { calendar: item.calendar }),
    ...(mime === undefined ? {} : { mime }),
    ...(attachments.length === 0 ? {} : { attachments }),
  };
}

export async function copyOfAttachments(mailbox: Mailbox, item: Item): Promise<NewAttachment[]> {
  const attachments: NewAttachment[] = [];
  for (const { id, itemId: _, kind, size: __, ...attachment } of await mailbox.items.attachments(item.id)) {
    if (kind === 'file') attachments.push({ ...attachment, content: { file: await mailbox.items.attachmentBytes(id) } });
    else {
      const { mimeSize: _size, ...attached } = await mailbox.items.attachedItem(id);
      attachments.push({ ...attachment, content: { item: attached } });
    }
  }
  return attachments;
}
