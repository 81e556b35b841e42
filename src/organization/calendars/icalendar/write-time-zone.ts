import { dateOf, dayMs, dayNumber, daysInMonth, daysOfWeek, startOfDay, yearOf } from '../calendar-date.ts';
import type { TimeZoneObservance, YearlyDay } from '../observed-time-zone.ts';
import { offsetChanges } from '../piecewise-time-zone.ts';
import type { Instant, LocalTime, TimeZone } from '../time-zone.ts';
import { codeOf } from './recurrence-to-rule.ts';

/** A component as ical.js takes it (jCal, RFC 7265): name, properties, components. */
export type JCalComponent = [name: string, properties: JCalProperty[], components: JCalComponent[]];
export type JCalProperty = [name: string, parameters: Record<string, string>, type: string, ...values: unknown[]];

/** Years for which the changes of a zone are looked at where a series has no end. */
const foresight = 8;
const mostYears = 60;

/**
 * A VTIMEZONE (RFC 5545 §3.6.5) that tells a zone's clock from the year of `from` to that of `to`. The rules of the last year
 * are taken to go on.
 *
 * @param rules of a zone that has no name: they are written as they are
 */
export function writeTimeZone(tzid: string, zone: TimeZone, window: { from: Instant; to: Instant }, rules?: readonly TimeZoneObservance[]): JCalComponent {
  const observances = rules ?? observancesOf(zone, window);
  const components = observances.map((observance): JCalComponent => {
    const { offset, offsetBefore, onset } = observance;
    const isDaylight = offset > offsetBefore;
    const properties: JCalProperty[] = [
      ['dtstart', {}, 'date-time', wallClock(onset)],
      ['tzoffsetfrom', {}, 'utc-offset', offsetText(offsetBefore)],
      ['tzoffsetto', {}, 'utc-offset', offsetText(offset)],
    ];
    if (observance.yearly !== undefined) properties.push(['rrule', {}, 'recur', ruleOf(observance.yearly, observance)]);
    return [isDaylight ? 'daylight' : 'standard', properties, []];
  });
  return ['vtimezone', [['tzid', {}, 'text', tzid]], components];
}

/** `2026-11-02T10:00:00`, as jCal wants it. */
export function wallClock(local: LocalTime): string {
  return new Date(local).toISOString().slice(0, 19);
}

function observancesOf(zone: TimeZone, { from, to }: { from: Instant; to: Instant }): readonly TimeZoneObservance[] {
  const firstYear = yearOf(from) - 1;
  const lastYear = Math.min(Math.max(yearOf(Math.min(to, from + mostYears * 366 * dayMs)), firstYear + 1) + foresight, firstYear + mostYears);
  const start = dateOf(firstYear, 1, 1);
  const changes = offsetChanges(zone, start, dateOf(lastYear + 1, 1, 1));
  const before = zone.offsetAt(start);
  const observances: TimeZoneObservance[] = [{ offsetBefore: before, offset: before, onset: start + before }];
  const running: { observance: TimeZoneObservance; days: YearlyDay[]; lastOnset: LocalTime }[] = [];
  let offsetBefore = before;
  for (const { at, offset } of changes) {
    const onset = at + offsetBefore;
    const known = running.find((run) => run.observance.offset === offset && run.observance.offsetBefore === offsetBefore && continues(run, onset));
    if (known === undefined) running.push({ observance: { offsetBefore, offset, onset }, days: yearlyDays(onset), lastOnset: onset });
    else {
      known.days = sharedDays(known.days, onset);
      known.lastOnset = onset;
    }
    offsetBefore = offset;
  }
  for (const { observance, days, lastOnset } of running) {
    const [yearly] = days;
    if (lastOnset === observance.onset || yearly === undefined) observances.push(observance);
    else observances.push({ ...observance, yearly, ...(yearOf(lastOnset) >= lastYear ? {} : { until: lastOnset }) });
  }
  // What holds before the first change need not be said twice.
  return observances.length > 1 ? observances.slice(1) : observances;
}

/** The next year's change, at the same time of a day that a rule can name. */
function continues({ days, lastOnset }: { days: readonly YearlyDay[]; lastOnset: LocalTime }, onset: LocalTime): boolean {
  return yearOf(onset) === yearOf(lastOnset) + 1 && onset - startOfDay(onset) === lastOnset - startOfDay(lastOnset) && sharedDays(days, onset).length > 0;
}

/** All the ways to say which day of its year a date is, the likeliest first. */
function yearlyDays(local: LocalTime): YearlyDay[] {
  const date = new Date(local);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  const dayOfWeek = daysOfWeek[dayNumber(local)] ?? 'Sunday';
  const order = Math.ceil(day / 7);
  const days: YearlyDay[] = [];
  if (day + 7 > daysInMonth(year, month)) days.push({ month, dayOfWeek, order: -1 });
  if (order < 5) days.push({ month, dayOfWeek, order });
  days.push({ month, dayOfMonth: day });
  for (let from = Math.max(1, day - 6); from <= day && from + 6 <= daysInMonth(year, month); from++) days.push({ month, dayOfWeek, onOrAfter: from });
  return days;
}

function sharedDays(days: readonly YearlyDay[], onset: LocalTime): YearlyDay[] {
  const others = new Set(yearlyDays(onset).map((day) => JSON.stringify(day)));
  return days.filter((day) => others.has(JSON.stringify(day)));
}

function ruleOf(yearly: YearlyDay, { until, offsetBefore }: TimeZoneObservance): Record<string, unknown> {
  const end = until === undefined ? {} : { until: `${wallClock(until - offsetBefore)}Z` };
  const bymonth = [yearly.month];
  if ('dayOfMonth' in yearly) return { freq: 'YEARLY', bymonth, bymonthday: [yearly.dayOfMonth], ...end };
  const day = codeOf(yearly.dayOfWeek);
  if ('order' in yearly) return { freq: 'YEARLY', bymonth, byday: [`${yearly.order === 5 ? -1 : yearly.order}${day}`], ...end };
  return { freq: 'YEARLY', bymonth, bymonthday: [0, 1, 2, 3, 4, 5, 6].map((more) => yearly.onOrAfter + more), byday: [day], ...end };
}

/** `+01:00`, as jCal wants it. */
function offsetText(offset: number): string {
  const seconds = Math.abs(Math.round(offset / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'));
  return `${offset < 0 ? '-' : '+'}${hours}:${minutes}${rest === '00' ? '' : `:${rest}`}`;
}
