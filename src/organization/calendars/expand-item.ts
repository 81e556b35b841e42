import { dayMs, startOfDay } from './calendar-date.ts';
import type { CalendarItem, CalendarItemDetails, CalendarOccurrence, ModifiedOccurrence, NewCalendarItem } from './calendar-item.ts';
import { createTimeZone } from './create-time-zone.ts';
import { observedTimeZone } from './observed-time-zone.ts';
import { lastDate, patternDates } from './pattern-dates.ts';
import type { Recurrence } from './recurrence.ts';
import type { Instant, LocalTime, TimeZone } from './time-zone.ts';
import { toLocal } from './time-zone.ts';

/** A stretch of time; `end` is exclusive. */
export interface InstantWindow {
  start: Instant;
  end: Instant;
}

/** A series with its zone and what follows from the first occurrence. */
interface Series {
  item: NewCalendarItem;
  recurrence: Recurrence;
  zone: TimeZone;
  /** Of every occurrence, after midnight. */
  timeOfDay: number;
  /** Length on the wall clock, and in true milliseconds. */
  wallLength: number;
  length: number;
}

/**
 * The happenings of an item that touch a window: `start` before the window's end and `end` after its start; one without
 * length counts when it lies in the window. They come as they are found, not sorted, so that a caller with a limit can
 * stop. The cost follows the window: the pattern is entered near it, however long ago the series began.
 */
export function* expandItem(item: CalendarItem, window: InstantWindow): Generator<CalendarOccurrence> {
  if (!isSeries(item)) {
    if (touches(item.start, item.end, window)) yield occurrenceOf(item, item, item.start, item.end, false);
    return;
  }
  for (const modified of item.modifiedOccurrences ?? []) {
    if (touches(modified.start, modified.end, window)) yield occurrenceOf(item, modified, modified.start, modified.end, true);
  }
  const gone = new Set<Instant>(item.deletedOccurrences);
  for (const modified of item.modifiedOccurrences ?? []) gone.add(modified.originalStart);
  for (const added of item.recurrence === undefined ? [item, ...(item.addedOccurrences ?? [])] : (item.addedOccurrences ?? [])) {
    if (gone.has(added.start)) continue;
    // An added one replaces what the pattern puts at the same time.
    gone.add(added.start);
    if (touches(added.start, added.end, window)) yield occurrenceOf(item, item, added.start, added.end, false);
  }
  if (item.recurrence === undefined) return;
  for (const { start, end } of patternOccurrences(seriesOf(item, item.recurrence), window)) {
    if (!gone.has(start)) yield occurrenceOf(item, item, start, end, false);
  }
}

/** True for an item that happens more than once: by a pattern, or on further dates of its own. */
export function isSeries(item: NewCalendarItem): boolean {
  return item.recurrence !== undefined || (item.addedOccurrences ?? []).length > 0 || (item.modifiedOccurrences ?? []).length > 0 || (item.deletedOccurrences ?? []).length > 0;
}

/** The zone in which an item recurs and has its midnights. */
export function zoneOf(item: Pick<NewCalendarItem, 'timeZone' | 'timeZoneRules'>): TimeZone {
  return item.timeZoneRules === undefined ? createTimeZone(item.timeZone) : observedTimeZone(item.timeZone, item.timeZoneRules);
}

/**
 * From the beginning of an item's first happening to the end of its last, exceptions included; `end` is Infinity for a
 * series without end. A series has a day to spare on either side, so that a change of time zone data cannot cut it off.
 */
export function spanOf(item: NewCalendarItem): InstantWindow {
  const span = item.recurrence === undefined ? { start: item.start, end: item.end } : patternSpan(seriesOf(item, item.recurrence));
  for (const { start, end } of [...(item.modifiedOccurrences ?? []), ...(item.addedOccurrences ?? [])]) {
    span.start = Math.min(span.start, start);
    span.end = Math.max(span.end, end);
  }
  return span;
}

function patternSpan({ recurrence, zone, timeOfDay, wallLength, length }: Series): InstantWindow {
  const last = lastDate(recurrence, patternDates(recurrence));
  return {
    start: zone.toInstant(recurrence.range.startDate) - dayMs,
    end: last === Number.POSITIVE_INFINITY ? last : zone.toInstant(last + timeOfDay) + Math.max(wallLength, length) + dayMs,
  };
}

function seriesOf(item: NewCalendarItem, recurrence: Recurrence): Series {
  const zone = zoneOf(item);
  const localStart = localTimeOf(item, zone, item.start);
  return {
    item,
    recurrence,
    zone,
    timeOfDay: localStart - startOfDay(localStart),
    wallLength: localTimeOf(item, zone, item.end) - localStart,
    length: item.end - item.start,
  };
}

/** On a day whose midnight a gap swallowed, whole days begin and end at the first moment of the day, and mean midnight. */
function localTimeOf(item: NewCalendarItem, zone: TimeZone, instant: Instant): LocalTime {
  const local = toLocal(zone, instant);
  if (!item.isAllDay) return local;
  const midnight = startOfDay(local);
  return zone.toInstant(midnight) === instant ? midnight : local;
}

function* patternOccurrences(series: Series, window: InstantWindow): Generator<InstantWindow> {
  const { recurrence, zone, timeOfDay, wallLength, length } = series;
  const dates = patternDates(recurrence);
  const { startDate } = recurrence.range;
  // A day to spare on either side covers every offset; the exact comparison comes below.
  const from = Math.max(startDate, startOfDay(window.start) - Math.max(wallLength, length, 0) - 2 * dayMs);
  const to = Math.min(lastDate(recurrence, dates), startOfDay(window.end) + 2 * dayMs);
  if (from > to) return;
  const lastPeriod = dates.periodOf(to);
  for (let period = Math.max(0, dates.periodOf(from)); period <= lastPeriod; period++) {
    for (const date of dates.datesIn(period)) {
      if (date < startDate || date > to) continue;
      const start = zone.toInstant(date + timeOfDay);
      const end = endOf(series, date + timeOfDay, start);
      if (touches(start, end, window) && dayExists(zone, date, start)) yield { start, end };
    }
  }
}

/**
 * An occurrence ends at the time of day at which the first one ended ([MS-OXOCAL] 2.2.1.44.5 EndTimeOffset), so it is an
 * hour longer or shorter when the clock changes meanwhile. Where a gap moved its start, or that end would not come after
 * the start, it keeps its true length instead (*unverified* what Exchange does there).
 */
function endOf({ item, zone, wallLength, length }: Series, local: LocalTime, start: Instant): Instant {
  if (wallLength < 0 || (length > 0 && wallLength === 0)) return start + length;
  const moved = toLocal(zone, start) !== local;
  if (moved && !item.isAllDay) return start + wallLength;
  const end = zone.toInstant(local + wallLength);
  return end > start || wallLength === 0 ? Math.max(end, start) : start + wallLength;
}

/** False on a date that the zone never had, such as 2011-12-30 in Samoa: then there is no occurrence. */
function dayExists(zone: TimeZone, date: LocalTime, start: Instant): boolean {
  if (startOfDay(toLocal(zone, start)) === date) return true;
  return startOfDay(toLocal(zone, zone.toInstant(date))) === date;
}

function touches(start: Instant, end: Instant, window: InstantWindow): boolean {
  return start < window.end && (end > window.start || start >= window.start);
}

function occurrenceOf(item: CalendarItem, details: Partial<CalendarItemDetails> | ModifiedOccurrence, start: Instant, end: Instant, isException: boolean): CalendarOccurrence {
  return {
    itemId: item.id,
    start,
    end,
    subject: details.subject ?? item.subject,
    location: details.location ?? item.location,
    freeBusyStatus: details.freeBusyStatus ?? item.freeBusyStatus,
    sensitivity: details.sensitivity ?? item.sensitivity,
    isAllDay: details.isAllDay ?? item.isAllDay,
    isMeeting: details.isMeeting ?? item.isMeeting,
    isReminderSet: details.isReminderSet ?? item.isReminderSet,
    isRecurring: isSeries(item),
    isException,
  };
}
