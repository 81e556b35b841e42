import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTimeZone, expandItem } from '../index.ts';
import type { CalendarItem, Recurrence } from '../index.ts';

const hour = 3_600_000;
const day = 24 * hour;
const always = { start: Date.UTC(1970, 0, 1), end: Date.UTC(2100, 0, 1) };

function item(changes: Partial<CalendarItem>): CalendarItem {
  return {
    id: 'id',
    uid: 'uid',
    subject: 'Meeting',
    location: '',
    freeBusyStatus: 'Busy',
    sensitivity: 'Normal',
    isAllDay: false,
    isMeeting: false,
    isReminderSet: false,
    start: 0,
    end: 0,
    timeZone: 'UTC',
    ...changes,
  };
}

/** A series whose first occurrence begins at a wall-clock time of its zone and has a length on that clock. */
function series(timeZone: string, local: number, length: number, recurrence: Recurrence, changes: Partial<CalendarItem> = {}): CalendarItem {
  const zone = createTimeZone(timeZone);
  return item({ timeZone, start: zone.toInstant(local), end: zone.toInstant(local + length), recurrence, ...changes });
}

function daily(startDate: number, numberOfOccurrences: number): Recurrence {
  return { pattern: { type: 'Daily', interval: 1 }, range: { type: 'Numbered', startDate, numberOfOccurrences } };
}

function times(of: CalendarItem, window = always): string[] {
  return [...expandItem(of, window)].sort((a, b) => a.start - b.start).map(({ start, end }) => `${new Date(start).toISOString().slice(0, 16)}/${new Date(end).toISOString().slice(11, 16)}`);
}

test('keeps its time of day across the change of the clock', () => {
  const weekly: Recurrence = {
    pattern: { type: 'Weekly', interval: 1, daysOfWeek: ['Monday'], firstDayOfWeek: 'Sunday' },
    range: { type: 'Numbered', startDate: Date.UTC(2026, 9, 19), numberOfOccurrences: 2 },
  };
  assert.deepEqual(times(series('W. Europe Standard Time', Date.UTC(2026, 9, 19, 9), hour, weekly)), ['2026-10-19T07:00/08:00', '2026-10-26T08:00/09:00']);
});

test('an occurrence in a gap moves on with its length; the days around it are as always', () => {
  // Berlin skips 02:00 to 03:00 on 29 March 2026, New York on 8 March, Sydney on 4 October.
  const cases: [string, number, string[]][] = [
    ['Europe/Berlin', Date.UTC(2026, 2, 28), ['2026-03-28T01:30/03:00', '2026-03-29T01:30/03:00', '2026-03-30T00:30/02:00']],
    ['America/New_York', Date.UTC(2026, 2, 7), ['2026-03-07T07:30/09:00', '2026-03-08T07:30/09:00', '2026-03-09T06:30/08:00']],
    ['Australia/Sydney', Date.UTC(2026, 9, 3), ['2026-10-02T16:30/18:00', '2026-10-03T16:30/18:00', '2026-10-04T15:30/17:00']],
    // Half an hour is skipped: 02:30 does exist.
    ['Australia/Lord_Howe', Date.UTC(2026, 9, 3), ['2026-10-02T16:00/17:30', '2026-10-03T15:30/17:00', '2026-10-04T15:30/17:00']],
  ];
  for (const [zone, startDate, expected] of cases) assert.deepEqual(times(series(zone, startDate + 2.5 * hour, 1.5 * hour, daily(startDate, 3))), expected, zone);
});

test('an occurrence over the change of the clock ends at its time of day, longer or shorter', () => {
  const spring = series('Europe/Berlin', Date.UTC(2026, 2, 28, 23), 8 * hour, daily(Date.UTC(2026, 2, 27), 2));
  assert.deepEqual(times(spring), ['2026-03-27T22:00/06:00', '2026-03-28T22:00/05:00']);
  const autumn = series('Europe/Berlin', Date.UTC(2026, 9, 23, 23), 8 * hour, daily(Date.UTC(2026, 9, 23), 2));
  assert.deepEqual(times(autumn), ['2026-10-23T21:00/05:00', '2026-10-24T21:00/06:00']);
});

test('an occurrence in an overlap is the first of the two', () => {
  const berlin = series('Europe/Berlin', Date.UTC(2026, 9, 24, 2, 30), hour, daily(Date.UTC(2026, 9, 24), 2));
  assert.deepEqual(times(berlin), ['2026-10-24T00:30/01:30', '2026-10-25T00:30/02:30']);
});

test('whole days are midnights of the zone, of 23, 24 or 25 hours', () => {
  const lengths = (zone: string, startDate: number): number[] => {
    const found = [...expandItem(series(zone, startDate, day, daily(startDate, 3), { isAllDay: true }), always)];
    return found.map(({ start, end }) => (end - start) / hour);
  };
  assert.deepEqual(lengths('Europe/Berlin', Date.UTC(2026, 2, 28)), [24, 23, 24]);
  assert.deepEqual(lengths('Europe/Berlin', Date.UTC(2026, 9, 24)), [24, 25, 24]);
  // Sao Paulo skipped midnight itself: the day began at one o'clock.
  assert.deepEqual(lengths('America/Sao_Paulo', Date.UTC(2018, 10, 3)), [24, 23, 24]);
  assert.deepEqual(lengths('America/Sao_Paulo', Date.UTC(2018, 10, 4)), [23, 24, 24]);
});

test('a day that the zone never had has no occurrence', () => {
  const apia = series('Pacific/Apia', Date.UTC(2011, 11, 29, 9), hour, daily(Date.UTC(2011, 11, 29), 3));
  assert.deepEqual(times(apia), ['2011-12-29T19:00/20:00', '2011-12-30T19:00/20:00']);
});

test('day 31 is the last day of shorter months, and 29 February the 28th, as Exchange has it', () => {
  const monthly: Recurrence = { pattern: { type: 'AbsoluteMonthly', interval: 1, dayOfMonth: 31 }, range: { type: 'Numbered', startDate: Date.UTC(2024, 0, 31), numberOfOccurrences: 4 } };
  assert.deepEqual(times(series('UTC', Date.UTC(2024, 0, 31), 0, monthly)).map((text) => text.slice(5, 10)), ['01-31', '02-29', '03-31', '04-30']);
  const yearly: Recurrence = { pattern: { type: 'AbsoluteYearly', month: 2, dayOfMonth: 29 }, range: { type: 'Numbered', startDate: Date.UTC(2024, 1, 29), numberOfOccurrences: 5 } };
  assert.deepEqual(times(series('UTC', Date.UTC(2024, 1, 29), 0, yearly)).map((text) => text.slice(0, 10)), ['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29']);
});

test('exceptions: changed ones stand where they were put, deleted ones are gone, added ones come in addition', () => {
  const start = Date.UTC(2026, 0, 5, 9);
  const changed = series('UTC', start, hour, daily(Date.UTC(2026, 0, 5), 4), {
    modifiedOccurrences: [{ originalStart: start + day, start: start + 10 * day, end: start + 10 * day + 2 * hour, subject: 'Moved', freeBusyStatus: 'Tentative' }],
    deletedOccurrences: [start + 2 * day],
    addedOccurrences: [
      { start: start + 5 * hour, end: start + 6 * hour },
      // At a time of the pattern, it replaces that occurrence.
      { start: start + 3 * day, end: start + 3 * day + 3 * hour },
    ],
  });
  assert.deepEqual(times(changed), ['2026-01-05T09:00/10:00', '2026-01-05T14:00/15:00', '2026-01-08T09:00/12:00', '2026-01-15T09:00/11:00']);
  const [moved] = [...expandItem(changed, { start: start + 9 * day, end: start + 11 * day })];
  assert.deepEqual([moved?.subject, moved?.freeBusyStatus, moved?.isException, moved?.isRecurring, moved?.sensitivity], ['Moved', 'Tentative', true, true, 'Normal']);
});

test('a window is half open, and a happening without length counts where it begins', () => {
  const meeting = item({ start: 10 * hour, end: 11 * hour });
  const inWindow = (start: number, end: number): number => [...expandItem(meeting, { start: start * hour, end: end * hour })].length;
  assert.deepEqual([inWindow(9, 10), inWindow(11, 12), inWindow(10, 11), inWindow(10.5, 10.6), inWindow(9, 10.1), inWindow(10.9, 12)], [0, 0, 1, 1, 1, 1]);
  const point = item({ start: 10 * hour, end: 10 * hour });
  assert.equal([...expandItem(point, { start: 10 * hour, end: 11 * hour })].length, 1);
  assert.equal([...expandItem(point, { start: 9 * hour, end: 10 * hour })].length, 0);
});

test('a long series is entered near the window, and one that never falls on a date ends', () => {
  const ancient: Recurrence = { pattern: { type: 'Daily', interval: 1 }, range: { type: 'NoEnd', startDate: Date.UTC(1700, 0, 1) } };
  const old = series('America/New_York', Date.UTC(1700, 0, 1, 9), hour, ancient);
  const window = { start: Date.UTC(2026, 5, 1), end: Date.UTC(2026, 5, 2) };
  // Local mean time of New York in 1700: the time of day is what the wall clock said then.
  assert.equal([...expandItem(old, window)].length, 1);
  const begun = performance.now();
  for (let round = 0; round < 1000; round++) for (const _ of expandItem(old, window)) void _;
  assert.ok(performance.now() - begun < 1000, 'a thousand expansions of one day take less than a second');
  const never: Recurrence = { pattern: { type: 'AbsoluteMonthly', interval: 12, dayOfMonth: 30, skipShortMonths: true }, range: { type: 'NoEnd', startDate: Date.UTC(2026, 1, 1) } };
  assert.deepEqual(times(series('UTC', Date.UTC(2026, 1, 1), hour, never)), []);
});
