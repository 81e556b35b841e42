import { calendarItemFromMime, changesFromMime, meetingPart, newItemFromMime, occurrenceBag, OrganizationError, withText, writeICalendar, writeMessage } from '../../../organization/index.ts';
import type { AttachedItem, Attachment, AttachmentId, Item, ItemChanges, Mailbox, MimeSource, NewItem, Recipient, WrittenAttachment } from '../../../organization/index.ts';
import type { ByteSource } from '../../../xml/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import { addressOf } from '../../../transport/index.ts';
import { modifiedOf } from './resolve-item.ts';
import type { ResolvedItem } from './resolve-item.ts';

/**
 * The MIME content of an item: as it came, byte for byte, or written from its properties: an iCalendar object for a calendar
 * item, a message for a message, with an iCalendar part for one about a meeting. Undefined for other kinds of item.
 *
 * @param owner of the mailbox: who organises a meeting that names nobody
 * @returns base64, or for a large one the bytes, to be read when they are sent
 */
export async function mimeContent(resolved: ResolvedItem, owner: Recipient | undefined): Promise<string | ByteSource | undefined> {
  const { mailbox, item, occurrence } = resolved;
  const stored = occurrence === undefined ? await mailbox.items.mime(item.id) : undefined;
  if (stored !== undefined) return contentToSend(stored, item.mimeSize ?? 0);
  return (await writtenMime(resolved, owner))?.toString('base64');
}

/** Bytes above this are read as they are sent. */
const largestAtOnce = 256 * 1024;

export async function contentToSend(chunks: AsyncIterable<Uint8Array>, size: number): Promise<string | ByteSource> {
  return size > largestAtOnce ? { size, chunks } : (await collect(chunks)).toString('base64');
}

async function writtenMime(resolved: ResolvedItem, owner: Recipient | undefined): Promise<Buffer | undefined> {
  const { mailbox, item, occurrence } = resolved;
  if (!hasMime(item.itemClass)) return undefined;
  const { properties } = await mailbox.items.content(item.id);
  const bag = withText(occurrenceBag({ ...item.properties, ...properties }, modifiedOf(resolved)));
  const { calendar } = item;
  const attachments = await writtenAttachments(mailbox, await mailbox.items.attachments(item.id, occurrence?.originalStart));
  if (calendar !== undefined && isAppointment(item.itemClass)) {
    const organized = bag['calendar:Organizer'] === undefined && owner !== undefined ? { ...bag, 'calendar:Organizer': addressOf(owner) } : bag;
    if (occurrence === undefined) return Buffer.from(writeICalendar(calendar, organized, { attachments }));
    const { recurrence: _r, modifiedOccurrences: _m, deletedOccurrences: _d, addedOccurrences: _a, ...single } = calendar;
    const { start, end, subject, location, freeBusyStatus, sensitivity, isAllDay, isReminderSet, originalStart } = occurrence;
    return Buffer.from(writeICalendar({ ...single, start, end, subject, location, freeBusyStatus, sensitivity, isAllDay, isReminderSet }, organized, { recurrenceId: originalStart, attachments }));
  }
  return writeMessage(bag, attachments, item.id, calendar === undefined ? undefined : meetingPart(item.itemClass, calendar, bag));
}

async function writtenAttachments(mailbox: Mailbox, attachments: readonly Attachment[]): Promise<readonly WrittenAttachment[]> {
  const written: WrittenAttachment[] = [];
  for (const { id, kind, name, contentType, contentId, isInline } of attachments) {
    if (kind === 'item') {
      const attached = await mailbox.items.attachedItem(id);
      const content = attached.mimeSize === undefined ? await writtenItem(mailbox, attached, id) : await collect(await mailbox.items.attachmentBytes(id));
      written.push(attached.mimeSize === undefined && isEvent(attached) ? { name: `${name}.ics`, contentType: 'text/calendar; charset=utf-8', content } : { name, contentType: 'message/rfc822', content });
      continue;
    }
    written.push({
      name,
      isInline,
      content: await collect(await mailbox.items.attachmentBytes(id)),
      ...(contentType === undefined ? {} : { contentType }),
      ...(contentId === undefined ? {} : { contentId }),
    });
  }
  return written;
}

/** An attached item that was made from properties. What is neither event nor message becomes a message of its subject and body. */
async function writtenItem(mailbox: Mailbox, { itemClass, properties, calendar, attachments }: AttachedItem, boundary: string): Promise<Buffer> {
  const bag = withText(properties);
  const written = await writtenAttachments(mailbox, attachments);
  if (calendar !== undefined && isAppointment(itemClass)) return Buffer.from(writeICalendar(calendar, bag, { attachments: written }));
  return writeMessage(bag, written, boundary, calendar === undefined ? undefined : meetingPart(itemClass, calendar, bag));
}

/** The MIME content of an attached item, as `mimeContent` gives that of a stored one. */
export async function attachedMimeContent(mailbox: Mailbox, id: AttachmentId, attached: AttachedItem): Promise<string | ByteSource | undefined> {
  if (attached.mimeSize !== undefined) return contentToSend(await mailbox.items.attachmentBytes(id), attached.mimeSize);
  return hasMime(attached.itemClass) ? (await writtenItem(mailbox, attached, id)).toString('base64') : undefined;
}

function hasMime(itemClass: string): boolean {
  return /^IPM\.(?:Note|Post|Appointment|Schedule\.Meeting)(?:\.|$)/i.test(itemClass);
}

function isEvent({ itemClass, calendar }: AttachedItem): boolean {
  return calendar !== undefined && isAppointment(itemClass);
}

function isAppointment(itemClass: string): boolean {
  return /^ipm\.appointment(?:\.|$)/i.test(itemClass);
}

async function whole(source: MimeSource): Promise<Uint8Array> {
  return source instanceof Uint8Array ? source : collect(source);
}

/** Bytes in which the head of a message is, and its first parts. */
const beginning = 1024 * 1024;

async function beginningOf(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of source) {
    parts.push(part);
    size += part.length;
    if (size >= beginning) break;
  }
  return Buffer.concat(parts);
}

/** All of a stream's bytes. What a mailbox keeps has a limit already. */
export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

/**
 * Adds to a new item what its MIME content says. What the client says itself wins; MIME content that it contradicts is not kept
 * for a calendar item, which is written anew.
 *
 * @param timeZone for times of an event that name none
 * @throws EwsFault `ErrorMimeContentInvalid` for an event that cannot be kept
 */
export async function readMimeInto(item: NewItem, timeZone: string): Promise<NewItem> {
  if (item.mime === undefined || item.calendar !== undefined) return item;
  if (item.itemClass !== undefined && isAppointment(item.itemClass)) {
    const { mime: given, ...rest } = item;
    const { calendar, properties, mime } = await readEvent(await whole(given), timeZone);
    const isContradicted = Object.keys(item.properties ?? {}).some((key) => /^(?:item|calendar):/.test(key));
    return { ...rest, calendar, properties: { ...properties, ...item.properties }, ...(mime === undefined || isContradicted ? {} : { mime }) };
  }
  const { mime: _, ...read } = await newItemFromMime(item.mime instanceof Uint8Array ? item.mime : await beginningOf(item.mime));
  return { ...read, ...item, properties: { ...read.properties, ...item.properties } };
}

/** Parts of a calendar item that are gone where new MIME content does not have them. */
const optionalParts = { timeZoneRules: undefined, recurrence: undefined, modifiedOccurrences: undefined, deletedOccurrences: undefined, addedOccurrences: undefined } as const;
const replacedOfEvent = ['item:Body', 'item:TextBody', 'item:Categories', 'calendar:RequiredAttendees', 'calendar:OptionalAttendees', 'calendar:Resources'];

/** Adds to changes of an item what new MIME content among them says. Throws as `readMimeInto` does. */
export async function readMimeIntoChanges(changes: ItemChanges, item: Item, timeZone: string): Promise<ItemChanges> {
  const { mime, ...rest } = changes;
  if (mime === undefined) return changes;
  const bytes = await whole(mime);
  if (!isAppointment(item.itemClass)) return changesFromMime({ ...rest, mime: bytes });
  const event = await readEvent(bytes, timeZone);
  const set = { ...event.properties, ...rest.set };
  const isContradicted = Object.keys({ ...rest.set, ...rest.append }).length + (rest.remove ?? []).length + Object.keys(rest.calendar ?? {}).length > 0;
  return {
    ...rest,
    set,
    remove: [...(rest.remove ?? []), ...replacedOfEvent.filter((key) => set[key] === undefined)],
    calendar: { ...optionalParts, ...event.calendar, ...rest.calendar },
    ...(event.mime === undefined || isContradicted ? {} : { mime: event.mime }),
  };
}

async function readEvent(mime: Uint8Array, timeZone: string): ReturnType<typeof calendarItemFromMime> {
  try {
    return await calendarItemFromMime(mime, timeZone);
  } catch (error) {
    if (!(error instanceof OrganizationError) || error.code !== 'ORGANIZATION_ICALENDAR_REFUSED') throw error;
    throw new EwsFault('ErrorMimeContentInvalid', error.message, { cause: error });
  }
}
