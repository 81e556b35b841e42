import type { EmailAddress, PropertyBag } from '../../mailboxes/property.ts';
import type { NewCalendarItem } from '../calendar-item.ts';
import { checkCalendarItem } from '../check-calendar-item.ts';
import type { Instant } from '../time-zone.ts';
import { eventProperties, sentByOf } from './event-properties.ts';
import type { ICalendarComponent } from './icalendar-components.ts';
import { readComponents } from './icalendar-components.ts';
import { propertiesOf, wordOf } from './icalendar-property.ts';
import { icalendarRefused, UnreadablePart } from './icalendar-refusal.ts';
import { instantOf, timeOf } from './icalendar-time.ts';
import { namedZone, zonesOf } from './icalendar-zones.ts';
import type { EventContext } from './read-event.ts';
import { readLoneOccurrence, readSeries, uidOf, zoneOfTime } from './read-event.ts';

/** An iTIP message about one meeting (RFC 5546 §3.2): an invitation or update, an answer, which may propose another time, or a cancellation. */
export interface SchedulingMessage {
  method: 'REQUEST' | 'REPLY' | 'COUNTER' | 'CANCEL';
  /** The meeting; with `recurrenceId`, the one happening, as if it were single. */
  calendar: NewCalendarItem;
  /** Original start of the one happening of a series that it is about. */
  recurrenceId?: Instant;
  /** The times that a counter-proposal asks for; `calendar` then has the present ones, where it names them. */
  proposed?: { start: Instant; end: Instant };
  properties: PropertyBag;
  /** Who sent it in the name of the organiser, or of the attendee who answers. */
  sentBy?: EmailAddress;
}

const expansionDays = 400_000;

/**
 * Reads the iCalendar part of a meeting message.
 *
 * @param timeZone of the mailbox, for times that name none
 * @throws OrganizationError `ORGANIZATION_ICALENDAR_REFUSED`, also for other methods and for several meetings;
 *   `ORGANIZATION_INVALID_CALENDAR_ITEM` and its like for what a calendar does not keep
 */
export function readSchedulingMessage(input: Uint8Array | string, timeZone: string): SchedulingMessage {
  try {
    return read(input, timeZone);
  } catch (error) {
    if (error instanceof UnreadablePart) throw icalendarRefused([{ line: error.line, reason: error.message }]);
    throw error;
  }
}

function read(input: Uint8Array | string, timeZone: string): SchedulingMessage {
  const [calendar, another] = readComponents(input, {});
  if (calendar === undefined || another !== undefined) throw new UnreadablePart(1, 'it is not one iCalendar object');
  const method = wordOf(calendar, 'METHOD');
  if (method !== 'REQUEST' && method !== 'REPLY' && method !== 'COUNTER' && method !== 'CANCEL') throw new UnreadablePart(1, 'it is no request, reply, counter-proposal or cancellation');
  const events = calendar.components.filter(({ name }) => name === 'VEVENT');
  const [first] = events;
  if (first === undefined) throw new UnreadablePart(1, 'it holds no event');
  const uid = uidOf(first);
  if (events.some((event) => uidOf(event) !== uid)) throw new UnreadablePart(first.line, 'it is about several meetings');
  const context: EventContext = { findZone: zonesOf(calendar), mailboxZone: namedZone(timeZone), budget: { days: expansionDays } };
  const isOverride = (event: ICalendarComponent): boolean => propertiesOf(event, 'RECURRENCE-ID').length > 0;
  const master = events.find((event) => !isOverride(event));
  const event = master ?? first;
  const item = master === undefined ? { ...readLoneOccurrence(uid, event, context), uid } : readSeries(uid, master, method === 'REQUEST' ? events.filter(isOverride) : [], context);
  checkCalendarItem(item);
  const [line] = master === undefined ? propertiesOf(event, 'RECURRENCE-ID') : [];
  const written = line === undefined ? undefined : timeOf(line);
  const recurrenceId = line === undefined || written === undefined ? undefined : instantOf(written, zoneOfTime(written, line, context).zone);
  const sentBy = sentByOf(event, method === 'REPLY' || method === 'COUNTER' ? 'ATTENDEE' : 'ORGANIZER');
  const more = { ...(recurrenceId === undefined ? {} : { recurrenceId }), ...(sentBy === undefined ? {} : { sentBy }) };
  if (method === 'COUNTER') {
    const times = { start: item.start, end: item.end };
    const original = { start: originalOf(event, 'X-MS-OLK-ORIGINALSTART') ?? item.start, end: originalOf(event, 'X-MS-OLK-ORIGINALEND') ?? item.end };
    const present = original.start < original.end ? original : times;
    return { method, calendar: { ...item, ...present, isMeeting: true }, proposed: times, properties: eventProperties(event), ...more };
  }
  return { method, calendar: { ...item, isMeeting: true }, properties: eventProperties(event), ...more };
}

/** Of a time in UTC; undefined for every other. */
function originalOf(event: ICalendarComponent, name: string): Instant | undefined {
  const text = wordOf(event, name);
  const [, year, month, day, hour, minute, second] = /^(\d{4})-?(\d{2})-?(\d{2})T(\d{2}):?(\d{2}):?(\d{2})Z$/.exec(text ?? '') ?? [];
  return year === undefined ? undefined : Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}
