import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkRecurrence } from './check-recurrence.ts';
import type { RecurrencePattern, RecurrenceRange } from './recurrence.ts';

const startDate = Date.UTC(2026, 0, 5);
const noEnd: RecurrenceRange = { type: 'NoEnd', startDate };
const daily: RecurrencePattern = { type: 'Daily', interval: 1 };

test('takes what Exchange takes, up to its limits', () => {
  const patterns: RecurrencePattern[] = [
    { type: 'Daily', interval: 999 },
    { type: 'Weekly', interval: 99, daysOfWeek: ['Monday'], firstDayOfWeek: 'Sunday' },
    { type: 'AbsoluteMonthly', interval: 99, dayOfMonth: 31 },
    { type: 'RelativeMonthly', interval: 1, daysOfWeek: 'WeekendDay', dayOfWeekIndex: 'Last' },
    { type: 'AbsoluteYearly', month: 2, dayOfMonth: 30 },
    { type: 'RelativeYearly', month: 12, daysOfWeek: 'Friday', dayOfWeekIndex: 'Fourth' },
  ];
  for (const pattern of patterns) checkRecurrence({ pattern, range: noEnd });
  checkRecurrence({ pattern: daily, range: { type: 'Numbered', startDate, numberOfOccurrences: 999 } });
  checkRecurrence({ pattern: daily, range: { type: 'EndDate', startDate, endDate: startDate } });
});

test('refuses the rest, and names the element', () => {
  const cases: [RecurrencePattern, RecurrenceRange, string][] = [
    [{ type: 'Daily', interval: 0 }, noEnd, 'Interval'],
    [{ type: 'Daily', interval: 1000 }, noEnd, 'Interval'],
    [{ type: 'Daily', interval: 1.5 }, noEnd, 'Interval'],
    [{ type: 'Weekly', interval: 100, daysOfWeek: ['Monday'], firstDayOfWeek: 'Sunday' }, noEnd, 'Interval'],
    [{ type: 'Weekly', interval: 1, daysOfWeek: [], firstDayOfWeek: 'Sunday' }, noEnd, 'DaysOfWeek'],
    [{ type: 'Weekly', interval: 1, daysOfWeek: ['Monday', 'Monday'], firstDayOfWeek: 'Sunday' }, noEnd, 'DaysOfWeek'],
    [{ type: 'AbsoluteMonthly', interval: 1, dayOfMonth: 32 }, noEnd, 'DayOfMonth'],
    [{ type: 'AbsoluteYearly', month: 13, dayOfMonth: 1 }, noEnd, 'Month'],
    [{ type: 'AbsoluteYearly', month: 2, dayOfMonth: 30, skipShortMonths: true }, noEnd, 'DayOfMonth'],
    [{ type: 'RelativeMonthly', interval: 1, daysOfWeek: 'Someday' as 'Day', dayOfWeekIndex: 'Last' }, noEnd, 'DaysOfWeek'],
    [{ type: 'Hourly' } as unknown as RecurrencePattern, noEnd, 'Recurrence'],
    [daily, { type: 'Numbered', startDate, numberOfOccurrences: 1000 }, 'NumberOfOccurrences'],
    [daily, { type: 'EndDate', startDate, endDate: startDate - 86_400_000 }, 'EndDate'],
    [daily, { type: 'NoEnd', startDate: startDate + 1 }, 'StartDate'],
    [daily, { type: 'NoEnd', startDate: Number.NaN }, 'StartDate'],
    [{ type: 'AbsoluteMonthly', interval: 1, dayOfMonth: 31, skipShortMonths: true }, { type: 'Numbered', startDate, numberOfOccurrences: 3 }, 'NumberOfOccurrences'],
  ];
  for (const [pattern, range, element] of cases) {
    assert.throws(() => checkRecurrence({ pattern, range }), (error: { code: string; facts: { element: string } }) => error.code === 'ORGANIZATION_INVALID_RECURRENCE' && error.facts.element === element, JSON.stringify([pattern, range]));
  }
});
