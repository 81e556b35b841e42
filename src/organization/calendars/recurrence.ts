import type { LocalTime } from './time-zone.ts';

export type DayOfWeek = 'Sunday' | 'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday';
/** EWS also counts groups of days: "the first weekday of the month". */
export type DayOfWeekOrGroup = DayOfWeek | 'Day' | 'Weekday' | 'WeekendDay';
export type DayOfWeekIndex = 'First' | 'Second' | 'Third' | 'Fourth' | 'Last';

/** The recurrence patterns of Exchange ([MS-OXWSCDATA] RecurrencePatternTypes). Months are 1 to 12. */
export type RecurrencePattern =
  | { type: 'Daily'; interval: number }
  | { type: 'Weekly'; interval: number; daysOfWeek: readonly DayOfWeek[]; firstDayOfWeek: DayOfWeek }
  | { type: 'AbsoluteMonthly'; interval: number; dayOfMonth: number }
  | { type: 'RelativeMonthly'; interval: number; daysOfWeek: DayOfWeekOrGroup; dayOfWeekIndex: DayOfWeekIndex }
  | { type: 'AbsoluteYearly'; month: number; dayOfMonth: number }
  | { type: 'RelativeYearly'; month: number; daysOfWeek: DayOfWeekOrGroup; dayOfWeekIndex: DayOfWeekIndex };

/** Where a series begins and ends. Dates are wall-clock midnights in the series' own zone. */
export type RecurrenceRange =
  | { type: 'NoEnd'; startDate: LocalTime }
  | { type: 'EndDate'; startDate: LocalTime; endDate: LocalTime }
  | { type: 'Numbered'; startDate: LocalTime; numberOfOccurrences: number };

export interface Recurrence {
  pattern: RecurrencePattern;
  range: RecurrenceRange;
}
