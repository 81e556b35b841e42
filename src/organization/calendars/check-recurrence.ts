import { OrganizationError } from '../organization-error.ts';
import { dateOf, dayMs, daysInMonth, daysOfWeek } from './calendar-date.ts';
import type { Recurrence, RecurrencePattern, RecurrenceRange } from './recurrence.ts';

const firstDate = dateOf(1601, 1, 1);
const lastDate = dateOf(9999, 12, 31);
const groups = new Set<string>([...daysOfWeek, 'Day', 'Weekday', 'WeekendDay']);
const indexes = new Set<string>(['First', 'Second', 'Third', 'Fourth', 'Last']);

/**
 * Refuses what Exchange would refuse too.
 *
 * @throws OrganizationError `ORGANIZATION_INVALID_RECURRENCE`; `facts.element` names the element at fault
 */
export function checkRecurrence({ pattern, range }: Recurrence): void {
  checkPattern(pattern);
  checkRange(range);
  if (range.type === 'Numbered' && 'skipShortMonths' in pattern) {
    throw invalid('NumberOfOccurrences', 'a series that skips short months ends on a date, not after a number', range.numberOfOccurrences);
  }
}

function checkPattern(pattern: RecurrencePattern): void {
  if (pattern.type === 'Daily') return checkWhole('Interval', pattern.interval, 1, 999);
  if ('interval' in pattern) checkWhole('Interval', pattern.interval, 1, 99);
  if ('month' in pattern) checkWhole('Month', pattern.month, 1, 12);
  if ('dayOfMonth' in pattern) {
    checkWhole('DayOfMonth', pattern.dayOfMonth, 1, 31);
    // 2000 was a leap year: a longer February there never is.
    if (pattern.type === 'AbsoluteYearly' && pattern.skipShortMonths === true) checkWhole('DayOfMonth', pattern.dayOfMonth, 1, daysInMonth(2000, pattern.month));
    return;
  }
  if (pattern.type === 'Weekly') {
    const { daysOfWeek: days, firstDayOfWeek } = pattern;
    if (days.length === 0 || days.length > 7 || new Set(days).size !== days.length || days.some((day) => !daysOfWeek.includes(day))) {
      throw invalid('DaysOfWeek', 'it must name one to seven different days', days.join(' '));
    }
    if (!daysOfWeek.includes(firstDayOfWeek)) throw invalid('FirstDayOfWeek', 'it must be a day of the week', firstDayOfWeek);
    return;
  }
  if (!('dayOfWeekIndex' in pattern)) throw invalid('Recurrence', 'the pattern is not known', (pattern as { type: unknown }).type);
  if (!groups.has(pattern.daysOfWeek)) throw invalid('DaysOfWeek', 'it must be a day of the week, Day, Weekday or WeekendDay', pattern.daysOfWeek);
  if (!indexes.has(pattern.dayOfWeekIndex)) throw invalid('DayOfWeekIndex', 'it must be First, Second, Third, Fourth or Last', pattern.dayOfWeekIndex);
}

function checkRange(range: RecurrenceRange): void {
  checkDate('StartDate', range.startDate);
  if (range.type === 'Numbered') checkWhole('NumberOfOccurrences', range.numberOfOccurrences, 1, 999);
  if (range.type !== 'EndDate') return;
  checkDate('EndDate', range.endDate);
  if (range.endDate < range.startDate) throw invalid('EndDate', 'it lies before the start date', range.endDate);
}

function checkDate(element: string, date: number): void {
  if (date % dayMs !== 0 || date < firstDate || date > lastDate) throw invalid(element, 'it must be a date between the years 1601 and 9999', date);
}

function checkWhole(element: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) throw invalid(element, `it must be a whole number from ${least} to ${most}`, value);
}

function invalid(element: string, reason: string, value: unknown): OrganizationError {
  return new OrganizationError('ORGANIZATION_INVALID_RECURRENCE', `The recurrence is not valid: ${element}: ${reason}.`, {
    facts: { element, value: String(value).slice(0, 100) },
  });
}
