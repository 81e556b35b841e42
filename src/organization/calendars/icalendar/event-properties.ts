import ICAL from 'ical.js';
import type { Attendee, EmailAddress, PropertyBag, PropertyKey, PropertyValue } from '../../mailboxes/property.ts';
import type { ContentLine, ICalendarComponent } from './icalendar-components.ts';
import { parametersOf, propertiesOf, wordOf } from './icalendar-property.ts';
import { UnreadablePart } from './icalendar-refusal.ts';
import { timeOf } from './icalendar-time.ts';

const responses: Readonly<Record<string, Attendee['responseType']>> = { ACCEPTED: 'Accept', TENTATIVE: 'Tentative', DECLINED: 'Decline', 'NEEDS-ACTION': 'NoResponseReceived' };
const longestBody = 5_000_000;
const mostPeople = 5_000;

/**
 * What an event says besides when it is: the properties of [MS-OXCICAL] 2.1.3.1.1.20 that a calendar item keeps. None of
 * them decides whether the event can be kept, so what cannot be read is left out.
 */
export function eventProperties(event: ICalendarComponent): PropertyBag {
  const bag: Record<PropertyKey, PropertyValue> = {};
  const put = (key: PropertyKey, read: () => PropertyValue | undefined): void => {
    try {
      const value = read();
      if (value !== undefined) bag[key] = value;
    } catch (error) {
      if (!(error instanceof UnreadablePart)) throw error;
    }
  };
  put('item:Body', () => bodyOf(event));
  put('calendar:Organizer', () => {
    const [line] = propertiesOf(event, 'ORGANIZER');
    return line === undefined ? undefined : personOf(line);
  });
  const attendees = attendeesOf(event);
  put('calendar:RequiredAttendees', () => listOf(attendees, 'required'));
  put('calendar:OptionalAttendees', () => listOf(attendees, 'optional'));
  put('calendar:Resources', () => listOf(attendees, 'resource'));
  put('item:Categories', () => {
    const categories = propertiesOf(event, 'CATEGORIES').flatMap((line) => valuesOfText(line));
    return categories.length === 0 ? undefined : [...new Set(categories)];
  });
  put('item:Importance', () => importanceOf(wordOf(event, 'PRIORITY')));
  put('calendar:AppointmentSequenceNumber', () => integerOf(wordOf(event, 'SEQUENCE')));
  put('item:ReminderMinutesBeforeStart', () => reminderOf(event));
  put('calendar:DateTimeStamp', () => {
    const [line] = propertiesOf(event, 'DTSTAMP');
    return line === undefined ? undefined : timeOf(line).local;
  });
  return bag;
}

function bodyOf(event: ICalendarComponent): PropertyValue | undefined {
  for (const line of propertiesOf(event, 'X-ALT-DESC')) {
    if ((parametersOf(line)['fmttype'] ?? '').toLowerCase() !== 'text/html') continue;
    const [content = ''] = decoded(line);
    if (content !== '') return { type: 'HTML', content: content.slice(0, longestBody) };
  }
  const [line] = propertiesOf(event, 'DESCRIPTION');
  const content = line === undefined ? '' : (decoded(line)[0] ?? '');
  return content === '' ? undefined : { type: 'Text', content: content.slice(0, longestBody) };
}

type Part = 'required' | 'optional' | 'resource';

function attendeesOf(event: ICalendarComponent): readonly { part: Part; attendee: Attendee }[] {
  return propertiesOf(event, 'ATTENDEE').slice(0, mostPeople).flatMap((line) => {
    const mailbox = personOf(line);
    if (mailbox === undefined) return [];
    const parameters = readableParameters(line);
    const kind = (parameters['cutype'] ?? '').toUpperCase();
    const role = (parameters['role'] ?? '').toUpperCase();
    const part: Part = kind === 'RESOURCE' || kind === 'ROOM' || (role === 'NON-PARTICIPANT' && kind === '') ? 'resource' : role === 'OPT-PARTICIPANT' || role === 'NON-PARTICIPANT' ? 'optional' : 'required';
    const responseType = responses[(parameters['partstat'] ?? '').toUpperCase()] ?? 'Unknown';
    return [{ part, attendee: { mailbox, responseType } }];
  });
}

function listOf(attendees: ReturnType<typeof attendeesOf>, wanted: Part): readonly Attendee[] | undefined {
  const list = attendees.filter(({ part }) => part === wanted).map(({ attendee }) => attendee);
  return list.length === 0 ? undefined : list;
}

function personOf(line: ContentLine): EmailAddress | undefined {
  const { cn, email } = readableParameters(line);
  const uri = line.value.trim();
  const address = clean(/^mailto:/i.test(uri) ? decodeAddress(uri.slice(7)) : (email ?? (uri.includes('@') && !uri.includes(':') ? uri : '')));
  const name = clean(cn ?? '');
  if (address === '' && name === '') return undefined;
  return { name: name === '' ? address : name, ...(address === '' ? {} : { address, routingType: 'SMTP' }) };
}

/** Who sent an event in the name of its organiser, or of its first attendee: SENT-BY, or what Outlook says (X-MS-OLK-SENDER). */
export function sentByOf(event: ICalendarComponent, of: 'ORGANIZER' | 'ATTENDEE'): EmailAddress | undefined {
  const [line] = propertiesOf(event, of);
  const [sender] = of === 'ORGANIZER' ? propertiesOf(event, 'X-MS-OLK-SENDER') : [];
  const uri = line === undefined ? undefined : readableParameters(line)['sent-by'];
  if (uri !== undefined && /^mailto:/i.test(uri)) {
    const address = clean(decodeAddress(uri.slice(7)));
    if (address !== '') return { name: address, address, routingType: 'SMTP' };
  }
  return sender === undefined ? undefined : personOf(sender);
}

function decodeAddress(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readableParameters(line: ContentLine): Readonly<Record<string, string>> {
  try {
    return parametersOf(line);
  } catch {
    return {};
  }
}

/** Minutes before the start of the alarm that says so; others, at a time of day or after the end, have no such number. */
function reminderOf(event: ICalendarComponent): number | undefined {
  for (const alarm of event.components) {
    if (alarm.name !== 'VALARM') continue;
    const [line] = propertiesOf(alarm, 'TRIGGER');
    if (line === undefined || (readableParameters(line)['related'] ?? '').toUpperCase() === 'END') continue;
    const match = /^([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$/.exec(line.value.trim().toUpperCase());
    if (match === null) continue;
    const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = [2, 3, 4, 5, 6].map((group) => Number(match[group] ?? 0));
    const before = ((weeks * 7 + days) * 24 + hours) * 60 + minutes + Math.round(seconds / 60);
    return match[1] === '-' || before === 0 ? before : undefined;
  }
  return undefined;
}

/** [MS-OXCICAL] 2.1.3.1.1.20.17: 1 to 4 are high, 6 to 9 low. */
function importanceOf(word: string): string | undefined {
  const priority = integerOf(word);
  if (priority === undefined || priority === 0) return undefined;
  return priority < 5 ? 'High' : priority === 5 ? 'Normal' : 'Low';
}

function integerOf(word: string): number | undefined {
  return /^\d{1,9}$/.test(word) ? Number(word) : undefined;
}

function valuesOfText(line: ContentLine): string[] {
  return decoded(line).map((value) => clean(value)).filter((value) => value !== '');
}

/** The values of a text property, several by comma where it may have several (RFC 5545 §3.3.11). */
function decoded({ name, value }: ContentLine): string[] {
  let parsed: unknown;
  try {
    parsed = ICAL.parse.property(`${name === 'CATEGORIES' ? name : 'DESCRIPTION'}:${value}`);
  } catch {
    return [];
  }
  // No control characters: XML cannot carry them.
  return Array.isArray(parsed) ? parsed.slice(3).map((text) => String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')) : [];
}

function clean(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
}
