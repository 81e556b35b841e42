import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { createTimeZone, expandItem, toLocal } from '../index.ts';
import type { CalendarItem, DayOfWeek, DayOfWeekOrGroup, RecurrencePattern, RecurrenceRange } from '../index.ts';

/**
 * The expander against two strangers: rrule-temporal says on which dates a series falls (in UTC, where its own handling
 * of gaps does not matter), Temporal says which instants these are.
 */

const day = 86_400_000;
const codes: Readonly<Record<DayOfWeek, string>> = { Sunday: 'SU', Monday: 'MO', Tuesday: 'TU', Wednesday: 'WE', Thursday: 'TH', Friday: 'FR', Saturday: 'SA' };
const weekDays = Object.keys(codes) as DayOfWeek[];
const groupCodes: Readonly<Record<string, string>> = { Day: 'SU,MO,TU,WE,TH,FR,SA', Weekday: 'MO,TU,WE,TH,FR', WeekendDay: 'SU,SA' };
const indexes = ['First', 'Second', 'Third', 'Fourth', 'Last'] as const;

const dayOfWeek = fc.constantFrom(...weekDays);
const group = fc.constantFrom<DayOfWeekOrGroup>(...weekDays, 'Day', 'Weekday', 'WeekendDay');
const interval = fc.integer({ min: 1, max: 5 });
const month = fc.integer({ min: 1, max: 12 });
const dayOfMonth = fc.oneof(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 29, max: 31 }));
const index = fc.constantFrom(...indexes);

const pattern: fc.Arbitrary<RecurrencePattern> = fc.oneof(
  fc.record({ type: fc.constant('Daily' as const), interval }),
  fc.record({ type: fc.constant('Weekly' as const), interval, daysOfWeek: fc.uniqueArray(dayOfWeek, { minLength: 1, maxLength: 7 }), firstDayOfWeek: dayOfWeek }),
  fc.record({ type: fc.constant('AbsoluteMonthly' as const), interval, dayOfMonth }),
  fc.record({ type: fc.constant('AbsoluteMonthly' as const), interval, dayOfMonth, skipShortMonths: fc.constant(true as const) }),
  fc.record({ type: fc.constant('RelativeMonthly' as const), interval, daysOfWeek: group, dayOfWeekIndex: index }),
  fc.record({ type: fc.constant('AbsoluteYearly' as const), month, dayOfMonth }),
  fc.record({ type: fc.constant('AbsoluteYearly' as const), month, dayOfMonth: fc.integer({ min: 1, max: 29 }), skipShortMonths: fc.constant(true as const) }),
  fc.record({ type: fc.constant('RelativeYearly' as const), month, daysOfWeek: group, dayOfWeekIndex: index }),
);

const zoneName = fc.constantFrom('America/New_York', 'Europe/Berlin', 'Australia/Sydney', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Asia/Kathmandu', 'UTC');
/** Dates from 2005 to 2026. */
const date = fc.integer({ min: Date.UTC(2005, 0, 1) / day, max: Date.UTC(2026, 0, 1) / day }).map((n) => n * day);

test('expands every pattern as the oracles do', () => {
  fc.assert(
    fc.property(
      fc.record({
        pattern,
        zoneName,
        startDate: date,
        end: fc.oneof(fc.constant({}), fc.integer({ min: 1, max: 40 }).map((count) => ({ count })), fc.integer({ min: 0, max: 1500 }).map((days) => ({ days }))),
        timeOfDay: fc.integer({ min: 0, max: 95 }).map((n) => n * 900_000),
        length: fc.integer({ min: 0, max: 120 }).map((n) => n * 900_000),
        windowStart: fc.integer({ min: -60, max: 1500 }),
        windowDays: fc.integer({ min: 1, max: 250 }),
      }),
      (input) => {
        const window = { start: input.startDate + input.windowStart * day, end: input.startDate + (input.windowStart + input.windowDays) * day };
        const item = seriesItem(input);
        const found = [...expandItem(item, window)].map(({ start, end }) => [start, end]).sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
        assert.deepEqual(found, expected(input, item, window));
      },
    ),
    { numRuns: 250 },
  );
});

interface Input {
  pattern: RecurrencePattern;
  zoneName: string;
  startDate: number;
  end: { count?: number; days?: number };
  timeOfDay: number;
  length: number;
}

/** The first occurrence only gives time of day and length, so a day without a change of the clock stands for it. */
function seriesItem({ pattern, zoneName, startDate, end, timeOfDay, length }: Input): CalendarItem {
  const zone = createTimeZone(zoneName);
  const start = zone.toInstant(Date.UTC(2020, 5, 10) + timeOfDay);
  return {
    id: 'series',
    uid: 'series',
    subject: '',
    location: '',
    freeBusyStatus: 'Busy',
    sensitivity: 'Normal',
    isAllDay: false,
    isMeeting: false,
    isReminderSet: false,
    start,
    end: start + length,
    timeZone: zoneName,
    recurrence: { pattern, range: rangeOf(pattern, startDate, end) },
  };
}

function rangeOf(pattern: RecurrencePattern, startDate: number, end: Input['end']): RecurrenceRange {
  if (end.days !== undefined) return { type: 'EndDate', startDate, endDate: startDate + end.days * day };
  // Series that skip months cannot be numbered.
  if (end.count !== undefined && !('skipShortMonths' in pattern)) return { type: 'Numbered', startDate, numberOfOccurrences: end.count };
  return { type: 'NoEnd', startDate };
}

function expected(input: Input, item: CalendarItem, window: { start: number; end: number }): number[][] {
  const { zoneName, timeOfDay, length } = input;
  const range = item.recurrence?.range;
  const limit = range?.type === 'Numbered' ? `;COUNT=${range.numberOfOccurrences}` : range?.type === 'EndDate' ? `;UNTIL=${stamp(range.endDate)}` : '';
  const rule = new RRuleTemporal({ rruleString: `DTSTART:${stamp(input.startDate)}\nRRULE:${ruleOf(input.pattern)}${limit}` });
  const dates = rule.between(new Date(window.start - length - 3 * day), new Date(window.end + 3 * day), true).map((at) => at.epochMilliseconds);
  const zone = createTimeZone(zoneName);
  const instant = (local: number): number =>
    Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC').toPlainDateTime().toZonedDateTime(zoneName, { disambiguation: 'compatible' }).epochMilliseconds;
  return dates
    .map((at) => {
      const start = instant(at + timeOfDay);
      const skipped = toLocal(zone, start) !== at + timeOfDay;
      const end = skipped ? start + length : instant(at + timeOfDay + length);
      return [start, end > start || length === 0 ? end : start + length];
    })
    .filter(([start = 0, end = 0]) => start < window.end && (end > window.start || start >= window.start));
}

function stamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 10).replaceAll('-', '')}T000000Z`;
}

/** "The last day where the month is shorter" is the last of several days in iCalendar's words. */
function ruleOf(pattern: RecurrencePattern): string {
  const monthDay = (wanted: number, skips: boolean): string => {
    if (wanted <= 28 || skips) return `BYMONTHDAY=${wanted}`;
    return `BYMONTHDAY=${[28, 29, 30, 31].filter((n) => n <= wanted).join(',')};BYSETPOS=-1`;
  };
  const relative = (wanted: DayOfWeekOrGroup, which: (typeof indexes)[number]): string =>
    `BYDAY=${groupCodes[wanted] ?? codes[wanted as DayOfWeek]};BYSETPOS=${which === 'Last' ? -1 : indexes.indexOf(which) + 1}`;
  switch (pattern.type) {
    case 'Daily':
      return `FREQ=DAILY;INTERVAL=${pattern.interval}`;
    case 'Weekly':
      return `FREQ=WEEKLY;INTERVAL=${pattern.interval};BYDAY=${pattern.daysOfWeek.map((name) => codes[name]).join(',')};WKST=${codes[pattern.firstDayOfWeek]}`;
    case 'AbsoluteMonthly':
      return `FREQ=MONTHLY;INTERVAL=${pattern.interval};${monthDay(pattern.dayOfMonth, pattern.skipShortMonths === true)}`;
    case 'RelativeMonthly':
      return `FREQ=MONTHLY;INTERVAL=${pattern.interval};${relative(pattern.daysOfWeek, pattern.dayOfWeekIndex)}`;
    case 'AbsoluteYearly':
      return `FREQ=YEARLY;BYMONTH=${pattern.month};${monthDay(pattern.dayOfMonth, pattern.skipShortMonths === true)}`;
    default:
      return `FREQ=YEARLY;BYMONTH=${pattern.month};${relative(pattern.daysOfWeek, pattern.dayOfWeekIndex)}`;
  }
}
