import type { CalendarEvent, TimeWindow, WorkingPeriod } from '../ews/index.ts';
import { toLocal } from '../organization/index.ts';
import type { FreeBusyStatus, Instant, LocalTime, TimeZone } from '../organization/index.ts';
import { day, hour, midnightOf, minute } from './local-time-text.ts';

/** A stretch of one status. */
export interface StatusSpan {
  start: Instant;
  end: Instant;
  status: FreeBusyStatus;
}

/** What of a mailbox decides which hours are worth drawing. */
export interface ScaledRow {
  spans: readonly StatusSpan[];
  /** Wall-clock times in the mailbox's own zone. */
  workingHours?: { zone: TimeZone; periods: readonly WorkingPeriod[] };
}

/** Which hours of a day the timeline shows, and how many minutes each of its columns stands for. */
export interface DayScale {
  firstHour: number;
  /** Exclusive. */
  lastHour: number;
  columnMinutes: number;
  /** Hours were left out because nothing happens in them. */
  isTrimmed: boolean;
}

/** [MS-OXWAVLS] MergedFreeBusy: one digit per interval. */
const digitStatus: Readonly<Record<string, FreeBusyStatus>> = { '0': 'Free', '1': 'Tentative', '2': 'Busy', '3': 'OOF', '4': 'NoData' };

/** What a person most needs to know comes last: where several meet in one column, the last one is shown. */
const weight: Readonly<Record<FreeBusyStatus, number>> = { Free: 0, NoData: 1, WorkingElsewhere: 2, Tentative: 3, Busy: 4, OOF: 5 };

const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** The spans of a merged free/busy text (equal neighbours joined) or of a list of events, cut to the window. */
export function statusSpans(status: string | readonly CalendarEvent[], window: TimeWindow, stepMinutes: number): StatusSpan[] {
  if (typeof status !== 'string') {
    return status.flatMap(({ start, end, busyType }) =>
      start < window.end && end > window.start ? [{ start: Math.max(start, window.start), end: Math.min(end, window.end), status: busyType }] : [],
    );
  }
  const spans: StatusSpan[] = [];
  for (const [index, digit] of status.split('').entries()) {
    const start = window.start + index * stepMinutes * minute;
    const end = Math.min(start + stepMinutes * minute, window.end);
    if (start >= window.end) break;
    const known = digitStatus[digit] ?? 'NoData';
    const last = spans.at(-1);
    if (last?.status === known) last.end = end;
    else spans.push({ start, end, status: known });
  }
  return spans;
}

/** The status of the weightiest span that touches the interval; free where none does. */
export function statusWithin(spans: readonly StatusSpan[], start: Instant, end: Instant): FreeBusyStatus {
  let found: FreeBusyStatus = 'Free';
  for (const span of spans) {
    if (span.start < end && span.end > start && weight[span.status] > weight[found]) found = span.status;
  }
  return found;
}

export function isWorkingTime(hours: NonNullable<ScaledRow['workingHours']>, instant: Instant): boolean {
  const local = toLocal(hours.zone, instant);
  const dayName = dayNames[new Date(local).getUTCDay()] ?? 'Sunday';
  const minutes = (local - midnightOf(local)) / minute;
  return hours.periods.some((period) => period.daysOfWeek.includes(dayName) && minutes >= period.startTimeInMinutes && minutes < period.endTimeInMinutes);
}

/** The midnights of the days that a window touches, in a zone. */
export function daysOf(window: TimeWindow, zone: TimeZone): LocalTime[] {
  const days: LocalTime[] = [];
  const end = toLocal(zone, window.end - 1);
  for (let at = midnightOf(toLocal(zone, window.start)); at <= end; at += day) days.push(at);
  return days;
}

/** The day on which clocks go forward. */
const shortestDay = 23 * hour;
const shownByDefault = { firstHour: 8, lastHour: 18 };
/** Below five minutes a column nothing is gained; above four hours nothing can be read. */
const columnChoices = [5, 10, 15, 20, 30, 60, 120, 240];
/** An hour wider than this is harder to take in, not easier. */
const widestHour = 6;

/**
 * Chooses one scale for all days, so that they stand below one another. Hours in which nobody works and nothing
 * happens are left out; a window of less than a day is shown as asked.
 */
export function chooseScale(rows: readonly ScaledRow[], window: TimeWindow, zone: TimeZone, width: number): DayScale {
  const { firstHour, lastHour, isTrimmed } = shownHours(rows, window, zone);
  const hours = lastHour - firstHour;
  const fitting = columnChoices.find((minutes) => 60 / minutes <= widestHour && Math.ceil((hours * 60) / minutes) <= width) ?? 240;
  return { firstHour, lastHour, columnMinutes: fitting, isTrimmed };
}

function shownHours(rows: readonly ScaledRow[], window: TimeWindow, zone: TimeZone): Omit<DayScale, 'columnMinutes'> {
  const days = daysOf(window, zone);
  const [onlyDay] = days;
  if (days.length === 1 && onlyDay !== undefined && window.end - window.start < shortestDay) {
    return { firstHour: Math.floor((toLocal(zone, window.start) - onlyDay) / hour), lastHour: Math.ceil((toLocal(zone, window.end - 1) + 1 - onlyDay) / hour), isTrimmed: false };
  }
  let { firstHour, lastHour } = shownByDefault;
  for (const midnight of days) {
    for (let at = 0; at < 24; at++) {
      if (at >= firstHour && at < lastHour) continue;
      const start = zone.toInstant(midnight + at * hour);
      const end = Math.min(zone.toInstant(midnight + (at + 1) * hour), window.end);
      if (start >= window.end || end <= window.start || end <= start) continue;
      if (!rows.some((row) => happensWithin(row, start, end, zone, midnight))) continue;
      firstHour = Math.min(firstHour, at);
      lastHour = Math.max(lastHour, at + 1);
    }
  }
  return { firstHour, lastHour, isTrimmed: lastHour - firstHour < 24 };
}

function happensWithin(row: ScaledRow, start: Instant, end: Instant, zone: TimeZone, midnight: LocalTime): boolean {
  if (row.workingHours !== undefined && isWorkingTime(row.workingHours, start)) return true;
  return row.spans.some((span) => {
    if (span.status === 'Free' || span.start >= end || span.end <= start) return false;
    // What fills the day shows in whichever hours are drawn.
    return span.start > zone.toInstant(midnight) || span.end < zone.toInstant(midnight + day);
  });
}
