import { OrganizationError } from '../organization-error.ts';
import type { NewCalendarItem } from '../calendars/calendar-item.ts';
import { foldProperties } from './computed-properties.ts';
import { contentSlot, mostAttachments } from './content-store.ts';
import { itemTooLarge } from './item-too-large.ts';
import type { ItemRow } from './item-row.ts';
import { deepestPath } from './mailbox-id.ts';
import { contentOf } from './item-row.ts';
import type { MailboxWrite } from './mailbox-write.ts';
import type { PropertyBag } from './property.ts';
import { placeBytes, sizeOf } from './staged-bytes.ts';
import type { StagedAttachment, StagedItem } from './staged-bytes.ts';
import { checkBag, writeBag } from './stored-bag.ts';

/** How deep items may be attached to attached items: as far as an id reaches. */
const deepest = deepestPath;

/** What a row keeps of an attachment as JSON; its bytes are a blob. */
export interface StoredAttachment {
  name: string;
  kind: 'file' | 'item';
  contentType?: string;
  contentId?: string;
  contentLocation?: string;
  isInline: boolean;
  isContactPhoto?: boolean;
  lastModifiedTime: number;
  /** Of what one changed occurrence has of its own: see `NewAttachment`. */
  originalStart?: number;
  /** Position of the attached item that it is attached to. */
  parent?: number;
  item?: StoredItem;
}

/** An attached item. What is attached to it in turn has rows of its own, or stands in its MIME content. */
export interface StoredItem {
  itemClass: string;
  properties: PropertyBag;
  calendar?: NewCalendarItem;
  mimeSize?: number;
}

/**
 * Adds attachments to a row, and brings the row's size, count and mark up to date in place and in the database. Gives their
 * positions; those of what is attached to them in turn are not among these.
 */
export async function insertAttachments(to: MailboxWrite, row: ItemRow, attachments: readonly StagedAttachment[], largest: number): Promise<readonly number[]> {
  const positions = await insertInto(to, row, attachments, { largest, depth: 1 });
  await to.db.updateTable('mailbox_item').set({ size: row.size, attachment_count: row.attachment_count, has_attachments: row.has_attachments }).where('number', '=', row.number).execute();
  return positions;
}

async function insertInto(to: MailboxWrite, row: ItemRow, attachments: readonly StagedAttachment[], { largest, depth, parent }: { largest: number; depth: number; parent?: number }): Promise<readonly number[]> {
  if (depth > deepest) throw new OrganizationError('ORGANIZATION_ITEM_TOO_LARGE', `Items are attached to attached items more than ${deepest} deep.`);
  const positions: number[] = [];
  const content = contentOf(row);
  for (const attachment of attachments) {
    const position = ++row.attachment_count;
    if (position > mostAttachments) throw new OrganizationError('ORGANIZATION_ITEM_TOO_LARGE', `An item can have ${mostAttachments} attachments in its life.`);
    const stored = storedAttachment(attachment, to.now, parent);
    const bytes = 'file' in attachment.content ? attachment.content.file : attachment.content.item.mime;
    const json = writeBag({ ...stored });
    let size = stored.kind === 'item' ? json.length : 0;
    const before = row.size;
    if (bytes !== undefined) {
      size += sizeOf(bytes);
      if (before + size > largest) throw itemTooLarge(largest);
      await placeBytes(to.db, content, contentSlot.firstAttachment + position - 1, bytes);
    }
    if (before + size > largest) throw itemTooLarge(largest);
    await to.db.insertInto('mailbox_attachment').values({ content, position, attachment: json, size }).execute();
    row.size += size;
    if (!stored.isInline && parent === undefined && stored.originalStart === undefined) row.has_attachments = 1;
    positions.push(position);
    const inner = 'item' in attachment.content ? (attachment.content.item.attachments ?? []) : [];
    if (inner.length > 0) await insertInto(to, row, inner, { largest, depth: depth + 1, parent: position });
  }
  return positions;
}

function storedAttachment(attachment: StagedAttachment, now: number, parent: number | undefined): StoredAttachment {
  if (attachment.name.length > 1024) throw new OrganizationError('ORGANIZATION_INVALID_PROPERTY', 'The name of the attachment is longer than 1024 characters.');
  const { name, contentType, contentId, contentLocation, isInline, isContactPhoto, lastModifiedTime, originalStart, content } = attachment;
  return {
    name,
    kind: 'file' in content ? 'file' : 'item',
    ...(contentType === undefined ? {} : { contentType }),
    ...(contentId === undefined ? {} : { contentId }),
    ...(contentLocation === undefined ? {} : { contentLocation }),
    isInline: isInline ?? false,
    ...(isContactPhoto === undefined ? {} : { isContactPhoto }),
    lastModifiedTime: lastModifiedTime ?? now,
    ...(originalStart === undefined || parent !== undefined ? {} : { originalStart }),
    ...(parent === undefined ? {} : { parent }),
    ...('item' in content ? { item: storedItem(content.item) } : {}),
  };
}

function storedItem(item: StagedItem): StoredItem {
  checkBag(item.properties ?? {});
  return {
    itemClass: item.itemClass ?? 'IPM.Note',
    properties: foldProperties(item.properties ?? {}),
    ...(item.calendar === undefined ? {} : { calendar: item.calendar }),
    ...(item.mime === undefined ? {} : { mimeSize: sizeOf(item.mime) }),
  };
}
