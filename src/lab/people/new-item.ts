import type { CalendarItemDetails, LocalTime, NewCalendarItem, RecurrencePattern, TimeZone } from '../../organization/index.ts';
import { dayMs, minuteMs, occurrencesOf } from './agenda.ts';

export interface ItemWish extends Partial<CalendarItemDetails> {
  uid: string;
  subject: string;
  zone: TimeZone;
  /** Midnight of the day, wall clock; of a series: the day from which its pattern is looked for. */
  day: LocalTime;
  /** Minutes after midnight; 0 for an all-day item. */
  startMinute: number;
  /** Minutes; for an all-day item: whole days. */
  length: number;
}

const usual: CalendarItemDetails = { subject: '', location: '', freeBusyStatus: 'Busy', sensitivity: 'Normal', isAllDay: false, isMeeting: false, isReminderSet: true };

/** A single item. Times are wall-clock times of the zone, so that an all-day item has its midnights there. */
export function newItem({ uid, zone, day, startMinute, length, ...details }: ItemWish): NewCalendarItem {
  const startLocal = day + startMinute * minuteMs;
  const endLocal = startLocal + length * (details.isAllDay === true ? dayMs : minuteMs);
  const start = zone.toInstant(startLocal);
  // An appointment keeps its length on a day when the clocks change; a day ends at its own midnight.
  const end = details.isAllDay === true ? zone.toInstant(endLocal) : start + length * minuteMs;
  return { ...usual, ...details, uid, start, end, timeZone: zone.id };
}

/** How a series ends: after a number of occurrences, on a date, or not at all. */
export type SeriesEnd = { occurrences: number } | { lastDay: LocalTime } | 'never';

/** A series whose first occurrence is the first day from `day` on that its pattern has. */
export function newSeries(wish: ItemWish, pattern: RecurrencePattern, end: SeriesEnd = 'never'): NewCalendarItem {
  const candidate: NewCalendarItem = { ...newItem(wish), recurrence: { pattern, range: { type: 'NoEnd', startDate: wish.day } } };
  // No pattern used here pauses for more than two years.
  const [first] = occurrencesOf(candidate, { start: candidate.start, end: candidate.start + 800 * dayMs });
  if (first === undefined) throw new RangeError(`The pattern of ${wish.uid} has no occurrence.`);
  const startDate = Math.floor((first.start + wish.zone.offsetAt(first.start)) / dayMs) * dayMs;
  const range =
    end === 'never'
      ? ({ type: 'NoEnd', startDate } as const)
      : 'occurrences' in end
        ? ({ type: 'Numbered', startDate, numberOfOccurrences: end.occurrences } as const)
        : ({ type: 'EndDate', startDate, endDate: end.lastDay } as const);
  return { ...candidate, start: first.start, end: first.end, recurrence: { pattern, range } };
}
