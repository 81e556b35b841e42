import { randomUUID } from 'node:crypto';
import { withText, writeMessage } from '../../../organization/index.ts';
import type { NewAttachment, NewItem, WrittenAttachment } from '../../../organization/index.ts';
import { collect } from './item-mime.ts';

/**
 * A mailbox keeps what is attached to an attached item in that item's MIME content alone. Here an attached message that a
 * client made from properties, with attachments of its own, gets such content. Other kinds of item stay as they are, and are
 * refused where they are stored.
 */
export async function withNestedAttachments(item: NewItem): Promise<NewItem> {
  if (item.attachments === undefined) return item;
  const attachments: NewAttachment[] = [];
  for (const attachment of item.attachments) attachments.push(await withMime(attachment));
  return { ...item, attachments };
}

/** One attachment, as `withNestedAttachments` does. */
export async function withMime(attachment: NewAttachment): Promise<NewAttachment> {
  const { content } = attachment;
  if (!('item' in content) || !isMessageWithAttachments(content.item)) return attachment;
  const { attachments = [], ...item } = content.item;
  const written: WrittenAttachment[] = [];
  for (const inner of attachments) written.push(await writtenOf(inner));
  const mime = await writeMessage(withText(item.properties ?? {}), written, randomUUID());
  return { ...attachment, content: { item: { ...item, mime } } };
}

async function writtenOf(attachment: NewAttachment): Promise<WrittenAttachment> {
  const { name, contentType, contentId, isInline, content } = await withMime(attachment);
  if ('item' in content) {
    const { mime, properties } = content.item;
    return { name, contentType: 'message/rfc822', content: mime === undefined ? await writeMessage(withText(properties ?? {}), [], randomUUID()) : await bytesOf(mime) };
  }
  return { name, content: await bytesOf(content.file), ...(contentType === undefined ? {} : { contentType }), ...(contentId === undefined ? {} : { contentId }), ...(isInline === undefined ? {} : { isInline }) };
}

async function bytesOf(source: Uint8Array | AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return source instanceof Uint8Array ? source : collect(source);
}

function isMessageWithAttachments({ itemClass = 'IPM.Note', attachments = [], mime, calendar }: NewItem): boolean {
  return attachments.length > 0 && mime === undefined && calendar === undefined && /^IPM\.(?:Note|Post)(?:\.|$)/i.test(itemClass);
}
