import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { CalendarEvent, WorkingHours } from '../ews/index.ts';
import { createTimeZone, toSerializable } from '../organization/index.ts';
import type { FreeBusyStatus } from '../organization/index.ts';
import { displayWidth } from './display-width.ts';
import { renderFreeBusyTimeline } from './free-busy-timeline.ts';
import type { TimelineOptions, TimelineRow } from './free-busy-timeline.ts';

const berlin = createTimeZone('W. Europe Standard Time');
const sydney = createTimeZone('AUS Eastern Standard Time');
const workingHours: WorkingHours = {
  timeZone: toSerializable(berlin, Date.parse('2026-11-24T12:00Z')),
  periods: [{ daysOfWeek: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'], startTimeInMinutes: 480, endTimeInMinutes: 1020 }],
};
const noDetails = { isMeeting: false, isRecurring: false, isException: false, isReminderSet: false, isPrivate: false };
const events: CalendarEvent[] = [
  { start: Date.parse('2026-11-24T08:00Z'), end: Date.parse('2026-11-24T08:30Z'), busyType: 'Busy', details: { ...noDetails, subject: 'Stand-up', location: 'Room 5', isRecurring: true } },
  { start: Date.parse('2026-11-24T10:00Z'), end: Date.parse('2026-11-24T11:30Z'), busyType: 'Tentative', details: { ...noDetails, subject: '予算会議' } },
  { start: Date.parse('2026-11-24T13:00Z'), end: Date.parse('2026-11-24T14:00Z'), busyType: 'WorkingElsewhere' },
  { start: Date.parse('2026-11-24T23:00Z'), end: Date.parse('2026-11-25T23:00Z'), busyType: 'OOF', details: { ...noDetails, subject: 'Holiday', isPrivate: true } },
];
const oneDay = { start: Date.parse('2026-11-24T07:00Z'), end: Date.parse('2026-11-24T17:00Z') };
const threeDays = { start: Date.parse('2026-11-23T23:00Z'), end: Date.parse('2026-11-26T23:00Z') };
const rows: TimelineRow[] = [
  { label: 'anna@contoso.test', status: events, workingHours },
  { label: 'bert@contoso.test', status: '22001133444000000000', workingHours },
  { label: 'nobody@contoso.mail.onmicrosoft.test', error: 'ErrorMailRecipientNotFound: Unable to resolve the e-mail address to an object of the directory.' },
];

function draw(options: Partial<TimelineOptions>): string {
  return renderFreeBusyTimeline({ window: oneDay, stepMinutes: 30, zone: berlin, rows, width: 80, colour: false, ...options });
}

test('one day: who is free when, what is known of the events, and why one did not answer', () => {
  assert.equal(
    draw({}),
    `Free/busy, times in W. Europe Standard Time (UTC+01:00)

Tue 24 Nov 2026               08  09  10  11  12  13  14  15  16  17
                              ┬───┬───┬───┬───┬───┬───┬───┬───┬───┬───
anna@contoso.test             ····██······░░░░░░······≈≈≈≈········
bert@contoso.test             ████····░░░░▓▓▓▓??????··············
nobody@contoso.mail.onmicro…  ✗ ErrorMailRecipientNotFound: Unable to resolve t…

· free   ░ tentative   █ busy   ▓ out of office   ≈ working elsewhere
? no data   blank: free, outside working hours   one column = 15 min

anna@contoso.test
  Tue 24 Nov  09:00–09:30  █ busy               Stand-up @ Room 5 (recurring)
  Tue 24 Nov  11:00–12:30  ░ tentative          予算会議
  Tue 24 Nov  14:00–15:00  ≈ working elsewhere

✗ nobody@contoso.mail.onmicrosoft.test
  ErrorMailRecipientNotFound: Unable to resolve the e-mail address to an object
  of the directory.`,
  );
});

test('several days: a block for each, without the hours in which nothing happens', () => {
  assert.equal(
    draw({ window: threeDays, rows: rows.slice(0, 1), width: 60 }),
    `Free/busy, times in W. Europe Standard Time (UTC+01:00)

Tue 24 Nov 2026    08  09  10  11  12  13  14  15  16  17
                   ┬───┬───┬───┬───┬───┬───┬───┬───┬───┬───
anna@contoso.test  ····██······░░░░░░······≈≈≈≈········

Wed 25 Nov 2026    08  09  10  11  12  13  14  15  16  17
                   ┬───┬───┬───┬───┬───┬───┬───┬───┬───┬───
anna@contoso.test  ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓

Thu 26 Nov 2026    08  09  10  11  12  13  14  15  16  17
                   ┬───┬───┬───┬───┬───┬───┬───┬───┬───┬───
anna@contoso.test  ····································

· free   ░ tentative   █ busy   ▓ out of office
≈ working elsewhere   blank: free, outside working hours
one column = 15 min   hours without work or events left out

anna@contoso.test
  Tue 24 Nov  09:00–09:30  █  Stand-up @ Room 5 (recurring)
  Tue 24 Nov  11:00–12:30  ░  予算会議
  Tue 24 Nov  14:00–15:00  ≈
  Wed 25 Nov  all day      ▓  Holiday (private)`,
  );
});

test('another zone: its days, its hours, and what was not asked', () => {
  assert.equal(
    draw({ window: { start: oneDay.start, end: oneDay.end }, rows: rows.slice(0, 1), zone: sydney, width: 60, maximumEvents: 0 }),
    `Free/busy, times in AUS Eastern Standard Time (UTC+11:00)

Tue 24 Nov 2026    00 03 06 09 12 15 18 21
                   ┬──┬──┬──┬──┬──┬──┬──┬──
anna@contoso.test  //////////////////·█·░░·

Wed 25 Nov 2026    00 03 06 09 12 15 18 21
                   ┬──┬──┬──┬──┬──┬──┬──┬──
anna@contoso.test  ≈·· ////////////////////

· free   ░ tentative   █ busy   ▓ out of office
≈ working elsewhere   blank: free, outside working hours
/ not asked   one column = 1 h`,
  );
});

test('the day the clocks change: both offsets named, and the repeated hour shows what happens in either pass', () => {
  const window = { start: Date.parse('2026-10-24T22:00Z'), end: Date.parse('2026-10-25T23:00Z') };
  const second = { start: Date.parse('2026-10-25T01:30Z'), end: Date.parse('2026-10-25T02:00Z'), busyType: 'Busy' } as const;
  const drawn = draw({ window, rows: [{ label: 'anna@contoso.test', status: [second] }], maximumEvents: 0 }).split('\n');
  assert.equal(drawn[0], 'Free/busy, times in W. Europe Standard Time (UTC+02:00, later UTC+01:00)');
  assert.equal(drawn[4], 'anna@contoso.test  ··█·············································');
});

test('a busy quarter of an hour is not lost in a wide column', () => {
  const brief = { start: Date.parse('2026-11-24T08:20Z'), end: Date.parse('2026-11-24T08:25Z'), busyType: 'OOF' } as const;
  const day = { start: Date.parse('2026-11-23T23:00Z'), end: Date.parse('2026-11-24T20:00Z') };
  assert.match(draw({ window: day, width: 60, rows: [{ label: 'anna@contoso.test', status: [brief] }] }), /test {2}·········▓···········\n/);
});

test('colour adds nothing but colour', () => {
  const coloured = draw({ colour: true, window: threeDays });
  assert.match(coloured, /\u001b\[34m█+\u001b\[39m/);
  assert.equal(stripVTControlCharacters(coloured), draw({ window: threeDays }));
});

test('the list of events stops at its limit and says how many are missing', () => {
  const many = draw({ maximumEvents: 2 });
  assert.match(many, /予算会議\n… and 1 more\./);
  assert.doesNotMatch(many, /14:00–15:00/);
});

test('subjects and reasons from outside are printed, not obeyed', () => {
  const hostile = { start: oneDay.start, end: oneDay.end, busyType: 'Busy' as const, details: { ...noDetails, subject: 'x\u001b[2J\nfree all day' } };
  const drawn = draw({ rows: [{ label: 'anna\u001b]0;@contoso.test', status: [hostile] }, { label: 'b', error: 'no\u0007' }] });
  assert.equal(drawn.includes('\u001b') || drawn.includes('\u0007'), false);
  assert.match(drawn, /x\ufffd\[2J free all day/);
});

test('any window, any rows, any width: no line is too long', () => {
  const status = fc.constantFrom<FreeBusyStatus>('Free', 'Tentative', 'Busy', 'OOF', 'WorkingElsewhere', 'NoData');
  const hours = 3_600_000;
  const row = fc.oneof(
    fc.record({ label: fc.string({ unit: 'grapheme', maxLength: 50 }), status: fc.stringMatching(/^[0-9]{0,60}$/) }),
    fc.record({ label: fc.emailAddress(), error: fc.string({ maxLength: 200 }) }),
    fc.record({
      label: fc.string({ unit: 'grapheme', maxLength: 20 }),
      workingHours: fc.constant(workingHours),
      status: fc.array(fc.record({ start: fc.integer({ min: -50, max: 200 }), length: fc.integer({ min: 0, max: 60 }), busyType: status }), { maxLength: 8 }).map((list) =>
        list.map(({ start, length, busyType }) => ({ start: oneDay.start + start * hours, end: oneDay.start + (start + length) * hours, busyType })),
      ),
    }),
  );
  fc.assert(
    fc.property(fc.array(row, { maxLength: 4 }), fc.integer({ min: 1, max: 100 }), fc.integer({ min: 20, max: 200 }), fc.constantFrom(berlin, sydney), (rows, length, width, zone) => {
      const drawn = draw({ rows, zone, width, window: { start: oneDay.start, end: oneDay.start + length * hours } });
      for (const line of drawn.split('\n')) assert.ok(displayWidth(line) <= Math.max(60, width), line);
    }),
    { numRuns: 60 },
  );
});
