import type { Item, Mailbox, NewAttachment, NewItem, PropertyBag } from '../../../organization/index.ts';

/** A stored item once more as one to be stored: with its contents and attachments, which are read as they are written. */
export async function copyOfItem(mailbox: Mailbox, item: Item, changed: PropertyBag = {}): Promise<NewItem> {
  const { properties } = await mailbox.items.content(item.id);
  const mime = await mailbox.items.mime(item.id);
  const attachments: NewAttachment[] = [];
  for (const { id, itemId: _, kind, size: __, ...attachment } of await mailbox.items.attachments(item.id)) {
    if (kind === 'file') attachments.push({ ...attachment, content: { file: await mailbox.items.attachmentBytes(id) } });
    else {
      const { mimeSize: _size, ...attached } = await mailbox.items.attachedItem(id);
      attachments.push({ ...attachment, content: { item: attached } });
    }
  }
  return {
    itemClass: item.itemClass,
    properties: { ...item.properties, ...properties, ...changed },
    ...(item.calendar === undefined ? {} : { calendar: item.calendar }),
    ...(mime === undefined ? {} : { mime }),
    ...(attachments.length === 0 ? {} : { attachments }),
  };
}
