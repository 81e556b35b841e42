import type { NewCalendarItem } from '../calendars/calendar-item.ts';
import type { Instant } from '../calendars/time-zone.ts';
import { contentSlot, wholeContent } from './content-store.ts';
import { isFromMime, messageContent } from './item-content.ts';
import type { ItemRow } from './item-row.ts';
import { calendarOfRow, contentOf } from './item-row.ts';
import type { MailboxContext } from './mailbox-context.ts';
import type { MailboxDatabase } from './mailbox-database.ts';
import { deepestPath } from './mailbox-id.ts';
import type { MessagePart } from './mime/read-message.ts';
import { readMessageContent } from './mime/read-message.ts';
import type { StoredAttachment } from './store-attachment.ts';
import { readBag } from './stored-bag.ts';

/** An attachment: a row of its own, or a part of MIME content that was kept as it came. Both have lasting positions. */
export interface FoundAttachment {
  row: ItemRow;
  position: number;
  /** From an attached message inwards: see `MailboxId`. */
  path: readonly number[];
  stored: StoredAttachment;
  size: number;
  /** Of a message that was not taken apart. */
  part?: MessagePart;
}

/** Parts of one message that are shown: an id has two bytes for each. */
const mostParts = 65_535;

/** What is attached to an item, to its occurrences, and in rows of their own to its attached items. */
export async function attachmentsOfRow(context: MailboxContext, executor: MailboxDatabase, row: ItemRow): Promise<readonly FoundAttachment[]> {
  if (isFromMime(row)) {
    const { parts } = row.mime_size === 0 ? { parts: [] } : await messageContent(context, executor, row);
    return parts.slice(0, mostParts).map((part, index) => ({ row, position: index + 1, path: [], ...storedPart(part, row) }));
  }
  if (row.attachment_count === 0) return [];
  const rows = await executor.selectFrom('mailbox_attachment').selectAll().where('content', '=', contentOf(row)).orderBy('position').execute();
  return rows.map(({ position, attachment, size }) => ({ row, position, path: [], stored: readBag(attachment) as unknown as StoredAttachment, size }));
}

/** Of all that is attached, what the item shows, or one of its occurrences: its own, or that of the series. */
export function shownAttachments(all: readonly FoundAttachment[], calendar: NewCalendarItem | undefined, originalStart: Instant | undefined): readonly FoundAttachment[] {
  const isOwn = originalStart !== undefined && calendar?.modifiedOccurrences?.find((modified) => modified.originalStart === originalStart)?.hasAttachments !== undefined;
  return all.filter(({ stored }) => stored.parent === undefined && stored.originalStart === (isOwn ? originalStart : undefined));
}

/** What is attached to an attached item. `mime` is its content where that was read already. */
export async function attachedTo(executor: MailboxDatabase, all: readonly FoundAttachment[], found: FoundAttachment, mime?: Uint8Array): Promise<readonly FoundAttachment[]> {
  const rows = found.part === undefined ? all.filter(({ stored }) => stored.parent === found.position) : [];
  if (rows.length > 0 || found.stored.kind === 'file' || found.path.length >= deepestPath) return rows;
  const bytes = mime ?? (await attachedMime(executor, found));
  if (bytes === undefined) return [];
  const { row, position, path } = found;
  return (await readMessageContent(bytes)).parts.slice(0, mostParts).map((part, index) => ({ row, position, path: [...path, index + 1], ...storedPart(part, row) }));
}

/** The MIME content of an attached message; undefined for an item that was made from properties. */
export async function attachedMime(executor: MailboxDatabase, { row, position, stored, part }: FoundAttachment): Promise<Uint8Array | undefined> {
  if (part !== undefined) return part.content;
  return stored.item?.mimeSize === undefined ? undefined : wholeContent(executor, contentOf(row), contentSlot.firstAttachment + position - 1);
}

/** The attachment that an id means, where the item or the occurrence shows it, itself or inside one that it shows. */
export async function findAttachment(context: MailboxContext, executor: MailboxDatabase, row: ItemRow, id: { number: number; originalStart?: Instant; path?: readonly number[] }): Promise<FoundAttachment | undefined> {
  const all = await attachmentsOfRow(context, executor, row);
  let found = all.find(({ position }) => position === id.number);
  if (found === undefined) return undefined;
  let outermost = found;
  for (let { parent } = outermost.stored; parent !== undefined; { parent } = outermost.stored) {
    const outer = all.find(({ position }) => position === parent);
    if (outer === undefined) return undefined;
    outermost = outer;
  }
  if (!shownAttachments(all, calendarOfRow(row), id.originalStart).includes(outermost)) return undefined;
  for (const place of id.path ?? []) {
    const inner: readonly FoundAttachment[] = await attachedTo(executor, all, found);
    found = inner.find(({ path }) => path.at(-1) === place);
    if (found === undefined) return undefined;
  }
  return found;
}

function storedPart(part: MessagePart, row: ItemRow): Pick<FoundAttachment, 'stored' | 'size' | 'part'> {
  const { name, contentType, contentId, isInline, isMessage, content } = part;
  const stored: StoredAttachment = {
    name,
    kind: isMessage ? 'item' : 'file',
    contentType,
    ...(contentId === undefined ? {} : { contentId }),
    isInline,
    lastModifiedTime: row.created_at,
    ...(isMessage ? { item: { itemClass: 'IPM.Note', properties: {}, mimeSize: content.length } } : {}),
  };
  return { stored, size: content.length, part };
}
