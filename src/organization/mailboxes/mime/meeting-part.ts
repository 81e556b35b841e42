import type { NewCalendarItem } from '../../calendars/calendar-item.ts';
import { writeICalendar } from '../../calendars/icalendar/write-icalendar.ts';
import type { EmailAddress, ItemBody, PropertyBag } from '../property.ts';
import { textOfHtml } from './text-of-html.ts';
import type { CalendarPart } from './write-message.ts';

/** What a meeting message carries for calendars (RFC 5546 §3.2); undefined for other mail. */
export function meetingPart(itemClass: string, calendar: NewCalendarItem, bag: PropertyBag): CalendarPart | undefined {
  const recurrenceId = bag['calendar:RecurrenceId'];
  const [from, sender, called] = [bag['message:From'], bag['message:Sender'], bag['calendar:Organizer']] as readonly (EmailAddress | undefined)[];
  const isOnBehalf = sender !== undefined && from !== undefined && !isSame(sender, from);
  // An attendee who passes a request on does not act for the organiser.
  const isOrganizers = called !== undefined && from !== undefined && isSame(called, from);
  const one = { ...(typeof recurrenceId === 'number' ? { recurrenceId } : {}), ...(isOnBehalf && (isOrganizers || /\.Meeting\.Resp/i.test(itemClass)) ? { sentBy: sender } : {}) };
  if (/\.Meeting\.Request/i.test(itemClass)) return { method: 'REQUEST', text: writeICalendar(calendar, bag, { method: 'REQUEST', ...one }) };
  if (/\.Meeting\.Canceled/i.test(itemClass)) return { method: 'CANCEL', text: writeICalendar(calendar, { ...bag, 'calendar:IsCancelled': true }, { method: 'CANCEL', ...one }) };
  const [organizer] = (bag['message:ToRecipients'] as readonly EmailAddress[] | undefined) ?? [];
  if (!/\.Meeting\.Resp/i.test(itemClass) || from === undefined) return undefined;
  const answer = { ...bag, ...(organizer === undefined ? {} : { 'calendar:Organizer': organizer }), 'calendar:RequiredAttendees': [{ mailbox: from, responseType: bag['meeting:ResponseType'] ?? 'Unknown' }], 'calendar:OptionalAttendees': [], 'calendar:Resources': [] } as PropertyBag;
  const { 'meeting:ProposedStart': proposedStart, 'meeting:ProposedEnd': proposedEnd } = bag;
  if (typeof proposedStart === 'number' && typeof proposedEnd === 'number') {
    const { recurrence: _r, modifiedOccurrences: _m, deletedOccurrences: _d, addedOccurrences: _a, ...single } = calendar;
    return { method: 'COUNTER', text: writeICalendar({ ...single, start: proposedStart, end: proposedEnd }, answer, { method: 'COUNTER', original: { start: calendar.start, end: calendar.end }, ...one }) };
  }
  return { method: 'REPLY', text: writeICalendar(calendar, answer, { method: 'REPLY', ...one }) };
}

function isSame(one: EmailAddress, other: EmailAddress): boolean {
  return one.address !== undefined && one.address.toLowerCase() === other.address?.toLowerCase();
}

/** With the text of an HTML body, for those who read no HTML. */
export function withText(bag: PropertyBag): PropertyBag {
  const body = bag['item:Body'] as ItemBody | undefined;
  return body?.type !== 'HTML' || bag['item:TextBody'] !== undefined ? bag : { ...bag, 'item:TextBody': { type: 'Text', content: textOfHtml(body.content) } };
}
