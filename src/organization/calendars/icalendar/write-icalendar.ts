import ICAL from 'ical.js';
import { occurrenceBag } from '../../mailboxes/occurrence-bag.ts';
import type { Attendee, EmailAddress, ItemBody, PropertyBag, PropertyValue } from '../../mailboxes/property.ts';
import { startOfDay } from '../calendar-date.ts';
import type { CalendarItemDetails, FreeBusyStatus, ModifiedOccurrence, NewCalendarItem, Sensitivity } from '../calendar-item.ts';
import { isSeries, spanOf, zoneOf } from '../expand-item.ts';
import { patternDates } from '../pattern-dates.ts';
import type { Recurrence } from '../recurrence.ts';
import type { Instant, LocalTime, TimeZone } from '../time-zone.ts';
import { toLocal } from '../time-zone.ts';
import { ruleOfPattern } from './recurrence-to-rule.ts';
import type { JCalComponent, JCalProperty } from './write-time-zone.ts';
import { wallClock, writeTimeZone } from './write-time-zone.ts';

export interface WriteICalendarOptions {
  /** Default: `REQUEST` for a meeting with attendees, `PUBLISH` otherwise (RFC 5546 §1.4). */
  method?: 'PUBLISH' | 'REQUEST' | 'REPLY' | 'COUNTER' | 'CANCEL';
  /** When the series would have had what is written here: for one occurrence alone. */
  recurrenceId?: Instant;
  /** When it is, of a counter-proposal, whose times are the proposed ones ([MS-OXCICAL] 2.1.3.1.1.20.47). */
  original?: { start: Instant; end: Instant };
  /** Who sends it in the name of the organiser, or, of an answer, of the attendee (RFC 5545 §3.2.18). */
  sentBy?: EmailAddress;
  /** Files that stand in it ([MS-OXCICAL] 2.1.3.1.1.20.1). */
  attachments?: readonly ICalendarAttachment[];
}

export interface ICalendarAttachment {
  name: string;
  contentType?: string;
  content: Uint8Array;
}

/** Everything that the lines of one event are made of. */
interface Writing {
  item: NewCalendarItem;
  bag: PropertyBag;
  zone: TimeZone;
  /** Names the zone in the file; undefined where times are written in UTC. */
  tzid: string | undefined;
  /** SENT-BY of the organiser's line, or of the attendees'. */
  sentBy: Partial<Record<'organizer' | 'attendee', EmailAddress>>;
}

const busyStatuses: Readonly<Record<FreeBusyStatus, string>> = { Free: 'FREE', Tentative: 'TENTATIVE', Busy: 'BUSY', OOF: 'OOF', WorkingElsewhere: 'WORKINGELSEWHERE', NoData: 'BUSY' };
const classes: Readonly<Record<Sensitivity, string>> = { Normal: 'PUBLIC', Personal: 'X-PERSONAL', Private: 'PRIVATE', Confidential: 'CONFIDENTIAL' };
const participation: Readonly<Record<NonNullable<Attendee['responseType']>, string>> = { Unknown: 'NEEDS-ACTION', Organizer: 'ACCEPTED', Tentative: 'TENTATIVE', Accept: 'ACCEPTED', Decline: 'DECLINED', NoResponseReceived: 'NEEDS-ACTION' };
const priorities: Readonly<Record<string, number>> = { High: 1, Normal: 5, Low: 9 };

/**
 * A calendar item as an iCalendar object (RFC 5545, as [MS-OXCICAL] maps it), for one that was made from properties: its
 * time zone, recurrence, changed and deleted occurrences, attendees and alarm. The same item gives the same text.
 *
 * @param properties of the item; `item:TextBody` is its body as text where `item:Body` is HTML
 */
export function writeICalendar(item: NewCalendarItem, properties: PropertyBag, options: WriteICalendarOptions = {}): string {
  const zone = zoneOf(item);
  const tzid = item.timeZoneRules === undefined && zone.id === 'UTC' ? undefined : line(item.timeZone);
  const { sentBy } = options;
  const isAnswer = options.method === 'REPLY' || options.method === 'COUNTER';
  const writing: Writing = { item, bag: properties, zone, tzid, sentBy: sentBy === undefined ? {} : { [isAnswer ? 'attendee' : 'organizer']: sentBy } };
  const hasAttendees = attendeesOf(properties).length > 0;
  const span = spanOf(item);
  const text = ICAL.stringify([
    'vcalendar',
    [
      ['method', {}, 'text', options.method ?? (hasAttendees ? 'REQUEST' : 'PUBLISH')],
      ['prodid', {}, 'text', '-//Hybridge//EWS//EN'],
      ['version', {}, 'text', '2.0'],
    ],
    [...(tzid === undefined ? [] : [writeTimeZone(tzid, zone, { from: span.start, to: span.end }, item.timeZoneRules)]), ...eventsOf(writing, options)],
  ]);
  const { attachments = [] } = options;
  return attachments.length === 0 ? text : text.replace('BEGIN:VEVENT\r\n', (begin) => begin + attachments.map(attachmentLines).join(''));
}

function eventsOf(writing: Writing, { recurrenceId, original }: WriteICalendarOptions): readonly JCalComponent[] {
  const { item } = writing;
  const first = firstTimes(writing);
  const one = recurrenceId === undefined ? [] : [timeOf(writing, 'recurrence-id', recurrenceId, isDated(writing, item, item))];
  const before: JCalProperty[] = original === undefined ? [] : [['x-ms-olk-originalstart', {}, 'date-time', utc(original.start)], ['x-ms-olk-originalend', {}, 'date-time', utc(original.end)]];
  const master: JCalProperty[] = [...one, ...before, ...timesOf(writing, item, first), ...(isSeries(item) ? seriesOf(writing, first) : [])];
  return [eventOf(writing, item, master), ...(item.modifiedOccurrences ?? []).map((modified) => exceptionOf(writing, modified))];
}

/** A series begins, in a file, with what its pattern names first. */
function firstTimes({ item, zone }: Writing): { start: Instant; end: Instant } {
  const { recurrence, start, end } = item;
  const date = recurrence === undefined ? undefined : firstDate(recurrence);
  if (date === undefined) return { start, end };
  const local = toLocal(zone, start);
  const from = zone.toInstant(date + local - startOfDay(local));
  const to = zone.toInstant(date + toLocal(zone, end) - startOfDay(local));
  return from === start ? { start, end } : { start: from, end: Math.max(to, from) };
}

/** Lines that ical.js would take seconds to fold. */
function attachmentLines({ name, contentType, content }: ICalendarAttachment): string {
  const type = contentType === undefined ? {} : { fmttype: line(contentType) };
  const head = ICAL.stringify.property(['attach', { ...type, encoding: 'BASE64', 'x-filename': line(name).replaceAll('"', "'") }, 'binary', ''], ICAL.design.icalendar, false);
  return `${head}${Buffer.from(content).toString('base64').replace(/.{1,74}/g, '\r\n $&')}\r\n`;
}

function firstDate(recurrence: Recurrence): LocalTime | undefined {
  const dates = patternDates(recurrence);
  for (let period = 0; period <= 12 * 40; period++) {
    const first = dates.datesIn(period).find((date) => date >= recurrence.range.startDate);
    if (first !== undefined) return first;
  }
  return undefined;
}

function exceptionOf(writing: Writing, modified: ModifiedOccurrence): JCalComponent {
  const details: CalendarItemDetails = { ...writing.item, ...modified };
  return eventOf({ ...writing, bag: occurrenceBag(writing.bag, modified) }, details, [timeOf(writing, 'recurrence-id', modified.originalStart, isDated(writing, writing.item, writing.item)), ...timesOf(writing, details, modified)]);
}

function eventOf({ item, bag, sentBy }: Writing, details: CalendarItemDetails, times: readonly JCalProperty[]): JCalComponent {
  const { freeBusyStatus } = details;
  const text = (name: string, value: unknown): JCalProperty[] => (typeof value === 'string' && value !== '' ? [[name, {}, 'text', plain(value)]] : []);
  const categories = ((bag['item:Categories'] as readonly string[] | undefined) ?? []).map(line).filter((category) => category !== '');
  const isCancelled = bag['calendar:IsCancelled'] === true;
  const stamp = numberOr(bag['calendar:DateTimeStamp'] ?? bag['item:LastModifiedTime'], item.start);
  const created = bag['item:DateTimeCreated'];
  const modified = bag['item:LastModifiedTime'];
  const properties: JCalProperty[] = [
    ['uid', {}, 'text', line(item.uid)],
    ...times,
    ['dtstamp', {}, 'date-time', utc(stamp)],
    ...(typeof created === 'number' ? [['created', {}, 'date-time', utc(created)] satisfies JCalProperty] : []),
    ...(typeof modified === 'number' ? [['last-modified', {}, 'date-time', utc(modified)] satisfies JCalProperty] : []),
    ...text('summary', details.subject),
    ...text('location', details.location),
    ...bodyOf(bag),
    ...(categories.length === 0 ? [] : [['categories', {}, 'text', ...categories] satisfies JCalProperty]),
    ...peopleOf(bag, sentBy),
    ['class', {}, 'text', classes[details.sensitivity]],
    ['priority', {}, 'integer', priorityOf(bag['item:Importance'])],
    ['sequence', {}, 'integer', numberOr(bag['calendar:AppointmentSequenceNumber'], 0)],
    ['status', {}, 'text', isCancelled ? 'CANCELLED' : freeBusyStatus === 'Tentative' ? 'TENTATIVE' : 'CONFIRMED'],
    ['transp', {}, 'text', freeBusyStatus === 'Free' ? 'TRANSPARENT' : 'OPAQUE'],
    ['x-microsoft-cdo-busystatus', {}, 'unknown', busyStatuses[freeBusyStatus]],
    ['x-microsoft-cdo-alldayevent', {}, 'unknown', details.isAllDay ? 'TRUE' : 'FALSE'],
  ];
  return ['vevent', properties, details.isReminderSet ? [alarmOf(bag)] : []];
}

/** Dates stand for whole days; times in the zone, or in UTC where the wall clock shows a time twice. */
function timesOf(writing: Writing, details: Pick<CalendarItemDetails, 'isAllDay'>, times: { start: Instant; end: Instant }): JCalProperty[] {
  const isDate = isDated(writing, details, times);
  return [timeOf(writing, 'dtstart', times.start, isDate), timeOf(writing, 'dtend', times.end, isDate)];
}

function isDated({ zone }: Writing, { isAllDay }: Pick<CalendarItemDetails, 'isAllDay'>, { start, end }: { start: Instant; end: Instant }): boolean {
  return isAllDay && isFirstOfDay(zone, start) && isFirstOfDay(zone, end) && end > start;
}

/** Midnight, or the first moment of a day whose midnight a gap swallowed. */
function isFirstOfDay(zone: TimeZone, instant: Instant): boolean {
  return zone.toInstant(startOfDay(toLocal(zone, instant))) === instant;
}

function timeOf({ zone, tzid }: Writing, name: string, instant: Instant, isDate: boolean): JCalProperty {
  const local = toLocal(zone, instant);
  if (isDate) return [name, {}, 'date', wallClock(local).slice(0, 10)];
  return tzid === undefined || zone.toInstant(local) !== instant ? [name, {}, 'date-time', utc(instant)] : [name, { tzid }, 'date-time', wallClock(local)];
}

function seriesOf(writing: Writing, first: { start: Instant; end: Instant }): JCalProperty[] {
  const { item, zone } = writing;
  const isDate = isDated(writing, item, first);
  const properties: JCalProperty[] = [];
  const { recurrence } = item;
  if (recurrence !== undefined) {
    const { range } = recurrence;
    const timeOfDay = toLocal(zone, first.start) - startOfDay(toLocal(zone, first.start));
    const until = (endDate: LocalTime): string => (isDate ? wallClock(endDate).slice(0, 10) : utc(zone.toInstant(endDate + timeOfDay)));
    const end = range.type === 'NoEnd' ? {} : range.type === 'Numbered' ? { count: range.numberOfOccurrences } : { until: until(range.endDate) };
    properties.push(['rrule', {}, 'recur', { ...ruleOfPattern(recurrence.pattern), ...end }]);
  }
  for (const deleted of item.deletedOccurrences ?? []) properties.push(timeOf(writing, 'exdate', deleted, isDate));
  const wallLength = toLocal(zone, first.end) - toLocal(zone, first.start);
  for (const added of item.addedOccurrences ?? []) {
    const sameLength = zone.toInstant(toLocal(zone, added.start) + wallLength) === added.end;
    properties.push(sameLength && (!isDate || isFirstOfDay(zone, added.start)) ? timeOf(writing, 'rdate', added.start, isDate) : ['rdate', {}, 'period', [utc(added.start), utc(added.end)]]);
  }
  return properties;
}


function bodyOf(bag: PropertyBag): JCalProperty[] {
  const body = bag['item:Body'] as ItemBody | undefined;
  const text = body?.type === 'Text' ? body : (bag['item:TextBody'] as ItemBody | undefined);
  return [
    ...(text === undefined || text.content === '' ? [] : [['description', {}, 'text', plain(text.content)] satisfies JCalProperty]),
    ...(body?.type === 'HTML' && body.content !== '' ? [['x-alt-desc', { fmttype: 'text/html' }, 'unknown', escaped(plain(body.content))] satisfies JCalProperty] : []),
  ];
}

function attendeesOf(bag: PropertyBag): readonly { attendee: Attendee; role: string; kind: string }[] {
  const listed = (key: string, role: string, kind: string) => ((bag[key] as readonly Attendee[] | undefined) ?? []).map((attendee) => ({ attendee, role, kind }));
  return [...listed('calendar:RequiredAttendees', 'REQ-PARTICIPANT', 'INDIVIDUAL'), ...listed('calendar:OptionalAttendees', 'OPT-PARTICIPANT', 'INDIVIDUAL'), ...listed('calendar:Resources', 'NON-PARTICIPANT', 'RESOURCE')];
}

function peopleOf(bag: PropertyBag, sentBy: Writing['sentBy']): JCalProperty[] {
  const organizer = bag['calendar:Organizer'] as EmailAddress | undefined;
  const attendees = attendeesOf(bag);
  const properties: JCalProperty[] = [];
  // An event without attendees is nobody's meeting (RFC 5545 §3.8.4.3).
  if (organizer?.address !== undefined && attendees.length > 0) {
    properties.push(['organizer', { ...nameOf(organizer), ...senderOf(sentBy.organizer) }, 'cal-address', `mailto:${line(organizer.address)}`]);
    // [MS-OXCICAL] 2.1.3.1.1.20.61, for Outlook.
    if (sentBy.organizer?.address !== undefined) properties.push(['x-ms-olk-sender', nameOf(sentBy.organizer), 'unknown', `mailto:${line(sentBy.organizer.address)}`]);
  }
  for (const { attendee, role, kind } of attendees) {
    const { mailbox, responseType } = attendee;
    if (mailbox.address === undefined || mailbox.address === '') continue;
    const parameters = { ...(kind === 'INDIVIDUAL' ? {} : { cutype: kind }), role, partstat: participation[responseType ?? 'Unknown'], ...(bag['calendar:IsResponseRequested'] === false ? {} : { rsvp: 'TRUE' }), ...nameOf(mailbox), ...senderOf(sentBy.attendee) };
    properties.push(['attendee', parameters, 'cal-address', `mailto:${line(mailbox.address)}`]);
  }
  return properties;
}

function nameOf({ name }: EmailAddress): Record<string, string> {
  return name === undefined || line(name) === '' ? {} : { cn: line(name) };
}

function senderOf(sentBy: EmailAddress | undefined): Record<string, string> {
  return sentBy?.address === undefined ? {} : { 'sent-by': `mailto:${line(sentBy.address)}` };
}

function alarmOf(bag: PropertyBag): JCalComponent {
  const minutes = numberOr(bag['item:ReminderMinutesBeforeStart'], 15);
  return [
    'valarm',
    [
      ['action', {}, 'text', 'DISPLAY'],
      ['description', {}, 'text', 'REMINDER'],
      ['trigger', { related: 'START' }, 'duration', `${minutes > 0 ? '-' : ''}PT${Math.abs(Math.trunc(minutes))}M`],
    ],
    [],
  ];
}

function priorityOf(importance: PropertyValue | undefined): number {
  return (typeof importance === 'string' ? priorities[importance] : undefined) ?? 5;
}

function utc(instant: Instant): string {
  return `${wallClock(instant)}Z`;
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

/** Text of several lines, without what no line of the file may hold. */
function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ').toWellFormed();
}

/** For a property that ical.js does not know to be text (RFC 5545 §3.3.11). */
function escaped(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n');
}

/** Text of one line: nobody's address or name may begin another property. */
function line(text: string): string {
  return plain(text).replace(/\n/g, ' ').trim();
}
