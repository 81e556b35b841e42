import PostalMime from 'postal-mime';
import type { NewCalendarItem } from '../../calendars/calendar-item.ts';
import { readICalendar } from '../../calendars/icalendar/read-icalendar.ts';
import { OrganizationError } from '../../organization-error.ts';
import type { PropertyBag } from '../property.ts';

/** An event as MIME content says it. */
export interface CalendarItemFromMime {
  calendar: NewCalendarItem;
  properties: PropertyBag;
  /** The iCalendar object, to be kept as it came; absent where it names time zones without giving their rules. */
  mime?: Uint8Array;
}

/**
 * The calendar item in MIME content: an iCalendar object, or a message that has one as a part ([MS-OXCICAL] 2.1.2).
 *
 * @param timeZone zone of the mailbox, for times that name none
 * @throws OrganizationError `ORGANIZATION_ICALENDAR_REFUSED`, also where there is no event or more than one
 */
export async function calendarItemFromMime(mime: Uint8Array, timeZone: string): Promise<CalendarItemFromMime> {
  const { bytes, body } = await calendarPart(mime);
  const [event, ...others] = calendarItemsFromFile(bytes, timeZone).events;
  if (event === undefined) throw refused('it holds no event');
  if (others.length > 0) throw refused('it holds several events, and an item is one');
  return { ...event, properties: { ...(body === undefined ? {} : { 'item:Body': { type: 'Text', content: body } }), ...event.properties } };
}

/**
 * The events of an iCalendar file, and what else is in it, by kind. One event alone keeps the file's bytes.
 *
 * @throws OrganizationError `ORGANIZATION_ICALENDAR_REFUSED`
 */
export function calendarItemsFromFile(bytes: Uint8Array, timeZone: string): { events: readonly CalendarItemFromMime[]; ignored: Readonly<Record<string, number>> } {
  const { items, properties, ignored } = readICalendar(bytes, { timeZone });
  const isAlone = items.length === 1 && Object.keys(ignored).every((kind) => kind === 'VALARM') && definesItsZones(bytes);
  return { events: items.map((calendar) => ({ calendar, properties: properties.get(calendar.uid) ?? {}, ...(isAlone ? { mime: bytes } : {}) })), ignored };
}

async function calendarPart(mime: Uint8Array): Promise<{ bytes: Uint8Array; body?: string }> {
  const start = Buffer.from(mime.subarray(0, 200)).toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  if (/^BEGIN:/i.test(start)) return { bytes: mime };
  const email = await PostalMime.parse(mime, { forceRfc822Attachments: true }).catch(() => undefined);
  const part = email?.attachments.find(({ mimeType }) => mimeType === 'text/calendar') ?? email?.attachments.find(({ mimeType }) => mimeType === 'application/ics');
  if (part === undefined) throw refused('there is no text/calendar part');
  const body = email?.text?.trim() ?? '';
  return { bytes: typeof part.content === 'string' ? Buffer.from(part.content) : new Uint8Array(part.content), ...(body === '' ? {} : { body }) };
}

/** Clients that read it back need the rules of every zone that it names (RFC 5545 §3.2.19). */
function definesItsZones(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString('utf8').replace(/\r?\n[ \t]/g, '');
  const defined = new Set([...text.matchAll(/^TZID(?:;[^:\r\n]*)?:(.*)$/gim)].map(([, name = '']) => name.trim()));
  return [...text.matchAll(/;TZID=(?:"([^"\r\n]*)"|([^;:\r\n]*))/gi)].every(([, inQuotes, bare = '']) => defined.has((inQuotes ?? bare).trim()));
}

function refused(reason: string): OrganizationError {
  return new OrganizationError('ORGANIZATION_ICALENDAR_REFUSED', `The MIME content is no calendar item: ${reason}.`, { facts: { refusals: [{ line: 1, reason }] } });
}
