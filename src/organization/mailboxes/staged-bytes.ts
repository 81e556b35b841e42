import { OrganizationError } from '../organization-error.ts';
import { largestContent, moveContent, removeContent, writeContent } from './content-store.ts';
import { itemTooLarge } from './item-too-large.ts';
import type { MimeSource, NewAttachment, NewItem } from './item.ts';
import type { MailboxContext } from './mailbox-context.ts';
import type { MailboxDatabase } from './mailbox-database.ts';

/** Bytes at hand, or written to the store already under a number of their own. */
export type StagedBytes = Uint8Array | { content: number; size: number };

export type StagedItem = Omit<NewItem, 'mime' | 'attachments'> & { mime?: StagedBytes; attachments?: readonly StagedAttachment[] };

export type StagedAttachment = Omit<NewAttachment, 'content'> & { content: { file: StagedBytes } | { item: StagedItem } };

export function sizeOf(bytes: StagedBytes): number {
  return bytes instanceof Uint8Array ? bytes.length : bytes.size;
}

/**
 * Writes what comes as a stream chunk by chunk, outside any transaction, so that a slow client holds up nobody. What a
 * crash leaves behind is removed at the next start.
 */
export async function stageItem(context: MailboxContext, item: NewItem): Promise<StagedItem> {
  const { mime, attachments, ...rest } = item;
  const staged = mime === undefined ? {} : { mime: await stageBytes(context, mime) };
  try {
    return { ...rest, ...staged, ...(attachments === undefined ? {} : { attachments: await stageAttachments(context, attachments) }) };
  } catch (error) {
    await discardStaged(context.db, staged);
    throw error;
  }
}

export async function stageAttachments(context: MailboxContext, attachments: readonly NewAttachment[]): Promise<readonly StagedAttachment[]> {
  const staged: StagedAttachment[] = [];
  try {
    for (const { content, ...rest } of attachments) staged.push({ ...rest, content: 'file' in content ? { file: await stageBytes(context, content.file) } : { item: await stageItem(context, content.item) } });
    return staged;
  } catch (error) {
    await discardStaged(context.db, { attachments: staged });
    throw error;
  }
}

export async function stageBytes(context: MailboxContext, source: MimeSource): Promise<StagedBytes> {
  const largest = Math.min(context.limits.itemSize, largestContent);
  if (source instanceof Uint8Array) {
    if (source.length > largest) throw itemTooLarge(largest);
    return source;
  }
  const { number } = await context.db.insertInto('mailbox_item').values(stagingRow).returning('number').executeTakeFirstOrThrow();
  try {
    const size = await writeContent(context.db, number, 0, source, (sofar) => {
      if (sofar > largest) throw itemTooLarge(largest);
    });
    return { content: number, size };
  } catch (error) {
    await removeStaged(context.db, number);
    throw error;
  }
}

/** Puts staged bytes in their place. */
export async function placeBytes(db: MailboxDatabase, content: number, slot: number, bytes: StagedBytes): Promise<void> {
  if (bytes instanceof Uint8Array) {
    await writeContent(db, content, slot, bytes);
    return;
  }
  const { numDeletedRows } = await db.deleteFrom('mailbox_item').where('number', '=', bytes.content).where('folder', '=', 0).executeTakeFirst();
  // A party that started meanwhile took them for a crash's.
  if (numDeletedRows === 0n) throw new OrganizationError('ORGANIZATION_STAGED_CONTENT_GONE', 'What was uploaded has been removed before it was stored.', { remedy: 'Send it again.' });
  await moveContent(db, bytes.content, content, slot);
}

/** What was staged for an item that was refused. */
export async function discardStaged(db: MailboxDatabase, { mime, attachments = [] }: Pick<StagedItem, 'mime' | 'attachments'>): Promise<void> {
  if (mime !== undefined && !(mime instanceof Uint8Array)) await removeStaged(db, mime.content);
  for (const { content } of attachments) await discardStaged(db, 'file' in content ? { mime: content.file } : content.item);
}

/** Removes what an earlier run left half written. */
export async function removeAbandoned(db: MailboxDatabase): Promise<void> {
  const rows = await db.selectFrom('mailbox_item').select('number').where('folder', '=', 0).execute();
  for (const { number } of rows) await removeStaged(db, number);
}

async function removeStaged(db: MailboxDatabase, content: number): Promise<void> {
  await removeContent(db, content);
  await db.deleteFrom('mailbox_item').where('number', '=', content).where('folder', '=', 0).execute();
}

const stagingRow = {
  mailbox: 0,
  folder: 0,
  class: '',
  associated: 0,
  created: 0,
  changed: 0,
  content_changed: 0,
  is_read: 1,
  has_attachments: 0,
  received_at: 0,
  created_at: 0,
  modified_at: 0,
  start_at: 0,
  size: 0,
  subject_key: '',
  url_name: null,
  message_id: null,
  content: 0,
  mime_size: null,
  has_content: 0,
  attachment_count: 0,
  properties: '{}',
  calendar: null,
};
