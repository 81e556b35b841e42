import { OrganizationError } from '../organization-error.ts';
import { dateOf, dayMs, dayNumber, daysInMonth, daysOfWeek, yearOf } from './calendar-date.ts';
import type { TimeZoneObservance } from './observed-time-zone.ts';
import { observedTimeZone } from './observed-time-zone.ts';
import type { OffsetChange } from './piecewise-time-zone.ts';
import { offsetChanges } from './piecewise-time-zone.ts';
import type { DayOfWeek } from './recurrence.ts';
import type { Instant, TimeZone } from './time-zone.ts';
import { toLocal } from './time-zone.ts';

/** [MS-OXWAVLS] SerializableTimeZone. Biases in minutes, UTC = local + bias, as Windows counts. */
export interface SerializableTimeZone {
  bias: number;
  standardTime: SerializableTimeZoneTransition;
  daylightTime: SerializableTimeZoneTransition;
}

export interface SerializableTimeZoneTransition {
  /** Minutes added to the zone's own bias. */
  bias: number;
  /** `HH:mm:ss`. */
  time: string;
  /** 1 to 5 (5 = last) with `year` absent; a day of the month with it. */
  dayOrder: number;
  /** 1 to 12; 0 or equal transitions mean: no daylight saving. */
  month: number;
  dayOfWeek: DayOfWeek;
  year?: number;
}

const minuteMs = 60_000;
/** Yearly rules hold for all time; Windows counts its years from here. */
const firstYear = 1601;

/**
 * The zone that a SerializableTimeZone describes. Each transition's time is on the wall clock that it ends. A transition
 * with a year happens once, as in the absolute form of Windows' SYSTEMTIME.
 *
 * @throws OrganizationError `ORGANIZATION_INVALID_TIME_ZONE`; `facts.element` names the value that makes no sense
 */
export function fromSerializable(zone: SerializableTimeZone): TimeZone {
  const standard = offsetOf(zone.bias, zone.standardTime.bias, 'StandardTime');
  const daylight = offsetOf(zone.bias, zone.daylightTime.bias, 'DaylightTime');
  if (zone.standardTime.month === 0 || zone.daylightTime.month === 0 || sameMoment(zone.standardTime, zone.daylightTime)) {
    return observedTimeZone('Custom', [{ offset: standard, offsetBefore: standard, onset: dateOf(firstYear, 1, 1) }]);
  }
  return observedTimeZone('Custom', [
    observanceOf(zone.standardTime, 'StandardTime', daylight, standard),
    observanceOf(zone.daylightTime, 'DaylightTime', standard, daylight),
  ]);
}

/**
 * The rules of a zone in force in the year of `at`, in that zone. The larger offset of the year counts as daylight
 * time. A year with a single change gets its other transition on 1 January, as Windows' own yearly tables do; of a year
 * with more than two, the change before `at` and the one after it are given. Without changes, both transitions have
 * month 0, as in Windows' own tables (*unverified* for Exchange's answers).
 */
export function toSerializable(zone: TimeZone, at: Instant): SerializableTimeZone {
  const year = yearOf(toLocal(zone, at));
  const start = zone.toInstant(dateOf(year, 1, 1));
  const startOffset = zone.offsetAt(start);
  const changes = pickTwo(offsetChanges(zone, start, zone.toInstant(dateOf(year + 1, 1, 1))), at);
  const [first, second] = changes;
  if (first === undefined) return fixedZone(startOffset);
  if (second === undefined) return between(zone, year, startOffset, first, { at: start, offset: startOffset });
  return between(zone, year, zone.offsetAt(first.at - 1), first, second);
}

function between(zone: TimeZone, year: number, offsetBefore: number, first: OffsetChange, second: OffsetChange): SerializableTimeZone {
  const [toDaylight, toStandard] = first.offset > offsetBefore ? [first, second] : [second, first];
  const standard = Math.min(first.offset, offsetBefore);
  const daylight = Math.max(first.offset, offsetBefore);
  const bias = biasOf(standard);
  return {
    bias,
    standardTime: transitionOf(zone, year, toStandard, daylight, 0),
    daylightTime: transitionOf(zone, year, toDaylight, standard, biasOf(daylight) - bias),
  };
}

function transitionOf(zone: TimeZone, year: number, change: OffsetChange, offsetBefore: number, bias: number): SerializableTimeZoneTransition {
  // The made-up change on 1 January begins with the year on the wall clock that it starts.
  const local = zone.offsetAt(change.at - 1) === offsetBefore ? change.at + offsetBefore : dateOf(year, 1, 1);
  const date = new Date(local);
  const month = date.getUTCMonth() + 1;
  return {
    bias,
    time: date.toISOString().slice(11, 19),
    dayOrder: dayOrderOf(zone, local, offsetBefore, change.offset),
    month,
    dayOfWeek: daysOfWeek[dayNumber(local)] ?? 'Sunday',
  };
}

/** Which weekday of the month it is. Where "fourth" and "last" are both true, other years show which one is meant. */
function dayOrderOf(zone: TimeZone, local: number, offsetBefore: number, offset: number): number {
  const date = new Date(local);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  const order = Math.ceil(day / 7);
  if (order < 4 || day + 7 <= daysInMonth(year, month)) return order;
  if (order === 5) return 5;
  for (const distance of [1, 2, 3, 4, 5, 6, -1, -2, -3, -4, -5, -6]) {
    const start = dateOf(year + distance, month, 1) - offsetBefore;
    const same = offsetChanges(zone, start, start + daysInMonth(year + distance, month) * dayMs).find((change) => change.offset === offset);
    if (same === undefined) continue;
    const otherDay = new Date(same.at + offsetBefore).getUTCDate();
    if (otherDay > 28) return 5;
    if (otherDay + 7 <= daysInMonth(year + distance, month)) return 4;
  }
  return 5;
}

function fixedZone(offset: number): SerializableTimeZone {
  const never: SerializableTimeZoneTransition = { bias: 0, time: '00:00:00', dayOrder: 0, month: 0, dayOfWeek: 'Sunday' };
  return { bias: biasOf(offset), standardTime: never, daylightTime: { ...never } };
}

function pickTwo(changes: readonly OffsetChange[], at: Instant): readonly OffsetChange[] {
  if (changes.length <= 2) return changes;
  const next = changes.findIndex((change) => change.at > at);
  const from = next === -1 ? changes.length - 2 : Math.max(0, next - 1);
  return changes.slice(from, from + 2);
}

/** Minutes of west; never -0, which would be written as "-0". */
function biasOf(offset: number): number {
  return -Math.round(offset / minuteMs) || 0;
}

function offsetOf(bias: number, transitionBias: number, element: string): number {
  const minutes = bias + transitionBias;
  if (!Number.isInteger(minutes) || Math.abs(minutes) >= 24 * 60) throw invalid(`${element}/Bias`, minutes);
  return -minutes * minuteMs || 0;
}

function sameMoment(a: SerializableTimeZoneTransition, b: SerializableTimeZoneTransition): boolean {
  return a.month === b.month && a.dayOrder === b.dayOrder && a.dayOfWeek === b.dayOfWeek && a.time === b.time && (a.year ?? 0) === (b.year ?? 0);
}

function observanceOf(transition: SerializableTimeZoneTransition, element: string, offsetBefore: number, offset: number): TimeZoneObservance {
  const { month, dayOfWeek, dayOrder } = transition;
  const year = transition.year ?? 0;
  const timeOfDay = timeOfDayOf(transition.time, element);
  if (!Number.isInteger(month) || month < 1 || month > 12) throw invalid(`${element}/Month`, month);
  if (!daysOfWeek.includes(dayOfWeek)) throw invalid(`${element}/DayOfWeek`, dayOfWeek);
  if (year === 0) {
    if (!Number.isInteger(dayOrder) || dayOrder < 1 || dayOrder > 5) throw invalid(`${element}/DayOrder`, dayOrder);
    return { offsetBefore, offset, onset: dateOf(firstYear, 1, 1) + timeOfDay, yearly: { month, dayOfWeek, order: dayOrder } };
  }
  if (!Number.isInteger(year) || year < firstYear || year > 9999) throw invalid(`${element}/Year`, year);
  if (!Number.isInteger(dayOrder) || dayOrder < 1 || dayOrder > daysInMonth(year, month)) throw invalid(`${element}/DayOrder`, dayOrder);
  return { offsetBefore, offset, onset: dateOf(year, month, dayOrder) + timeOfDay };
}

function timeOfDayOf(time: string, element: string): number {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/.exec(time);
  const [hours, minutes, seconds] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3] ?? 0)];
  if (match === null || hours > 23 || minutes > 59 || seconds > 59) throw invalid(`${element}/Time`, time);
  return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

function invalid(element: string, value: unknown): OrganizationError {
  return new OrganizationError('ORGANIZATION_INVALID_TIME_ZONE', `The time zone is not valid: ${element}.`, {
    facts: { element, value: String(value).slice(0, 100) },
    remedy: 'Send biases in minutes, months 1 to 12 (0 for no daylight saving time), day orders 1 to 5, times as HH:mm:ss.',
  });
}
