import type { NewCalendarItem } from '../calendars/calendar-item.ts';
import { OrganizationError } from '../organization-error.ts';
import { changeKeyOf, changeOfKey } from './change-key.ts';
import { calendarFields, foldProperties } from './computed-properties.ts';
import { contentSlot, removeContent, writeContent } from './content-store.ts';
import { folderId, folderRow } from './folder-row.ts';
import { removeOrphanedAttachments } from './occurrence-attachments.ts';
import { itemTooLarge } from './item-too-large.ts';
import type { ConflictResolution, ItemChanges } from './item.ts';
import type { ItemRow } from './item-row.ts';
import { calendarOfRow, changesKey, columnsOf, contentOf, itemId, stateOf } from './item-row.ts';
import { laterThan } from './mailbox-write.ts';
import type { MailboxWrite } from './mailbox-write.ts';
import { project, unproject } from './project-calendar.ts';
import type { PropertyBag, PropertyKey, PropertyValue } from './property.ts';
import { placeBytes, sizeOf } from './staged-bytes.ts';
import type { StagedBytes } from './staged-bytes.ts';
import { invalidProperty, readBag } from './stored-bag.ts';

export interface UpdateOptions {
  changeKey?: string;
  conflictResolution?: ConflictResolution;
  /** Heavy properties as they are. */
  heavy: PropertyBag;
  largest: number;
}

/** Changes that leave MIME content true: it does not hold these. */
const besideMime = new Set<PropertyKey>(['message:IsRead', 'item:IsDraft', 'item:IsUnmodified', 'item:IsFromMe', 'item:IsSubmitted', 'item:Categories', 'item:Flag', 'item:DateTimeReceived', 'item:Culture', 'item:ReminderIsSet', 'item:ReminderDueBy', 'item:ReminderMinutesBeforeStart', 'item:ReminderNextTime']);

/** Of those, what an event's iCalendar does hold. */
const inCalendar = new Set<PropertyKey>(['item:Categories', 'item:ReminderIsSet', 'item:ReminderMinutesBeforeStart']);

/** True when the MIME content of an item would no longer say the same. Extended properties are not in it. */
export function outdatesMime(changes: Pick<ItemChanges, 'set' | 'append' | 'remove' | 'calendar'>, isEvent: boolean): boolean {
  if (Object.keys(changes.calendar ?? {}).length > 0) return true;
  const keys = [...Object.keys(foldProperties(changes.set ?? {})), ...Object.keys(changes.append ?? {}), ...(changes.remove ?? [])];
  return keys.some((key) => (!besideMime.has(key) || (isEvent && inCalendar.has(key))) && !key.startsWith('0x') && !key.startsWith('{'));
}

/**
 * Changes an item in place. The MIME content goes when it no longer says the same; who calls has made properties and
 * attachments of it before.
 */
export async function updateItem(to: MailboxWrite, row: ItemRow, changes: Omit<ItemChanges, 'mime'> & { mime?: StagedBytes }, options: UpdateOptions): Promise<ItemRow> {
  const stored = readBag(row.properties);
  const former = (stored[changesKey] ?? {}) as Record<PropertyKey, number>;
  delete stored[changesKey];
  const set = foldProperties(changes.set ?? {});
  const append = foldProperties(changes.append ?? {});
  const remove = changes.remove ?? [];
  const touched = touchedBy(changes);
  // New MIME content of a message says what is attached, too.
  const isReplaced = changes.mime !== undefined && row.calendar === null;
  checkConflict(row, changes, options);

  const bag: Record<PropertyKey, PropertyValue> = { ...stored, ...options.heavy };
  const calendar = changedCalendar(calendarOfRow(row), changes, set);
  for (const [key, value] of Object.entries(set)) bag[key] = value;
  for (const [key, value] of Object.entries(append)) bag[key] = appended(key, calendar === undefined ? bag[key] : (calendarText(calendar, key) ?? bag[key]), value);
  for (const key of remove) delete bag[key];
  const hasAttachments = isReplaced ? changes.set?.['item:HasAttachments'] === true : row.has_attachments === 1;
  const base = { isRead: row.is_read === 1, isAssociated: row.associated === 1, hasAttachments, receivedAt: row.received_at };
  const state = stateOf(changes.itemClass ?? row.class, bag, calendar, base);
  const change = to.nextChange();
  const onlyRead = changes.itemClass === undefined && changes.mime === undefined && touched.every((key) => key === 'message:IsRead');
  if (onlyRead) {
    if (stored !== undefined && Object.keys(former).length > 0) state.bag[changesKey] = former;
  } else state.bag[changesKey] = { ...former, ...Object.fromEntries(touched.map((key) => [key, change])) };

  const { columns, heavy, bytes } = columnsOf(state);
  const mimeSize = changes.mime !== undefined ? sizeOf(changes.mime) : row.mime_size !== null && outdatesMime(changes, row.calendar !== null) ? null : row.mime_size;
  if (row.attachment_count > 0 && row.calendar !== null && columns.calendar !== row.calendar) await removeOrphanedAttachments(to, row, state.calendar);
  const size = bytes + (mimeSize ?? 0) + (isReplaced ? 0 : await attachmentBytes(to, row));
  if (size > options.largest && size > row.size) throw itemTooLarge(options.largest);
  const updated: ItemRow = {
    ...row,
    ...columns,
    url_name: columns.url_name ?? null,
    message_id: columns.message_id ?? null,
    calendar: columns.calendar ?? null,
    changed: change,
    content_changed: onlyRead ? row.content_changed : change,
    modified_at: laterThan(row.modified_at, to.now),
    size,
    mime_size: mimeSize,
    ...(isReplaced ? { attachment_count: 0 } : {}),
  };
  if (isReplaced) await removeAttachments(to, row);
  const { number, ...values } = updated;
  await to.db.updateTable('mailbox_item').set(values).where('number', '=', number).execute();
  await replaceBlobs(to, row, updated, heavy, changes.mime);
  to.count(row.folder, { unread: row.associated === 1 ? 0 : row.is_read - updated.is_read, bytes: updated.size - row.size });
  if (state.calendar === undefined) await unproject(to, row);
  else if (updated.calendar !== row.calendar || updated.class !== row.class) await project(to, await folderRow(to.db, to.mailbox, row.folder), updated, state.calendar);
  to.emit({ type: 'Modified', itemId: itemId(to.guid, number), changeKey: changeKeyOf(change), parentFolderId: folderId(to.guid, row.folder) });
  return updated;
}

async function replaceBlobs(to: MailboxWrite, row: ItemRow, updated: ItemRow, heavy: string | undefined, mime: StagedBytes | undefined): Promise<void> {
  const content = contentOf(row);
  if (heavy !== undefined || row.has_content === 1) await removeContent(to.db, content, contentSlot.properties);
  if (heavy !== undefined) await writeContent(to.db, content, contentSlot.properties, Buffer.from(heavy));
  if (row.mime_size !== null && (mime !== undefined || updated.mime_size === null)) await removeContent(to.db, content, contentSlot.mime);
  if (mime !== undefined) await placeBytes(to.db, content, contentSlot.mime, mime);
}

async function removeAttachments(to: MailboxWrite, row: ItemRow): Promise<void> {
  const content = contentOf(row);
  const positions = await to.db.deleteFrom('mailbox_attachment').where('content', '=', content).returning('position').execute();
  for (const { position } of positions) await removeContent(to.db, content, contentSlot.firstAttachment + position - 1);
}

async function attachmentBytes(to: MailboxWrite, row: ItemRow): Promise<number> {
  if (row.attachment_count === 0) return 0;
  const { bytes } = await to.db
    .selectFrom('mailbox_attachment')
    .select((select) => select.fn.coalesce(select.fn.sum('size'), select.val(0)).as('bytes'))
    .where('content', '=', contentOf(row))
    .executeTakeFirstOrThrow();
  return Number(bytes);
}

/** Names of what changes touch; parts of a calendar item by their properties where they have one. */
function touchedBy(changes: Omit<ItemChanges, 'mime'>): readonly string[] {
  const fields = Object.keys(changes.calendar ?? {}).map((field) => Object.keys(calendarFields).find((key) => calendarFields[key] === field) ?? `calendar ${field}`);
  return [...new Set([...Object.keys(foldProperties(changes.set ?? {})), ...Object.keys(foldProperties(changes.append ?? {})), ...(changes.remove ?? []), ...fields])];
}

/**
 * What `conflictResolution` lets pass: see `items.update`.
 *
 * @throws OrganizationError `ORGANIZATION_CHANGE_CONFLICT`
 */
export function checkConflict(row: ItemRow, changes: Omit<ItemChanges, 'mime'>, options: Pick<UpdateOptions, 'changeKey' | 'conflictResolution'>): void {
  const { changeKey, conflictResolution = 'AutoResolve' } = options;
  if (changeKey === undefined || conflictResolution === 'AlwaysOverwrite' || changeKey === changeKeyOf(row.changed)) return;
  const former = (readBag(row.properties)[changesKey] ?? {}) as Readonly<Record<PropertyKey, number>>;
  const seen = changeOfKey(changeKey);
  const meanwhile = seen === undefined || touchedBy(changes).some((key) => (former[key] ?? 0) > seen);
  if (conflictResolution === 'NeverOverwrite' || meanwhile) {
    throw new OrganizationError('ORGANIZATION_CHANGE_CONFLICT', 'The item was changed meanwhile.', { facts: { item: row.number }, remedy: 'Read it again and repeat the change.' });
  }
}

function changedCalendar(calendar: NewCalendarItem | undefined, changes: Omit<ItemChanges, 'mime'>, set: PropertyBag): NewCalendarItem | undefined {
  if (calendar === undefined) return changes.calendar === undefined ? undefined : (changes.calendar as NewCalendarItem);
  const merged: Record<string, unknown> = { ...calendar, ...changes.calendar };
  for (const key of changes.remove ?? []) {
    const field = calendarFields[key];
    if (field === undefined || set[key] !== undefined) continue;
    if (field === 'recurrence') delete merged[field];
    else if (field === 'subject' || field === 'location') merged[field] = '';
    else if (field.startsWith('is')) merged[field] = false;
  }
  for (const [field, value] of Object.entries(merged)) if (value === undefined) delete merged[field];
  return merged as unknown as NewCalendarItem;
}

function calendarText(calendar: NewCalendarItem, key: PropertyKey): string | undefined {
  const field = calendarFields[key];
  const value = field === undefined ? undefined : calendar[field];
  return typeof value === 'string' ? value : undefined;
}

function appended(key: PropertyKey, before: PropertyValue | undefined, more: PropertyValue): PropertyValue {
  if (before === undefined) return more;
  if (typeof before === 'string' && typeof more === 'string') return before + more;
  if (Array.isArray(before) && Array.isArray(more)) return [...before, ...more] as PropertyValue;
  if (isBody(before) && isBody(more)) return { ...before, content: before.content + more.content };
  throw invalidProperty(key, 'nothing can be added to it');
}

function isBody(value: PropertyValue): value is { type: 'HTML' | 'Text'; content: string } {
  return typeof value === 'object' && typeof (value as { content?: unknown }).content === 'string';
}
