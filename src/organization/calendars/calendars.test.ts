import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import * as fc from 'fast-check';
import { openStore } from '../../store/index.ts';
import type { Migration } from '../../store/index.ts';
import { expandItem } from '../index.ts';
import type { Calendars, NewCalendarItem } from '../index.ts';
import { openMailboxContext } from '../mailboxes/create-mailboxes.ts';
import { calendarWindowMigrations } from '../mailboxes/calendar-window.ts';
import { mailboxMigrations } from '../mailboxes/mailbox-schema.ts';
import type { MailboxSchema } from '../mailboxes/mailbox-schema.ts';
import { calendarMigrations } from './calendar-schema.ts';
import type { CalendarSchema } from './calendar-schema.ts';
import { createCalendars } from './calendars.ts';

const hour = 3_600_000;
const day = 24 * hour;
const monday = Date.UTC(2026, 10, 2);

async function openCalendars(t: TestContext, timeZone?: string): Promise<Calendars> {
  const migrations = [...calendarMigrations, ...mailboxMigrations, ...calendarWindowMigrations] as unknown as readonly Migration<CalendarSchema & MailboxSchema>[];
  const { db, close } = await openStore({ file: ':memory:', migrations });
  t.after(close);
  return createCalendars(await openMailboxContext(db), { timeZoneOf: async () => timeZone });
}

function newItem(uid: string, start: number, length: number, changes: Partial<NewCalendarItem> = {}): NewCalendarItem {
  return {
    uid,
    start,
    end: start + length,
    timeZone: 'UTC',
    subject: uid,
    location: 'Room 1',
    freeBusyStatus: 'Busy',
    sensitivity: 'Normal',
    isAllDay: false,
    isMeeting: true,
    isReminderSet: false,
    ...changes,
  };
}

const endless = (startDate: number): Partial<NewCalendarItem> => ({ recurrence: { pattern: { type: 'Daily', interval: 1 }, range: { type: 'NoEnd', startDate } } });

test('keeps an item as it was put, and gives it back by id', async (t) => {
  const calendars = await openCalendars(t);
  const full = newItem('series', monday + 9 * hour, hour, {
    timeZone: 'W. Europe Standard Time',
    ...endless(monday),
    modifiedOccurrences: [{ originalStart: monday + day, start: monday + 2 * day, end: monday + 2 * day + hour, subject: 'other' }],
    deletedOccurrences: [monday + 3 * day],
    addedOccurrences: [{ start: monday, end: monday + 1 }],
    isAllDay: true,
    isReminderSet: true,
  });
  const put = await calendars.put('anna', full);
  assert.deepEqual(await calendars.get('anna', put.id), { id: put.id, ...full });
  const single = await calendars.put('anna', newItem('single', monday, 0));
  assert.deepEqual(await calendars.get('anna', single.id), { id: single.id, ...newItem('single', monday, 0) });
  assert.equal(await calendars.get('bert', put.id), undefined);
  assert.equal(await calendars.count('anna'), 2);
  assert.equal(await calendars.remove('bert', put.id), false);
  assert.equal(await calendars.remove('anna', put.id), true);
  assert.equal(await calendars.count('anna'), 1);
});

test('the same uid replaces the item and keeps its id, in one mailbox only', async (t) => {
  const calendars = await openCalendars(t);
  const first = await calendars.put('anna', newItem('a', monday, hour, endless(monday)));
  const second = await calendars.put('anna', newItem('a', monday + day, hour));
  await calendars.put('bert', newItem('a', monday, hour));
  assert.equal(second.id, first.id);
  const found = await calendars.occurrences('anna', { start: monday - day, end: monday + 9 * day }, 100);
  assert.deepEqual(found.map(({ start }) => start), [monday + day]);
});

test('stores all items of a list or none', async (t) => {
  const calendars = await openCalendars(t);
  const bad = newItem('b', monday, -1);
  await assert.rejects(calendars.putAll('anna', [newItem('a', monday, hour), bad]), { code: 'ORGANIZATION_INVALID_CALENDAR_ITEM' });
  assert.equal(await calendars.count('anna'), 0);
  assert.equal(await calendars.putAll('anna', [newItem('a', monday, hour), newItem('b', monday, hour)]), 2);
  assert.equal(await calendars.count('anna'), 2);
});

test('refuses what no lookup could show', async (t) => {
  const calendars = await openCalendars(t);
  const cases: [Partial<NewCalendarItem>, string][] = [
    [{ uid: '' }, 'ORGANIZATION_INVALID_CALENDAR_ITEM'],
    [{ start: Number.NaN }, 'ORGANIZATION_INVALID_CALENDAR_ITEM'],
    [{ freeBusyStatus: 'Asleep' as 'Busy' }, 'ORGANIZATION_INVALID_CALENDAR_ITEM'],
    [{ deletedOccurrences: Array.from({ length: 5001 }, (_, n) => n) }, 'ORGANIZATION_INVALID_CALENDAR_ITEM'],
    [{ timeZone: 'Nowhere' }, 'ORGANIZATION_UNKNOWN_TIME_ZONE'],
    [{ recurrence: { pattern: { type: 'Daily', interval: 0 }, range: { type: 'NoEnd', startDate: monday } } }, 'ORGANIZATION_INVALID_RECURRENCE'],
  ];
  for (const [changes, code] of cases) await assert.rejects(calendars.put('anna', newItem('a', monday, hour, changes)), { code });
});

test('finds exactly what touches a window, however long or short', async (t) => {
  const calendars = await openCalendars(t);
  const lengths = [0, 1, hour, 4 * hour, 4 * hour + 1, day, day + 1, 8 * day, 30 * day, 64 * day, 100 * day, 600 * day, 5000 * day];
  const items = Array.from({ length: 400 }, (_, n) => newItem(`u${n}`, monday + ((n * 7919) % 4000) * hour - 2000 * hour, lengths[n % lengths.length] ?? 0, n % 5 === 0 ? endless(monday + (n - 200) * day) : {}));
  // Some series end.
  for (const [n, item] of items.entries()) {
    if (n % 10 === 0) item.recurrence = { pattern: { type: 'Weekly', interval: 2, daysOfWeek: ['Friday'], firstDayOfWeek: 'Monday' }, range: { type: 'Numbered', startDate: monday + (n - 200) * day, numberOfOccurrences: 1 + (n % 30) } };
    if (n % 5 === 0) item.end = item.start + (n % 3) * hour;
  }
  await calendars.putAll('anna', items);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: -2500, max: 2500 }), fc.integer({ min: 1, max: 1500 }), async (from, length) => {
      const window = { start: monday + from * hour, end: monday + (from + length) * hour };
      const found = await calendars.occurrences('anna', window, 100_000);
      const expected = items.flatMap((item) => Array.from(expandItem({ ...item, id: '' }, window)));
      assert.deepEqual(found.map(({ subject, start, end }) => `${start} ${end} ${subject}`).sort(), expected.map(({ subject, start, end }) => `${start} ${end} ${subject}`).sort());
      assert.ok(found.every(({ start }, index) => index === 0 || start >= (found[index - 1]?.start ?? 0)), 'in order');
    }),
    { numRuns: 40 },
  );
});

test('more occurrences than the limit are an error; as many are not', async (t) => {
  const calendars = await openCalendars(t);
  await calendars.put('anna', newItem('series', monday, hour, endless(monday)));
  await calendars.putAll('anna', Array.from({ length: 5 }, (_, n) => newItem(`s${n}`, monday + n * hour, hour)));
  const window = { start: monday, end: monday + 10 * day };
  assert.equal((await calendars.occurrences('anna', window, 15)).length, 15);
  await assert.rejects(calendars.occurrences('anna', window, 14), { code: 'ORGANIZATION_TOO_MANY_OCCURRENCES' });
  await assert.rejects(calendars.occurrences('anna', window, 4), { code: 'ORGANIZATION_TOO_MANY_OCCURRENCES' });
  // An endless series over a thousand years ends with the limit, not with the thousand years.
  await assert.rejects(calendars.occurrences('anna', { start: monday, end: Date.UTC(3026, 0, 1) }, 1000), { code: 'ORGANIZATION_TOO_MANY_OCCURRENCES' });
});

test('working hours have defaults in the mailbox\'s zone, and keep what is set', async (t) => {
  const calendars = await openCalendars(t, 'Tokyo Standard Time');
  const workDays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
  assert.deepEqual(await calendars.configuration('anna'), { workDays, workingHoursStartTime: 480, workingHoursEndTime: 1020, workingHoursTimeZone: 'Tokyo Standard Time' });
  await calendars.setConfiguration('anna', { workingHoursEndTime: 960 });
  const changed = await calendars.setConfiguration('anna', { workDays: ['Sunday'] });
  assert.deepEqual(changed, { workDays: ['Sunday'], workingHoursStartTime: 480, workingHoursEndTime: 960, workingHoursTimeZone: 'Tokyo Standard Time' });
  assert.deepEqual(await calendars.configuration('anna'), changed);
  await assert.rejects(calendars.setConfiguration('anna', { workingHoursStartTime: 1000 }), { code: 'ORGANIZATION_INVALID_CALENDAR_CONFIGURATION' });
  await assert.rejects(calendars.setConfiguration('anna', { workingHoursTimeZone: 'Nowhere' }), { code: 'ORGANIZATION_UNKNOWN_TIME_ZONE' });
  assert.deepEqual(await calendars.configuration('anna'), changed);
  assert.equal((await (await openCalendars(t)).configuration('anna')).workingHoursTimeZone, 'UTC');
});

test('a requester sees what its own entry says, or else what Default says', async (t) => {
  const calendars = await openCalendars(t);
  assert.equal(await calendars.freeBusyAccess('anna'), 'AvailabilityOnly');
  await calendars.setPermission('anna', 'default', 'LimitedDetails');
  await calendars.setPermission('anna', 'GUID-1', 'None');
  await calendars.setPermission('anna', 'guid-2', 'Reviewer');
  assert.equal(await calendars.freeBusyAccess('anna', 'guid-1'), 'None');
  assert.equal(await calendars.freeBusyAccess('anna', 'GUID-2'), 'FullDetails');
  assert.equal(await calendars.freeBusyAccess('anna', 'guid-3'), 'LimitedDetails');
  // Nobody may pass for "Default" or "Anonymous" by that name.
  assert.equal(await calendars.freeBusyAccess('anna', 'Anonymous'), 'LimitedDetails');
  assert.deepEqual(await calendars.permissions('anna'), [
    { user: 'Default', accessRights: 'LimitedDetails' },
    { user: 'Anonymous', accessRights: 'None' },
    { user: 'guid-1', accessRights: 'None' },
    { user: 'guid-2', accessRights: 'Reviewer' },
  ]);
  assert.equal(await calendars.removePermission('anna', 'Default'), true);
  assert.equal(await calendars.removePermission('anna', 'Default'), false);
  assert.equal(await calendars.freeBusyAccess('anna'), 'AvailabilityOnly');
  await assert.rejects(calendars.setPermission('anna', 'guid-1', 'Everything' as 'None'), { code: 'ORGANIZATION_INVALID_CALENDAR_PERMISSION' });
  await calendars.put('anna', newItem('a', monday, hour));
  await calendars.clear('anna');
  assert.deepEqual([(await calendars.permissions('anna')).length, await calendars.count('anna')], [2, 0]);
});
