import { dateOf, dayMs, daysInMonth } from '../calendar-date.ts';
import type { Instant, LocalTime, TimeZone } from '../time-zone.ts';
import type { ContentLine } from './icalendar-components.ts';
import { quoted, UnreadablePart } from './icalendar-refusal.ts';

/** A DATE or DATE-TIME (RFC 5545 §3.3.4, §3.3.5): what it says on the clock, and how that is to be read. */
export interface ICalendarTime {
  kind: 'date' | 'local' | 'utc';
  local: LocalTime;
}

/** A DURATION: weeks and days are counted on the calendar, the rest on the clock (RFC 5545 §3.3.6). */
export interface ICalendarDuration {
  days: number;
  milliseconds: number;
}

/** A form is told by its looks: products often leave out VALUE=DATE. @throws UnreadablePart */
export function timeOf(line: ContentLine, text: string = line.value): ICalendarTime {
  const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(text.trim());
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((group) => Number(match?.[group] ?? 0)) as [number, number, number, number, number, number];
  if (match === null || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month) || hour > 23 || minute > 59 || second > 60 || year < 1601) {
    throw new UnreadablePart(line.number, `${line.name} ${quoted(text)} is not a date or a time`);
  }
  const date = dateOf(year, month, day);
  if (match[4] === undefined) return { kind: 'date', local: date };
  // A leap second counts as the one before it, as nobody's calendar knows it.
  const local = date + ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1000;
  return { kind: match[7] === 'Z' ? 'utc' : 'local', local };
}

/** Several values, by comma. @throws UnreadablePart */
export function valuesOf(line: ContentLine): readonly string[] {
  if (line.value.trim() === '') throw new UnreadablePart(line.number, `${line.name} has no value`);
  return line.value.split(',');
}

export function instantOf(time: ICalendarTime, zone: TimeZone): Instant {
  return time.kind === 'utc' ? time.local : zone.toInstant(time.local);
}

/** @throws UnreadablePart */
export function durationOf(line: ContentLine, text: string = line.value): ICalendarDuration {
  const match = /^([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,7})M)?(?:(\d{1,7})S)?)?$/.exec(text.trim());
  if (match === null || !/\d/.test(text)) throw new UnreadablePart(line.number, `${line.name} ${quoted(text)} is not a duration`);
  const [weeks, days, hours, minutes, seconds] = [2, 3, 4, 5, 6].map((group) => Number(match[group] ?? 0)) as [number, number, number, number, number];
  const duration = { days: weeks * 7 + days, milliseconds: ((hours * 60 + minutes) * 60 + seconds) * 1000 };
  if (match[1] === '-' && duration.days + duration.milliseconds > 0) throw new UnreadablePart(line.number, `${line.name} ${quoted(text)} is negative`);
  return duration;
}

export function addDuration(start: ICalendarTime, { days, milliseconds }: ICalendarDuration, zone: TimeZone): Instant {
  return instantOf({ ...start, local: start.local + days * dayMs }, zone) + milliseconds;
}

/** A PERIOD: start and end, or start and duration (RFC 5545 §3.3.9). @throws UnreadablePart */
export function periodOf(line: ContentLine, text: string, zone: TimeZone): { start: Instant; end: Instant } {
  const [first, second, more] = text.trim().split('/');
  const bad = new UnreadablePart(line.number, `${line.name} ${quoted(text)} is not a period`);
  if (first === undefined || second === undefined || more !== undefined) throw bad;
  const from = timeOf(line, first);
  if (from.kind === 'date') throw bad;
  const start = instantOf(from, zone);
  if (/^[+-]?P/.test(second)) return { start, end: addDuration(from, durationOf(line, second), zone) };
  const to = timeOf(line, second);
  if (to.kind === 'date') throw bad;
  const end = instantOf(to, zone);
  if (end < start) throw new UnreadablePart(line.number, `${line.name} ${quoted(text)} ends before it starts`);
  return { start, end };
}
