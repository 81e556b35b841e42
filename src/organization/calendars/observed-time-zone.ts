import { dateOf, dayMs, dayNumber, daysInMonth, daysOfWeek, startOfDay, yearOf } from './calendar-date.ts';
import type { OffsetChange, OffsetStretch } from './piecewise-time-zone.ts';
import { piecewiseTimeZone } from './piecewise-time-zone.ts';
import type { DayOfWeek } from './recurrence.ts';
import type { Instant, LocalTime, TimeZone } from './time-zone.ts';

/** The day of each year on which an observance begins. Months are 1 to 12. */
export type YearlyDay =
  | { month: number; dayOfMonth: number }
  /** `order` 1 to 4 from the front; 5 and -1 are the last, -2 the last but one. */
  | { month: number; dayOfWeek: DayOfWeek; order: number }
  /** The first such weekday on that day of the month or after it. */
  | { month: number; dayOfWeek: DayOfWeek; onOrAfter: number };

/**
 * A rule by which a zone changes its offset, as VTIMEZONE states it (RFC 5545 §3.6.5). What Windows and Exchange say of
 * a zone can be said in this form too.
 */
export interface TimeZoneObservance {
  /** Milliseconds to add to the instant before the change, and after it. */
  offsetBefore: number;
  offset: number;
  /** The first change, on the wall clock before it. */
  onset: LocalTime;
  /** When the change comes every year, at the onset's time of day. Absent: only once. */
  yearly?: YearlyDay;
  /** No change after this, on the same wall clock. */
  until?: LocalTime;
}

/** A zone that follows stated rules instead of a name. Before the first change, the offset is what that change ends. */
export function observedTimeZone(id: string, observances: readonly TimeZoneObservance[]): TimeZone {
  const first = observances.reduce<TimeZoneObservance | undefined>((a, b) => (a === undefined || b.onset - b.offsetBefore < a.onset - a.offsetBefore ? b : a), undefined);
  return piecewiseTimeZone(id, (from, to) => observedStretch(observances, first?.offsetBefore ?? 0, from, to));
}

function observedStretch(observances: readonly TimeZoneObservance[], offsetBeforeAll: number, from: Instant, to: Instant): OffsetStretch {
  const changes: OffsetChange[] = [];
  let latest: OffsetChange | undefined;
  for (const observance of observances) {
    for (const change of changesNear(observance, from, to)) {
      if (change.at > from) {
        if (change.at < to) changes.push(change);
      } else if (latest === undefined || change.at >= latest.at) latest = change;
    }
  }
  changes.sort((a, b) => a.at - b.at);
  return { offset: latest?.offset ?? offsetBeforeAll, changes };
}

/** The changes of one observance in (from, to), and the last one before. */
function changesNear(observance: TimeZoneObservance, from: Instant, to: Instant): OffsetChange[] {
  const { yearly, onset, until, offset, offsetBefore } = observance;
  if (yearly === undefined) return [{ at: onset - offsetBefore, offset }];
  const changes: OffsetChange[] = [];
  const timeOfDay = onset - startOfDay(onset);
  const lastYear = Math.min(yearOf(to) + 1, until === undefined ? Number.POSITIVE_INFINITY : yearOf(until));
  for (let year = lastYear; year >= yearOf(onset); year--) {
    const local = yearlyDate(yearly, year) + timeOfDay;
    if (local < onset || (until !== undefined && local > until)) continue;
    const at = local - offsetBefore;
    changes.push({ at, offset });
    if (at <= from) break;
  }
  return changes;
}

function yearlyDate(day: YearlyDay, year: number): LocalTime {
  const { month } = day;
  if ('dayOfMonth' in day) return dateOf(year, month, Math.min(day.dayOfMonth, daysInMonth(year, month)));
  const wanted = daysOfWeek.indexOf(day.dayOfWeek);
  if ('onOrAfter' in day) {
    const from = dateOf(year, month, day.onOrAfter);
    return from + ((wanted - dayNumber(from) + 7) % 7) * dayMs;
  }
  if (day.order > 0 && day.order < 5) {
    const from = dateOf(year, month, 1 + (day.order - 1) * 7);
    return from + ((wanted - dayNumber(from) + 7) % 7) * dayMs;
  }
  const weeksFromEnd = day.order === 5 ? 0 : -day.order - 1;
  const last = dateOf(year, month, daysInMonth(year, month) - weeksFromEnd * 7);
  return last - ((dayNumber(last) - wanted + 7) % 7) * dayMs;
}
