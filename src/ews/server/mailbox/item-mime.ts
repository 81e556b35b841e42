import { newItemFromMime, writeMessage } from '../../../organization/index.ts';
import type { Item, Mailbox, NewItem, WrittenAttachment } from '../../../organization/index.ts';

/**
 * The MIME content of an item: as it came, byte for byte, or written from its properties for a message that was made from
 * them. Undefined for other kinds of item.
 */
export async function mimeOfItem(mailbox: Mailbox, item: Item): Promise<Buffer | undefined> {
  const stored = await mailbox.items.mime(item.id);
  if (stored !== undefined) return collect(stored);
  if (!/^IPM\.(?:Note|Post)(?:\.|$)/i.test(item.itemClass)) return undefined;
  const { properties } = await mailbox.items.content(item.id);
  const attachments: WrittenAttachment[] = [];
  for (const { id, kind, name, contentType, contentId, isInline } of await mailbox.items.attachments(item.id)) {
    if (kind === 'item') continue;
    attachments.push({
      name,
      isInline,
      content: await collect(await mailbox.items.attachmentBytes(id)),
      ...(contentType === undefined ? {} : { contentType }),
      ...(contentId === undefined ? {} : { contentId }),
    });
  }
  return writeMessage({ ...item.properties, ...properties }, attachments, item.id);
}

/** All of a stream's bytes. What a mailbox keeps has a limit already. */
export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

/** Adds to a new message what its MIME content says. What the client says itself wins. */
export async function readMimeInto(item: NewItem): Promise<NewItem> {
  if (item.mime === undefined || item.calendar !== undefined) return item;
  const read = await newItemFromMime(item.mime);
  return { ...read, ...item, mime: read.mime, properties: { ...read.properties, ...item.properties } };
}
