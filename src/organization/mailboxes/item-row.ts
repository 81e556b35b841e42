import { randomUUID } from 'node:crypto';
import type { Insertable, Selectable } from 'kysely';
import type { NewCalendarItem } from '../calendars/calendar-item.ts';
import { checkCalendarItem } from '../calendars/check-calendar-item.ts';
import { OrganizationError } from '../organization-error.ts';
import { changeKeyOf } from './change-key.ts';
import { addComputed, calendarFields, foldProperties } from './computed-properties.ts';
import { folderId } from './folder-row.ts';
import type { Item, ItemId, ItemRef } from './item.ts';
import { malformedId, readMailboxId, writeMailboxId } from './mailbox-id.ts';
import type { MailboxItemTable } from './mailbox-schema.ts';
import { foldText } from './match-restriction.ts';
import { occurrenceBodyPrefix } from './property-definitions.ts';
import type { PropertyBag, PropertyKey, PropertyValue } from './property.ts';
import { checkBag, invalidProperty, readBag, writeBag } from './stored-bag.ts';

export type ItemRow = Selectable<MailboxItemTable>;

/** Characters of a subject that views sort by. */
export const subjectKeyLength = 400;

/** Properties whose JSON is longer stand apart, so that views stay light. */
const largestInRow = 4_000;

/** Always apart, however short. */
const heavyKeys = new Set<PropertyKey>(['item:Body']);

/** What an item is, whichever columns hold it. */
export interface ItemState {
  itemClass: string;
  isAssociated: boolean;
  isRead: boolean;
  hasAttachments: boolean;
  receivedAt: number;
  /** Folded; without what the calendar item or a column holds. */
  bag: Record<PropertyKey, PropertyValue>;
  calendar: NewCalendarItem | undefined;
}

/** Columns that follow from an item's state, and what does not fit them. */
export interface ItemColumns {
  columns: Pick<Insertable<MailboxItemTable>, 'class' | 'associated' | 'is_read' | 'has_attachments' | 'received_at' | 'start_at' | 'subject_key' | 'url_name' | 'message_id' | 'has_content' | 'properties' | 'calendar'>;
  /** JSON of the heavy properties; undefined when there are none. */
  heavy: string | undefined;
  /** Bytes of properties, roughly. */
  bytes: number;
}

export function itemId(guid: string, number: number): ItemId {
  return writeMailboxId({ kind: 'item', mailbox: guid, number });
}

/** @throws OrganizationError `ORGANIZATION_MALFORMED_ID`, `ORGANIZATION_ITEM_NOT_FOUND` for one of another mailbox */
export function itemNumber(guid: string, id: ItemId): number {
  const decoded = readMailboxId(id);
  if (decoded === undefined) throw malformedId(id);
  if (decoded.kind !== 'item' || writeMailboxId({ ...decoded, mailbox: guid }) !== id) throw itemNotFound(id);
  return decoded.number;
}

export function itemNotFound(id: string): OrganizationError {
  return new OrganizationError('ORGANIZATION_ITEM_NOT_FOUND', 'The item could not be found.', { facts: { item: id } });
}

export function contentOf(row: Pick<ItemRow, 'content' | 'number'>): number {
  return row.content === 0 ? row.number : row.content;
}

export function refOfRow(guid: string, row: Pick<ItemRow, 'number' | 'changed'>): ItemRef {
  return { id: itemId(guid, row.number), changeKey: changeKeyOf(row.changed) };
}

/** The properties of a row, computed ones among them; `heavy` adds those that stand apart. */
export function propertiesOfRow(row: ItemRow, heavy?: PropertyBag): Record<PropertyKey, PropertyValue> {
  const bag = readBag(row.properties);
  delete bag[changesKey];
  return addComputed(heavy === undefined ? bag : Object.assign(bag, heavy), {
    itemClass: row.class,
    isAssociated: row.associated === 1,
    isRead: row.is_read === 1,
    hasAttachments: row.has_attachments === 1,
    size: row.size,
    receivedAt: row.received_at,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
    created: row.created,
    calendar: calendarOfRow(row),
  });
}

export function itemOfRow(guid: string, row: ItemRow): Item {
  const ref = refOfRow(guid, row);
  const calendar = calendarOfRow(row);
  return {
    ...ref,
    folderId: folderId(guid, row.folder),
    itemClass: row.class,
    isAssociated: row.associated === 1,
    properties: propertiesOfRow(row),
    ...(calendar === undefined ? {} : { calendar: { ...calendar, id: ref.id } }),
    ...(row.mime_size === null ? {} : { mimeSize: row.mime_size }),
  };
}

export function calendarOfRow(row: Pick<ItemRow, 'calendar'>): NewCalendarItem | undefined {
  return row.calendar === null ? undefined : (JSON.parse(row.calendar) as NewCalendarItem);
}

/** Under this name a bag keeps which properties were changed when, so that concurrent changes of others can be merged. */
export const changesKey = '$changes';

/**
 * Makes an item's state of what a client gave.
 *
 * @param base the state before, for a change
 * @throws OrganizationError `ORGANIZATION_INVALID_PROPERTY`, or as `calendars.put` does
 */
export function stateOf(itemClass: string, properties: PropertyBag, calendar: NewCalendarItem | undefined, base: Pick<ItemState, 'isRead' | 'isAssociated' | 'hasAttachments' | 'receivedAt'>): ItemState {
  checkBag(properties);
  const bag = foldProperties(properties);
  const isRead = bag['message:IsRead'] ?? base.isRead;
  const receivedAt = bag['item:DateTimeReceived'] ?? base.receivedAt;
  if (typeof isRead !== 'boolean') throw invalidProperty('message:IsRead', 'it is true or false');
  if (typeof receivedAt !== 'number') throw invalidProperty('item:DateTimeReceived', 'it is a time');
  delete bag['message:IsRead'];
  delete bag['item:DateTimeReceived'];
  const merged = calendarOf(itemClass, bag, calendar);
  if (merged !== undefined) for (const key of Object.keys(calendarFields)) delete bag[key];
  return { ...base, itemClass, isRead, receivedAt, bag, calendar: merged };
}

/** An appointment is made of its calendar item, of its properties, or of both. */
function calendarOf(itemClass: string, bag: PropertyBag, calendar: NewCalendarItem | undefined): NewCalendarItem | undefined {
  if (calendar === undefined && !(itemClass.startsWith('IPM.Appointment') && bag['calendar:Start'] !== undefined && bag['calendar:End'] !== undefined)) return undefined;
  const defaults = { uid: randomUUID(), timeZone: 'UTC', subject: '', location: '', freeBusyStatus: 'Busy', sensitivity: 'Normal', isAllDay: false, isMeeting: false, isReminderSet: false } as const;
  const merged: Record<string, unknown> = { ...defaults, ...calendar };
  for (const [key, field] of Object.entries(calendarFields)) if (bag[key] !== undefined) merged[field] = bag[key];
  for (const [key, field] of Object.entries(calendarFields)) {
    const expected = typeof (defaults as Readonly<Record<string, unknown>>)[field];
    if (expected !== 'undefined' && typeof merged[field] !== expected) throw invalidProperty(key, `it is no ${expected}`);
  }
  const item = merged as unknown as NewCalendarItem;
  checkCalendarItem(item);
  return item;
}

export function columnsOf(state: ItemState): ItemColumns {
  const light: Record<string, PropertyValue> = {};
  const heavy: Record<string, PropertyValue> = {};
  let isHeavy = false;
  for (const [key, value] of Object.entries(state.bag)) {
    if (heavyKeys.has(key) || key.startsWith(occurrenceBodyPrefix) || isLarge(value)) {
      heavy[key] = value;
      isHeavy = true;
    } else light[key] = value;
  }
  const properties = writeBag(light);
  const heavyJson = isHeavy ? writeBag(heavy) : undefined;
  const calendar = state.calendar === undefined ? null : JSON.stringify(state.calendar);
  const subject = state.calendar?.subject ?? state.bag['item:Subject'];
  const start = state.calendar?.start ?? state.bag['calendar:Start'];
  return {
    columns: {
      class: state.itemClass,
      associated: state.isAssociated ? 1 : 0,
      is_read: state.isRead ? 1 : 0,
      has_attachments: state.hasAttachments ? 1 : 0,
      received_at: state.receivedAt,
      start_at: typeof start === 'number' ? start : 0,
      subject_key: typeof subject === 'string' ? foldText(subject).slice(0, subjectKeyLength) : '',
      url_name: foldedOrNull(state.bag['0x10f3']),
      message_id: foldedOrNull(state.bag['message:InternetMessageId']),
      has_content: isHeavy ? 1 : 0,
      properties,
      calendar,
    },
    heavy: heavyJson,
    bytes: properties.length + (heavyJson?.length ?? 0) + (calendar?.length ?? 0),
  };
}

function isLarge(value: PropertyValue): boolean {
  if (typeof value === 'string' || value instanceof Uint8Array) return value.length > largestInRow;
  if (typeof value !== 'object') return false;
  return writeBag({ value }).length > largestInRow;
}

function foldedOrNull(value: PropertyValue | undefined): string | null {
  return typeof value === 'string' ? foldText(value) : null;
}
