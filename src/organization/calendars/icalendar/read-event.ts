import { createHash } from 'node:crypto';
import { dayMs, startOfDay } from '../calendar-date.ts';
import type { CalendarItemDetails, FreeBusyStatus, ModifiedOccurrence, NewCalendarItem, Sensitivity } from '../calendar-item.ts';
import type { Instant } from '../time-zone.ts';
import { toLocal } from '../time-zone.ts';
import type { ExpansionBudget } from './expand-rule.ts';
import type { ContentLine, ICalendarComponent } from './icalendar-components.ts';
import { onlyProperty, parametersOf, propertiesOf, textOf, wordOf } from './icalendar-property.ts';
import { quoted, UnreadablePart } from './icalendar-refusal.ts';
import type { ICalendarTime } from './icalendar-time.ts';
import { addDuration, durationOf, instantOf, periodOf, timeOf, valuesOf } from './icalendar-time.ts';
import type { FindZone, ICalendarZone } from './icalendar-zones.ts';
import { namedZone } from './icalendar-zones.ts';
import { recurrenceRuleOf } from './recurrence-rule.ts';
import type { KeptRule } from './rule-to-recurrence.ts';
import { keptRuleOf } from './rule-to-recurrence.ts';

export interface EventContext {
  findZone: FindZone;
  /** Where times float, and where days without a zone begin and end. */
  mailboxZone: ICalendarZone;
  budget: ExpansionBudget;
}

/** When one VEVENT takes place. */
interface EventTime {
  /** DTSTART as written, in `zone`. */
  first: ICalendarTime;
  zone: ICalendarZone;
  start: Instant;
  end: Instant;
}

/** UID, or one made from the event's own text where the file has none, so that importing it again replaces it. */
export function uidOf(component: ICalendarComponent): string {
  const uid = textOf(component, 'UID').slice(0, 1000);
  if (uid !== '') return uid;
  const hash = createHash('sha256');
  for (const { name, parameters, value } of component.properties) if (name !== 'DTSTAMP') hash.update(`${name}${parameters}:${value}\n`);
  return hash.digest('hex');
}

/** An event, with the VEVENTs that change single occurrences of it. @throws UnreadablePart */
export function readSeries(uid: string, master: ICalendarComponent, overrides: readonly ICalendarComponent[], context: EventContext): NewCalendarItem {
  const time = eventTime(master, context);
  const { first, zone } = time;
  const item: NewCalendarItem = { uid, ...detailsOf(master, time), start: time.start, end: time.end, ...zoneProperties(zone) };
  const rule = ruleOf(master, time, context);
  const extra = rule === undefined ? [] : rule.dates.map((date) => occurrenceOn(date + (first.local - startOfDay(first.local)), time));
  if (rule?.startIsExtra === true) extra.unshift({ start: time.start, end: time.end });
  const added = [...extra, ...propertiesOf(master, 'RDATE').flatMap((line) => addedBy(line, time, context))];
  const deleted = propertiesOf(master, 'EXDATE').flatMap((line) => valuesOf(line).map((value) => originalStart(timeOf(line, value), line, time, context)));
  const modified: ModifiedOccurrence[] = [];
  for (const override of overrides) {
    const line = required(override, 'RECURRENCE-ID');
    if (parametersOf(line)['range'] !== undefined) throw new UnreadablePart(line.number, 'RANGE=THISANDFUTURE changes a whole series, which an Exchange calendar keeps as two');
    const at = originalStart(timeOf(line), line, time, context);
    if (wordOf(override, 'STATUS') === 'CANCELLED') deleted.push(at);
    else modified.push(modifiedOccurrence(item, override, at, context));
  }
  if (rule?.recurrence !== undefined) Object.assign(item, { recurrence: rule.recurrence, ...unskippedTimes(time) });
  if (modified.length > 0) item.modifiedOccurrences = modified;
  if (deleted.length > 0) item.deletedOccurrences = deleted;
  if (added.length > 0) item.addedOccurrences = added;
  return item;
}

/** An occurrence whose series is not in the file: an invitation to that one alone. @throws UnreadablePart */
export function readLoneOccurrence(uid: string, component: ICalendarComponent, context: EventContext): NewCalendarItem {
  const line = required(component, 'RECURRENCE-ID');
  // It and all that follow: then it is the series, as far as this calendar is concerned.
  if (parametersOf(line)['range'] !== undefined) return readSeries(uid, component, [], context);
  const repeated = component.properties.find(({ name }) => name === 'RRULE' || name === 'RDATE');
  if (repeated !== undefined) throw new UnreadablePart(repeated.number, `an occurrence of a series cannot have its own ${repeated.name}`);
  const time = eventTime(component, context);
  return { uid: `${uid} ${line.value.trim().slice(0, 20)}`, ...detailsOf(component, time), start: time.start, end: time.end, ...zoneProperties(time.zone) };
}

function eventTime(component: ICalendarComponent, context: EventContext): EventTime {
  const line = required(component, 'DTSTART');
  const first = timeOf(line);
  const zone = zoneOfTime(first, line, context);
  const start = instantOf(first, zone.zone);
  const end = eventEnd(component, first, zone, context);
  if (end < start) throw new UnreadablePart(onlyProperty(component, 'DTEND')?.number ?? line.number, 'the event ends before it starts');
  return { first, zone, start, end };
}

function eventEnd(component: ICalendarComponent, first: ICalendarTime, zone: ICalendarZone, context: EventContext): Instant {
  const nextDay = { ...first, local: first.local + dayMs };
  const endLine = onlyProperty(component, 'DTEND');
  const durationLine = onlyProperty(component, 'DURATION');
  if (endLine !== undefined) {
    if (durationLine !== undefined) throw new UnreadablePart(durationLine.number, 'the event has both DTEND and DURATION');
    const end = timeOf(endLine);
    if ((end.kind === 'date') !== (first.kind === 'date')) throw new UnreadablePart(endLine.number, 'of DTSTART and DTEND, one is a date and the other a time');
    // Products that forget that DTEND is exclusive mean one day.
    if (end.kind === 'date' && end.local === first.local) return instantOf(nextDay, zone.zone);
    return instantOf(end, end.kind === 'date' ? zone.zone : zoneOfTime(end, endLine, context).zone);
  }
  if (durationLine !== undefined) {
    const duration = durationOf(durationLine);
    if (first.kind === 'date' && (duration.milliseconds > 0 || duration.days === 0)) throw new UnreadablePart(durationLine.number, 'an event of whole days lasts days or weeks');
    return addDuration(first, duration, zone.zone);
  }
  // RFC 5545 §3.6.1: a date lasts its day, a time no time.
  return instantOf(first.kind === 'date' ? nextDay : first, zone.zone);
}

/** The zone of a time: its own, or else that of the mailbox. @throws UnreadablePart */
export function zoneOfTime(time: ICalendarTime, line: ContentLine, context: EventContext): ICalendarZone {
  if (time.kind === 'utc') return namedZone('UTC');
  const { tzid } = parametersOf(line);
  return time.kind === 'date' || tzid === undefined ? context.mailboxZone : context.findZone(tzid, line);
}

function ruleOf(component: ICalendarComponent, { first, zone }: EventTime, context: EventContext): KeptRule | undefined {
  const excluded = propertiesOf(component, 'EXRULE')[0];
  if (excluded !== undefined) throw new UnreadablePart(excluded.number, 'EXRULE cannot be kept in an Exchange calendar');
  const line = onlyProperty(component, 'RRULE');
  if (line === undefined) return undefined;
  return keptRuleOf(recurrenceRuleOf(line), { local: first.local, isDate: first.kind === 'date', zone: zone.zone }, line, context.budget);
}

/** An occurrence at another date, with the wall-clock length of the first. */
function occurrenceOn(local: number, { first, zone, start, end }: EventTime): { start: Instant; end: Instant } {
  const length = toLocal(zone.zone, end) - toLocal(zone.zone, start);
  const from = instantOf({ ...first, local }, zone.zone);
  const to = instantOf({ ...first, local: local + length }, zone.zone);
  return { start: from, end: length >= 0 && to >= from ? to : from + end - start };
}

function addedBy(line: ContentLine, time: EventTime, context: EventContext): { start: Instant; end: Instant }[] {
  const { tzid, value: type } = parametersOf(line);
  const zone = tzid === undefined ? time.zone : context.findZone(tzid, line);
  if (type === 'PERIOD') return valuesOf(line).map((value) => periodOf(line, value, zone.zone));
  return valuesOf(line).map((value) => {
    const at = originalStart(timeOf(line, value), line, time, context);
    return occurrenceOn(toLocal(time.zone.zone, at), time);
  });
}

/** When the series has an occurrence, said by its start or only by its date. */
function originalStart(at: ICalendarTime, line: ContentLine, { first, zone }: EventTime, context: EventContext): Instant {
  if (at.kind === 'date') return instantOf({ kind: first.kind, local: at.local + first.local - startOfDay(first.local) }, zone.zone);
  const { tzid } = parametersOf(line);
  const instant = at.kind === 'utc' || tzid === undefined ? instantOf(at, zone.zone) : instantOf(at, context.findZone(tzid, line).zone);
  // Of a series of whole days, a time can only mean its day.
  if (first.kind !== 'date') return instant;
  return zone.zone.toInstant(startOfDay(at.kind === 'utc' ? toLocal(zone.zone, instant) : at.local));
}

function modifiedOccurrence(item: NewCalendarItem, override: ICalendarComponent, at: Instant, context: EventContext): ModifiedOccurrence {
  const time = eventTime(override, context);
  const details = detailsOf(override, time);
  const changed = Object.entries(details).filter(([name, value]) => item[name as keyof CalendarItemDetails] !== value);
  return { originalStart: at, start: time.start, end: time.end, ...(Object.fromEntries(changed) as Partial<CalendarItemDetails>) };
}

/**
 * A series takes its time of day from its first occurrence. Where a gap of the clock swallows that very time, a later day
 * gives it instead.
 */
function unskippedTimes({ first, zone, start, end }: EventTime): { start: Instant; end: Instant } {
  for (let days = 0; days < 8; days++) {
    const local = first.local + days * dayMs;
    const at = instantOf({ ...first, local }, zone.zone);
    if (toLocal(zone.zone, at) === (first.kind === 'utc' ? at : local)) return days === 0 ? { start, end } : { start: at, end: at + end - start };
  }
  return { start, end };
}

function zoneProperties({ timeZone, timeZoneRules }: ICalendarZone): Pick<NewCalendarItem, 'timeZone' | 'timeZoneRules'> {
  return timeZoneRules === undefined ? { timeZone } : { timeZone, timeZoneRules };
}

function detailsOf(component: ICalendarComponent, { first, zone, start, end }: EventTime): CalendarItemDetails {
  const isMidnight = (instant: Instant): boolean => toLocal(zone.zone, instant) % dayMs === 0;
  return {
    subject: textOf(component, 'SUMMARY'),
    location: textOf(component, 'LOCATION'),
    freeBusyStatus: freeBusyStatusOf(component),
    sensitivity: sensitivityOf(wordOf(component, 'CLASS')),
    isAllDay: first.kind === 'date' || (wordOf(component, 'X-MICROSOFT-CDO-ALLDAYEVENT') === 'TRUE' && end > start && isMidnight(start) && isMidnight(end)),
    isMeeting: propertiesOf(component, 'ATTENDEE').length > 0,
    isReminderSet: component.components.some(({ name }) => name === 'VALARM'),
  };
}

/** [MS-OXCICAL] 2.1.3.1.1.20.31; WORKINGELSEWHERE came later, OUTOFOFFICE is how CDO spelt it. */
const busyStatuses: Readonly<Record<string, FreeBusyStatus>> = {
  FREE: 'Free',
  TENTATIVE: 'Tentative',
  BUSY: 'Busy',
  OOF: 'OOF',
  OUTOFOFFICE: 'OOF',
  WORKINGELSEWHERE: 'WorkingElsewhere',
};

/**
 * What Exchange writes says most. Without it, RFC 4791 §7.10 holds: transparent events are free, tentative ones
 * tentative. ([MS-OXCICAL] 2.1.3.1.1.20.23 would let `TRANSP:OPAQUE`, which many products always write, hide a tentative
 * status.)
 */
function freeBusyStatusOf(component: ICalendarComponent): FreeBusyStatus {
  const exact = busyStatuses[wordOf(component, 'X-MICROSOFT-CDO-BUSYSTATUS') || wordOf(component, 'X-MICROSOFT-MSNCALENDAR-BUSYSTATUS')];
  if (exact !== undefined) return exact;
  if (wordOf(component, 'TRANSP') === 'TRANSPARENT') return 'Free';
  return wordOf(component, 'STATUS') === 'TENTATIVE' ? 'Tentative' : 'Busy';
}

/** RFC 5545 §3.8.1.3: a class that nobody knows is private. X-PERSONAL is Exchange's (*unverified*). */
function sensitivityOf(word: string): Sensitivity {
  if (word === '' || word === 'PUBLIC') return 'Normal';
  if (word === 'CONFIDENTIAL') return 'Confidential';
  return word === 'X-PERSONAL' ? 'Personal' : 'Private';
}

function required(component: ICalendarComponent, name: string): ContentLine {
  const line = onlyProperty(component, name);
  if (line !== undefined) return line;
  const uid = textOf(component, 'UID');
  throw new UnreadablePart(component.line, `the event ${uid === '' ? '' : `${quoted(uid)} `}has no ${name}`);
}
