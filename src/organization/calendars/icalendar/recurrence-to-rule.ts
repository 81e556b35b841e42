import { daysInMonth, daysOfWeek } from '../calendar-date.ts';
import type { DayOfWeek, DayOfWeekIndex, DayOfWeekOrGroup, RecurrencePattern } from '../recurrence.ts';

/** An RRULE without its end, as ical.js writes it. */
export type RuleParts = Record<string, string | number | string[] | number[]>;

const positions: Readonly<Record<DayOfWeekIndex, number>> = { First: 1, Second: 2, Third: 3, Fourth: 4, Last: -1 };
const workDays: readonly DayOfWeek[] = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];

/**
 * The rule that means the same as a pattern of Exchange ([MS-OXCICAL] 2.1.3.2.2). Exchange moves days 29 to 31 to the end of
 * a shorter month; a rule says so as "the last of the days 28 to 31".
 */
export function ruleOfPattern(pattern: RecurrencePattern): RuleParts {
  switch (pattern.type) {
    case 'Daily':
      return { freq: 'DAILY', interval: pattern.interval };
    case 'Weekly':
      return { freq: 'WEEKLY', interval: pattern.interval, byday: pattern.daysOfWeek.map(codeOf), wkst: codeOf(pattern.firstDayOfWeek) };
    case 'AbsoluteMonthly':
      return { freq: 'MONTHLY', interval: pattern.interval, ...dayOfMonth(pattern, 28) };
    case 'RelativeMonthly':
      return { freq: 'MONTHLY', interval: pattern.interval, ...relativeDay(pattern) };
    case 'AbsoluteYearly':
      return { freq: 'YEARLY', bymonth: [pattern.month], ...dayOfMonth(pattern, pattern.month === 2 ? 28 : daysInMonth(2001, pattern.month)) };
    default:
      return { freq: 'YEARLY', bymonth: [pattern.month], ...relativeDay(pattern) };
  }
}

/** @param shortest days that every such month has */
function dayOfMonth({ dayOfMonth: day, skipShortMonths }: { dayOfMonth: number; skipShortMonths?: true }, shortest: number): RuleParts {
  if (day <= shortest || skipShortMonths === true) return { bymonthday: [day] };
  if (day === 31) return { bymonthday: [-1] };
  return { bymonthday: [28, 29, 30].slice(0, day - 27), bysetpos: [-1] };
}

function relativeDay({ daysOfWeek: days, dayOfWeekIndex }: { daysOfWeek: DayOfWeekOrGroup; dayOfWeekIndex: DayOfWeekIndex }): RuleParts {
  const position = positions[dayOfWeekIndex];
  switch (days) {
    case 'Day':
      return { byday: daysOfWeek.map(codeOf), bysetpos: [position] };
    case 'Weekday':
      return { byday: workDays.map(codeOf), bysetpos: [position] };
    case 'WeekendDay':
      return { byday: ['SA', 'SU'], bysetpos: [position] };
    default:
      return { byday: [`${position}${codeOf(days)}`] };
  }
}

export function codeOf(day: DayOfWeek): string {
  return day.slice(0, 2).toUpperCase();
}
