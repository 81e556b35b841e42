import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { CalendarEvent } from '../../ews/index.ts';
import type { FreeBusyStatus } from '../../organization/index.ts';
import { blocksOfMergedFreeBusy, mergedFreeBusy } from './merged-free-busy.ts';

const at = (text: string): number => Date.parse(`2026-11-30T${text}:00Z`);
const event = (start: string, end: string, busyType: FreeBusyStatus): CalendarEvent => ({ start: at(start), end: at(end), busyType });
const day = { start: at('00:00'), end: at('00:00') + 86_400_000 };

test('merges as the example of [MS-OXWAVLS] §4.3 does', () => {
  assert.equal(mergedFreeBusy([event('12:00', '14:00', 'OOF'), event('13:30', '14:30', 'Busy')], day, 60), '000000000000332000000000');
});

test('merges as the example of the EWS reference does: 60 minutes OOF, 90 busy, 90 free', () => {
  const window = { start: at('08:00'), end: at('12:00') };
  assert.equal(mergedFreeBusy([event('08:00', '09:00', 'OOF'), event('09:00', '10:30', 'Busy')], window, 60), '3220');
});

test('rounds the last interval up and counts only what lies in the window', () => {
  const window = { start: at('08:00'), end: at('08:50') };
  assert.equal(mergedFreeBusy([event('07:00', '08:05', 'Tentative'), event('08:45', '23:00', 'Busy')], window, 30), '12');
  assert.equal(mergedFreeBusy([event('08:50', '09:00', 'Busy'), event('07:00', '08:00', 'OOF')], window, 30), '00');
});

test('free, working elsewhere, no data and empty events leave a time free', () => {
  const events = [
    event('08:00', '09:00', 'Free'),
    event('09:00', '10:00', 'WorkingElsewhere'),
    event('10:00', '11:00', 'NoData'),
    event('11:30', '11:30', 'OOF'),
  ];
  assert.equal(mergedFreeBusy(events, { start: at('08:00'), end: at('12:00') }, 60), '0000');
});

const minute = 60_000;
const statuses = fc.constantFrom<FreeBusyStatus>('Free', 'Tentative', 'Busy', 'OOF', 'WorkingElsewhere', 'NoData');
const events = fc.array(
  fc
    .record({ start: fc.integer({ min: -300, max: 1800 }), length: fc.integer({ min: 0, max: 600 }), busyType: statuses })
    .map(({ start, length, busyType }) => ({
      start: day.start + start * minute,
      end: day.start + (start + length) * minute,
      busyType,
    })),
  { maxLength: 12 },
);

test('property: each digit is the highest status that overlaps its interval', () => {
  const digit: Record<FreeBusyStatus, number> = { Free: 0, WorkingElsewhere: 0, NoData: 0, Tentative: 1, Busy: 2, OOF: 3 };
  fc.assert(
    fc.property(events, fc.integer({ min: 5, max: 1440 }), fc.integer({ min: 1, max: 1500 }), (list, interval, length) => {
      const window = { start: day.start, end: day.start + length * minute };
      const merged = mergedFreeBusy(list, window, interval);
      assert.equal(merged.length, Math.ceil(length / interval));
      for (let index = 0; index < merged.length; index += 1) {
        const start = window.start + index * interval * minute;
        const end = Math.min(start + interval * minute, window.end);
        const overlapping = list.filter((one) => one.start < end && one.end > start && one.end > one.start);
        assert.equal(merged[index], String(Math.max(0, ...overlapping.map((one) => digit[one.busyType]))));
      }
    }),
  );
});

test('property: blocks read from a stream merge to the same stream', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('0', '1', '2', '3'), { minLength: 1, maxLength: 96 }), (digits) => {
      const window = { start: day.start, end: day.start + digits.length * 30 * minute };
      const merged = digits.join('');
      const blocks = blocksOfMergedFreeBusy(merged, window, 30);
      assert.equal(mergedFreeBusy(blocks, window, 30), merged);
      for (const [index, block] of blocks.entries()) {
        const before = blocks[index - 1];
        assert.ok(before === undefined || before.end < block.start || before.busyType !== block.busyType);
      }
    }),
  );
});

test('reads what is no known digit as no data, and nothing past the window', () => {
  const window = { start: at('08:00'), end: at('09:30') };
  assert.deepEqual(blocksOfMergedFreeBusy('4x92', window, 30), [{ start: at('08:00'), end: at('09:30'), busyType: 'NoData' }]);
});
