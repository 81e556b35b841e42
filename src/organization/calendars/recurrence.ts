import type { LocalTime } from './time-zone.ts';

export type DayOfWeek = 'Sunday' | 'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday';
/** EWS also counts groups of days: "the first weekday of the month". */
export type DayOfWeekOrGroup = DayOfWeek | 'Day' | 'Weekday' | 'WeekendDay';
export type DayOfWeekIndex = 'First' | 'Second' | 'Third' | 'Fourth' | 'Last';

/**
 * The recurrence patterns of Exchange ([MS-OXWSCDATA] RecurrencePatternTypes). Months are 1 to 12. Intervals are 1 to
 * 999 days, 1 to 99 weeks or months (EWS element reference, DailyRecurrence and AbsoluteMonthlyRecurrence). Where a
 * month is shorter than `dayOfMonth`, its last day is meant (EWS element reference, DayOfMonth), unless
 * `skipShortMonths` is set: then that month has no occurrence, as iCalendar wants it (RFC 5545 §3.3.10). Exchange has no
 * such mark; only imported series carry it.
 */
export type RecurrencePattern =
  | { type: 'Daily'; interval: number }
  | { type: 'Weekly'; interval: number; daysOfWeek: readonly DayOfWeek[]; firstDayOfWeek: DayOfWeek }
  | { type: 'AbsoluteMonthly'; interval: number; dayOfMonth: number; skipShortMonths?: true }
  | { type: 'RelativeMonthly'; interval: number; daysOfWeek: DayOfWeekOrGroup; dayOfWeekIndex: DayOfWeekIndex }
  | { type: 'AbsoluteYearly'; month: number; dayOfMonth: number; skipShortMonths?: true }
  | { type: 'RelativeYearly'; month: number; daysOfWeek: DayOfWeekOrGroup; dayOfWeekIndex: DayOfWeekIndex };

/**
 * Where a series begins and ends. Dates are wall-clock midnights in the series' own zone. The first occurrence is on the
 * first date of the pattern that is not before `startDate`; intervals count from the day, week, month or year that holds
 * `startDate` ([MS-OXOCAL] 2.2.1.44.1.1). `numberOfOccurrences` is 1 to 999 and counts deleted occurrences too.
 */
export type RecurrenceRange =
  | { type: 'NoEnd'; startDate: LocalTime }
  | { type: 'EndDate'; startDate: LocalTime; endDate: LocalTime }
  | { type: 'Numbered'; startDate: LocalTime; numberOfOccurrences: number };

export interface Recurrence {
  pattern: RecurrencePattern;
  range: RecurrenceRange;
}
