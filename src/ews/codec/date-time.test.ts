import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createTimeZone } from '../../organization/index.ts';
import { formatLocalDateTime, parseDateTime, toInstant } from './date-time.ts';

const berlin = createTimeZone('W. Europe Standard Time');

for (const [text, local, offset] of [
  ['2026-03-05T09:00:00', '2026-03-05T09:00:00Z', undefined],
  [' 2026-03-05T09:00:00.1234567 ', '2026-03-05T09:00:00.123Z', undefined],
  ['2026-03-05T24:00:00', '2026-03-06T00:00:00Z', undefined],
  ['2026-03-05T09:00:00Z', '2026-03-05T09:00:00Z', 0],
  ['2006-02-28T19:00:00-08:00', '2006-02-28T19:00:00Z', -8 * 3_600_000],
  ['2006-02-28T19:00:00+05:30', '2006-02-28T19:00:00Z', 5.5 * 3_600_000],
  ['2024-02-29T00:00:00', '2024-02-29T00:00:00Z', undefined],
  ['0050-01-01T00:00:00', '0050-01-01T00:00:00Z', undefined],
] as const) {
  test(`an xs:dateTime is read: ${text}`, () => {
    assert.deepEqual(parseDateTime(text), { local: Date.parse(local), ...(offset === undefined ? {} : { offset }) });
  });
}

for (const text of ['', '2026-03-05', '2026-03-05 09:00:00', '2026-02-29T00:00:00', '2026-13-01T00:00:00', '2026-03-05T24:00:01', '2026-03-05T09:60:00', '2026-03-05T09:00:60', '0000-01-01T00:00:00', '-2026-03-05T09:00:00', '12026-03-05T09:00:00', '2026-03-05T09:00:00+15:00', '2026-03-05T09:00:00+14:01', '2026-03-05T9:00:00', '2026-03-05T09:00:00z', '3/5/2026', 'NaN', `2026-03-05T09:00:00.${'1'.repeat(31)}`]) {
  test(`no xs:dateTime: ${text.slice(0, 40)}`, () => assert.equal(parseDateTime(text), undefined));
}

test('a time without offset is in the zone given; one with an offset is not', () => {
  assert.equal(toInstant(parseDateTime('2026-07-01T09:00:00') ?? { local: 0 }, berlin), Date.parse('2026-07-01T07:00:00Z'));
  assert.equal(toInstant(parseDateTime('2026-07-01T09:00:00-08:00') ?? { local: 0 }, berlin), Date.parse('2026-07-01T17:00:00Z'));
});

test('what is written without offset is read back the same, but in the hour that happens twice', () => {
  const back = Date.parse('2026-10-25T01:00:00Z');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (seconds) => {
      const instant = seconds * 1000;
      const read = toInstant(parseDateTime(formatLocalDateTime(berlin, instant)) ?? { local: Number.NaN }, berlin);
      assert.ok(read === instant || read === instant - 3_600_000);
    }),
  );
  assert.equal(formatLocalDateTime(berlin, back), '2026-10-25T02:00:00');
  assert.equal(toInstant({ local: Date.parse('2026-10-25T02:00:00Z') }, berlin), back - 3_600_000);
});
