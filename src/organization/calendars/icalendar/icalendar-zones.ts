import { startOfDay } from '../calendar-date.ts';
import { createTimeZone } from '../create-time-zone.ts';
import type { TimeZoneObservance, YearlyDay } from '../observed-time-zone.ts';
import { observedTimeZone } from '../observed-time-zone.ts';
import type { TimeZone } from '../time-zone.ts';
import { findTimeZoneName } from '../windows-time-zone.ts';
import type { ContentLine, ICalendarComponent } from './icalendar-components.ts';
import { onlyProperty, propertiesOf, textOf } from './icalendar-property.ts';
import { quoted, UnreadablePart } from './icalendar-refusal.ts';
import { timeOf, valuesOf } from './icalendar-time.ts';
import { recurrenceRuleOf } from './recurrence-rule.ts';

/** A zone that a file names, as an item keeps it. */
export interface ICalendarZone {
  zone: TimeZone;
  /** For `NewCalendarItem.timeZone` and `.timeZoneRules`. */
  timeZone: string;
  timeZoneRules?: readonly TimeZoneObservance[];
}

export type FindZone = (tzid: string, line: ContentLine) => ICalendarZone;

const mostObservances = 1000;

/**
 * Finds the zones that a calendar refers to: by Windows id or IANA name, also behind a vendor's prefix
 * (`/freeassociation.sourceforge.net/Europe/Berlin`), or by the rules of the file's own VTIMEZONE. Names that say a place
 * win over the file's rules, as those are often cut short; bare abbreviations such as `EST` do not, as products use them
 * for zones with daylight saving time.
 */
export function zonesOf(calendar: ICalendarComponent): FindZone {
  const defined = new Map<string, ICalendarComponent>();
  for (const component of calendar.components) {
    if (component.name === 'VTIMEZONE') defined.set(textOf(component, 'TZID'), component);
  }
  const found = new Map<string, ICalendarZone>();
  return (tzid, line) => {
    const known = found.get(tzid);
    if (known !== undefined) return known;
    const zone = findZone(tzid.trim(), defined.get(tzid.trim()), line);
    found.set(tzid, zone);
    return zone;
  };
}

export function namedZone(id: string): ICalendarZone {
  return { zone: createTimeZone(id), timeZone: id };
}

function findZone(tzid: string, definition: ICalendarComponent | undefined, line: ContentLine): ICalendarZone {
  const name = nameIn(tzid);
  const saysPlace = name !== undefined && (name.includes('/') || name.includes(' ') || name.toUpperCase() === 'UTC');
  if (name !== undefined && (saysPlace || definition === undefined)) return namedZone(name);
  if (definition === undefined) throw new UnreadablePart(line.number, `the time zone ${quoted(tzid)} is no known name, and the file does not define it`);
  const place = nameIn(textOf(definition, 'X-LIC-LOCATION')) ?? nameIn(textOf(definition, 'X-TZINFO').replace(/\[.*$/, ''));
  if (place !== undefined) return namedZone(place);
  const timeZoneRules = observancesOf(definition);
  const timeZone = tzid.slice(0, 100);
  return { zone: observedTimeZone(timeZone, timeZoneRules), timeZone, timeZoneRules };
}

/** The known name that an id is, or that stands at its end behind slashes. */
function nameIn(id: string): string | undefined {
  const parts = id.split('/');
  for (let from = id.startsWith('/') ? 1 : 0; from < parts.length; from++) {
    const name = parts.slice(from).join('/');
    if (name !== '' && findTimeZoneName(name) !== undefined) return name;
    if (!id.startsWith('/')) return undefined;
  }
  return undefined;
}

function observancesOf(definition: ICalendarComponent): readonly TimeZoneObservance[] {
  const observances: TimeZoneObservance[] = [];
  for (const component of definition.components) {
    if (component.name !== 'STANDARD' && component.name !== 'DAYLIGHT') continue;
    for (const observance of observancesIn(component)) observances.push(observance);
    if (observances.length > mostObservances) throw new UnreadablePart(definition.line, `the VTIMEZONE has more than ${mostObservances} changes`);
  }
  if (observances.length === 0) throw new UnreadablePart(definition.line, 'the VTIMEZONE has neither STANDARD nor DAYLIGHT');
  return observances;
}

function observancesIn(component: ICalendarComponent): TimeZoneObservance[] {
  const start = required(component, 'DTSTART');
  const offsetBefore = offsetOf(required(component, 'TZOFFSETFROM'));
  const offset = offsetOf(required(component, 'TZOFFSETTO'));
  const onset = timeOf(start).local;
  const first: TimeZoneObservance = { offsetBefore, offset, onset };
  const rule = onlyProperty(component, 'RRULE');
  const observances = [rule === undefined ? first : yearlyObservance(first, rule)];
  for (const line of propertiesOf(component, 'RDATE')) {
    for (const value of valuesOf(line)) observances.push({ offsetBefore, offset, onset: timeOf(line, value).local });
  }
  return observances;
}

function yearlyObservance(first: TimeZoneObservance, line: ContentLine): TimeZoneObservance {
  const { frequency, interval, count, until, byDay, byMonth, byMonthDay, bySetPosition, byHour, byMinute } = recurrenceRuleOf(line);
  const unreadable = new UnreadablePart(line.number, 'the RRULE of the VTIMEZONE is not a day of each year');
  if (count === 1) return first;
  const start = new Date(first.onset);
  const [month = start.getUTCMonth() + 1, ...otherMonths] = byMonth;
  const [day, ...otherDays] = byDay;
  if (frequency !== 'YEARLY' || interval !== 1 || count !== undefined || otherMonths.length + otherDays.length + bySetPosition.length > 0) throw unreadable;
  if (byMonth.length === 0 && day !== undefined) throw unreadable;
  const [hour = start.getUTCHours()] = byHour;
  const [minute = start.getUTCMinutes()] = byMinute;
  if (hour !== start.getUTCHours() || minute !== start.getUTCMinutes()) throw unreadable;
  const yearly = yearlyDay(month, day, byMonthDay, start.getUTCDate());
  if (yearly === undefined) throw unreadable;
  if (until === undefined) return { ...first, yearly };
  // UNTIL is in UTC; products that write it otherwise mean the wall clock, or the whole day.
  const last = until.kind === 'utc' ? until.local + first.offsetBefore : until.local;
  return { ...first, yearly, until: until.kind === 'date' ? startOfDay(last) + 86_399_999 : last };
}

function yearlyDay(month: number, day: ReturnType<typeof recurrenceRuleOf>['byDay'][number] | undefined, byMonthDay: readonly number[], startDay: number): YearlyDay | undefined {
  const [from = startDay] = byMonthDay.toSorted((a, b) => a - b);
  if (day === undefined) return byMonthDay.length <= 1 && from > 0 ? { month, dayOfMonth: from } : undefined;
  if (byMonthDay.length === 0) return day.order !== 0 && Math.abs(day.order) <= 5 ? { month, dayOfWeek: day.day, order: day.order } : undefined;
  const oneWeek = day.order === 0 && from > 0 && new Set(byMonthDay).size === 7 && Math.max(...byMonthDay) === from + 6;
  return oneWeek ? { month, dayOfWeek: day.day, onOrAfter: from } : undefined;
}

function required(component: ICalendarComponent, name: string): ContentLine {
  const line = onlyProperty(component, name);
  if (line === undefined) throw new UnreadablePart(component.line, `${component.name} has no ${name}`);
  return line;
}

/** UTC-OFFSET (RFC 5545 §3.3.14). */
function offsetOf(line: ContentLine): number {
  const match = /^([+-])(\d{2})(\d{2})(\d{2})?$/.exec(line.value.trim());
  const [hours, minutes, seconds] = [Number(match?.[2]), Number(match?.[3]), Number(match?.[4] ?? 0)];
  if (match === null || hours > 23 || minutes > 59 || seconds > 59) throw new UnreadablePart(line.number, `${line.name} ${quoted(line.value)} is not an offset`);
  return (match[1] === '-' ? -1 : 1) * ((hours * 60 + minutes) * 60 + seconds) * 1000 || 0;
}
