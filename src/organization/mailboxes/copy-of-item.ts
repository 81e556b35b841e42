import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '../calendars/time-zone.ts';
import type { Attachment, Item, ItemId, NewAttachment, NewItem } from './item.ts';
import type { Mailbox } from './mailbox.ts';
import { readMailboxId } from './mailbox-id.ts';
import type { PropertyBag } from './property.ts';

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

/** What an item shows as attached, or one of its occurrences, to be attached to another. */
export async function copyOfAttachments(mailbox: Mailbox, item: Pick<Item, 'id'>, originalStart?: Instant): Promise<NewAttachment[]> {
  const copies = await copyOf(mailbox, await mailbox.items.attachments(item.id, originalStart));
  return copies.map((copy) => {
    const { originalStart: _, ...attachment } = copy;
    return attachment;
  });
}

/** Attaches to one item what another shows, and nothing else; nothing is done where that is so already. */
export async function carryAttachments(mailbox: Mailbox, from: ItemId, to: ItemId): Promise<void> {
  const { items } = mailbox;
  const [wanted, present] = [await items.attachments(from), await items.attachments(to)];
  const looks = ({ name, size, contentType }: Attachment): unknown => [name, size, contentType];
  if (isDeepStrictEqual(wanted.map(looks), present.map(looks))) return;
  for (const { id } of present) await items.removeAttachment(id);
  for (const attachment of await copyOf(mailbox, wanted)) await items.addAttachment(to, attachment);
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
