import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createTimeZone, expandItem, readICalendar, writeICalendar } from '../../index.ts';
import type { DayOfWeek, NewCalendarItem, PropertyBag, RecurrencePattern, RecurrenceRange } from '../../index.ts';

const corpus = join(import.meta.dirname, '../../../../../shared/corpus/ics');
const window = { start: Date.UTC(1990, 0, 1), end: Date.UTC(2036, 0, 1) };

const plainItem: NewCalendarItem = {
  uid: 'a',
  start: Date.UTC(2026, 2, 2, 8),
  end: Date.UTC(2026, 2, 2, 9),
  timeZone: 'W. Europe Standard Time',
  subject: 'Review',
  location: '',
  freeBusyStatus: 'Busy',
  sensitivity: 'Normal',
  isAllDay: false,
  isMeeting: false,
  isReminderSet: false,
};

function happenings(item: NewCalendarItem, limit = 3000): string[] {
  const found: string[] = [];
  for (const { start, end, subject, location, freeBusyStatus, isAllDay, sensitivity } of expandItem({ ...item, id: '' }, window)) {
    found.push(JSON.stringify([new Date(start).toISOString(), new Date(end).toISOString(), subject, location, freeBusyStatus, isAllDay, sensitivity]));
    if (found.length >= limit) break;
  }
  return found.sort();
}

function reread(item: NewCalendarItem, bag: PropertyBag = {}): NewCalendarItem {
  const [again, ...others] = readICalendar(writeICalendar(item, bag), { timeZone: item.timeZoneRules === undefined ? item.timeZone : 'W. Europe Standard Time' }).items;
  assert.ok(again !== undefined && others.length === 0);
  return again;
}

test('an event reads back as it is, with the rules of its zone', () => {
  const text = writeICalendar({ ...plainItem, subject: 'Jour fixe; Änderungen, viele\\', location: 'Raum "1"' }, { 'item:Body': { type: 'Text', content: 'one\r\ntwo' } });
  assert.match(text, /BEGIN:VTIMEZONE\r\nTZID:W\. Europe Standard Time\r\n/);
  assert.match(text, /RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n/);
  assert.match(text, /DTSTART;TZID=W\. Europe Standard Time:20260302T090000\r\n/);
  assert.match(text, /DESCRIPTION:one\\ntwo\r\n/);
  assert.ok(text.endsWith('END:VCALENDAR\r\n'));
  assert.doesNotMatch(text.replaceAll('\r\n', ''), /[\r\n]/);
  for (const row of text.split('\r\n')) assert.ok(Buffer.byteLength(row) <= 75, row);
  const again = readICalendar(text, { timeZone: 'UTC' }).items[0];
  assert.deepEqual([again?.subject, again?.location, again?.start, again?.timeZone], ['Jour fixe; Änderungen, viele\\', 'Raum "1"', plainItem.start, 'W. Europe Standard Time']);
});

test('the rules that are written for a zone tell its clock, without its name', () => {
  for (const timeZone of ['W. Europe Standard Time', 'Eastern Standard Time', 'AUS Eastern Standard Time', 'Asia/Kolkata', 'America/Sao_Paulo', 'Asia/Jerusalem', 'Pacific/Auckland', 'Egypt Standard Time']) {
    const start = Date.UTC(2003, 5, 1, 12);
    const text = writeICalendar({ ...plainItem, timeZone, start, end: start + 1, recurrence: { pattern: { type: 'Daily', interval: 1 }, range: { type: 'NoEnd', startDate: Date.UTC(2003, 5, 1) } } }, {}).replaceAll(timeZone, 'Nowhere at All');
    const item = readICalendar(text, { timeZone: 'UTC' }).items[0];
    assert.ok(item?.timeZoneRules !== undefined);
    const zone = createTimeZone(timeZone);
    // Each happening stands at noon or so on the wall clock of the zone: the same instants come out.
    const named = [...expandItem({ ...plainItem, ...item, timeZone, id: '' }, { start, end: Date.UTC(2030, 0, 1) })].map((happening) => happening.start);
    delete item.timeZoneRules;
    assert.deepEqual(named.slice(0, 9000), [...expandItem({ ...item, timeZone, id: '' }, { start, end: Date.UTC(2030, 0, 1) })].map((happening) => happening.start).slice(0, 9000), `${timeZone} ${zone.id}`);
  }
});

const days: readonly DayOfWeek[] = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const interval = fc.integer({ min: 1, max: 5 });
const day = fc.constantFrom(...days);
const dayOrGroup = fc.constantFrom(...days, 'Day' as const, 'Weekday' as const, 'WeekendDay' as const);
const index = fc.constantFrom('First' as const, 'Second' as const, 'Third' as const, 'Fourth' as const, 'Last' as const);
const pattern: fc.Arbitrary<RecurrencePattern> = fc.oneof(
  fc.record({ type: fc.constant('Daily' as const), interval }),
  fc.record({ type: fc.constant('Weekly' as const), interval, daysOfWeek: fc.uniqueArray(day, { minLength: 1 }), firstDayOfWeek: day }),
  fc.record({ type: fc.constant('AbsoluteMonthly' as const), interval, dayOfMonth: fc.integer({ min: 1, max: 31 }) }),
  fc.record({ type: fc.constant('RelativeMonthly' as const), interval, daysOfWeek: dayOrGroup, dayOfWeekIndex: index }),
  fc.record({ type: fc.constant('AbsoluteYearly' as const), month: fc.integer({ min: 1, max: 12 }), dayOfMonth: fc.integer({ min: 1, max: 28 }) }),
  fc.record({ type: fc.constant('AbsoluteYearly' as const), month: fc.constant(2), dayOfMonth: fc.integer({ min: 28, max: 31 }) }),
  fc.record({ type: fc.constant('RelativeYearly' as const), month: fc.integer({ min: 1, max: 12 }), daysOfWeek: dayOrGroup, dayOfWeekIndex: index }),
);

test('every pattern of Exchange, with every kind of end, happens at the same times when read back', () => {
  const zone = createTimeZone(plainItem.timeZone);
  fc.assert(
    fc.property(pattern, fc.integer({ min: 0, max: 1500 }), fc.constantFrom('NoEnd', 'EndDate', 'Numbered'), fc.integer({ min: 1, max: 40 }), fc.boolean(), (chosen, offset, kind, count, isAllDay) => {
      const startDate = Date.UTC(2024, 0, 1) + offset * 86_400_000;
      const range: RecurrenceRange = kind === 'NoEnd' ? { type: kind, startDate } : kind === 'EndDate' ? { type: kind, startDate, endDate: startDate + count * 86_400_000 * 20 } : { type: 'Numbered', startDate, numberOfOccurrences: count };
      const start = zone.toInstant(startDate + (isAllDay ? 0 : 10 * 3_600_000));
      const item: NewCalendarItem = { ...plainItem, isAllDay, start, end: isAllDay ? zone.toInstant(startDate + 86_400_000) : start + 3_600_000, recurrence: { pattern: chosen, range } };
      const expected = happenings(item, 400);
      if (expected.length === 0) return;
      assert.deepEqual(happenings(reread(item), 400), expected);
    }),
    { numRuns: 300 },
  );
});

test('changed, deleted and added occurrences come back, whole days and moved ones too', () => {
  const hour = 3_600_000;
  const at = (month: number, date: number): number => createTimeZone(plainItem.timeZone).toInstant(Date.UTC(2026, month - 1, date, 9));
  const item: NewCalendarItem = {
    ...plainItem,
    recurrence: { pattern: { type: 'Daily', interval: 1 }, range: { type: 'Numbered', startDate: Date.UTC(2026, 2, 2), numberOfOccurrences: 40 } },
    deletedOccurrences: [at(3, 5), at(4, 1)],
    modifiedOccurrences: [{ originalStart: at(3, 6), start: at(3, 6) + 5 * hour, end: at(3, 6) + 7 * hour, subject: 'moved', freeBusyStatus: 'OOF', location: 'elsewhere', sensitivity: 'Private' }],
    addedOccurrences: [{ start: at(6, 1), end: at(6, 1) + hour }, { start: at(6, 2), end: at(6, 2) + 3 * hour }],
  };
  assert.deepEqual(happenings(reread(item)), happenings(item));
});

test('no text of a property begins a line of its own', () => {
  const evil = 'x\r\nATTENDEE:mailto:eve@evil.test\u0000\nEND:VEVENT';
  const text = writeICalendar({ ...plainItem, uid: evil, subject: evil, location: evil, timeZone: 'UTC' }, {
    'item:Categories': [evil],
    'item:Body': { type: 'HTML', content: evil },
    'calendar:Organizer': { name: evil, address: evil },
    'calendar:RequiredAttendees': [{ mailbox: { name: evil, address: evil } }],
  });
  assert.equal(text.split('\r\n').filter((row) => row === 'END:VEVENT').length, 1);
  assert.equal(text.replace(/\r\n /g, '').split('\r\n').filter((row) => row.startsWith('ATTENDEE')).length, 1);
});

test('what the corpus holds happens at the same times after being written and read again', { skip: existsSync(corpus) ? false : 'the corpus is not here' }, () => {
  let items = 0;
  for (const name of readdirSync(corpus).filter((file) => file.endsWith('.ics'))) {
    let reading;
    try {
      reading = readICalendar(readFileSync(join(corpus, name)), { timeZone: 'W. Europe Standard Time' });
    } catch {
      continue;
    }
    for (const item of reading.items) {
      const again = readICalendar(writeICalendar(item, {}), { timeZone: 'W. Europe Standard Time' }).items[0];
      assert.ok(again !== undefined, name);
      assert.deepEqual(happenings(again), happenings(item), name);
      items += 1;
    }
  }
  assert.ok(items > 40, `${items} items`);
});
