import { insertRow } from './insert-row.ts';
import type { MimeSource } from './item.ts';
import type { MailboxDatabase } from './mailbox-database.ts';

const chunkSize = 512 * 1024;
const slots = 4096;
const chunks = 4096;

/** What of an item a blob holds. Attachments have the slots from `firstAttachment` on. */
export const contentSlot = { mime: 0, properties: 1, firstAttachment: 2 } as const;

/** Attachments that one item can ever have had. */
export const mostAttachments = slots - contentSlot.firstAttachment - 1;

/** Bytes that a slot can hold: more than any limit on items. */
export const largestContent = chunkSize * chunks;

function firstId(content: number, slot: number): number {
  return (content * slots + slot) * chunks;
}

/** Writes bytes, chunk by chunk; gives their number. `onChunk` may throw when there are too many. */
export async function writeContent(db: MailboxDatabase, content: number, slot: number, source: MimeSource, onChunk?: (bytes: number) => void): Promise<number> {
  const first = firstId(content, slot);
  let chunk = 0;
  let size = 0;
  const put = async (data: Uint8Array): Promise<void> => {
    await insertRow(db, 'mailbox_blob', { id: first + chunk++, data });
  };
  if (source instanceof Uint8Array) {
    for (let at = 0; at < source.length || at === 0; at += chunkSize) await put(source.length <= chunkSize ? source : source.subarray(at, at + chunkSize));
    return source.length;
  }
  for await (const data of wholeChunks(source)) {
    size += data.length;
    onChunk?.(size);
    await put(data);
  }
  return size;
}

/** Joins what comes in pieces of any size into chunks of one size. */
async function* wholeChunks(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (let piece of source) {
    while (size + piece.length >= chunkSize) {
      const part = piece.subarray(0, chunkSize - size);
      yield Buffer.concat([...waiting, part]);
      piece = piece.subarray(part.length);
      waiting = [];
      size = 0;
    }
    if (piece.length > 0) waiting.push(piece);
    size += piece.length;
  }
  yield Buffer.concat(waiting);
}

/** The bytes of a slot, one chunk in memory at a time. */
export async function* readContent(db: MailboxDatabase, content: number, slot: number): AsyncGenerator<Uint8Array> {
  const first = firstId(content, slot);
  for (let id = first; id < first + chunks; id++) {
    const row = await db.selectFrom('mailbox_blob').select('data').where('id', '=', id).executeTakeFirst();
    if (row === undefined) return;
    yield row.data;
    if (row.data.length < chunkSize) return;
  }
}

/** All bytes of a slot at once. */
export async function wholeContent(db: MailboxDatabase, content: number, slot: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of readContent(db, content, slot)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Removes one slot, or all that goes by a content number. */
export async function removeContent(db: MailboxDatabase, content: number, slot?: number): Promise<void> {
  const from = firstId(content, slot ?? 0);
  const to = slot === undefined ? firstId(content + 1, 0) : firstId(content, slot + 1);
  await db.deleteFrom('mailbox_blob').where('id', '>=', from).where('id', '<', to).execute();
}

/** Copies all bytes of a content number to another, inside the database. */
export async function copyContent(db: MailboxDatabase, from: number, to: number): Promise<void> {
  const offset = firstId(to, 0) - firstId(from, 0);
  await db
    .insertInto('mailbox_blob')
    .columns(['id', 'data'])
    .expression((query) =>
      query
        .selectFrom('mailbox_blob')
        .select((select) => [select('id', '+', offset).as('id'), 'data'])
        .where('id', '>=', firstId(from, 0))
        .where('id', '<', firstId(from + 1, 0)),
    )
    .execute();
}

/** Copies the bytes of one slot to another of the same content number. */
export async function copySlot(db: MailboxDatabase, content: number, from: number, to: number): Promise<void> {
  const offset = firstId(content, to) - firstId(content, from);
  await db
    .insertInto('mailbox_blob')
    .columns(['id', 'data'])
    .expression((query) =>
      query
        .selectFrom('mailbox_blob')
        .select((select) => [select('id', '+', offset).as('id'), 'data'])
        .where('id', '>=', firstId(content, from))
        .where('id', '<', firstId(content, from + 1)),
    )
    .execute();
}

/** Gives the bytes in the first slot of a content number to a slot of another. */
export async function moveContent(db: MailboxDatabase, from: number, to: number, slot: number): Promise<void> {
  const offset = firstId(to, slot) - firstId(from, 0);
  await db
    .updateTable('mailbox_blob')
    .set((update) => ({ id: update('id', '+', offset) }))
    .where('id', '>=', firstId(from, 0))
    .where('id', '<', firstId(from, 1))
    .execute();
}
