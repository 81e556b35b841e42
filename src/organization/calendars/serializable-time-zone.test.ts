import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTimeZone, fromSerializable, toSerializable } from '../index.ts';
import type { SerializableTimeZone } from '../index.ts';

const hour = 3_600_000;

/** The element that EWS clients send for Pacific time, as in the published examples of GetUserAvailability. */
const pacific: SerializableTimeZone = {
  bias: 480,
  standardTime: { bias: 0, time: '02:00:00', dayOrder: 1, month: 11, dayOfWeek: 'Sunday' },
  daylightTime: { bias: -60, time: '02:00:00', dayOrder: 2, month: 3, dayOfWeek: 'Sunday' },
};

test('reads the rules of both hemispheres as the zones have them', () => {
  const sydney: SerializableTimeZone = {
    bias: -600,
    standardTime: { bias: 0, time: '03:00:00', dayOrder: 1, month: 4, dayOfWeek: 'Sunday' },
    daylightTime: { bias: -60, time: '02:00:00', dayOrder: 1, month: 10, dayOfWeek: 'Sunday' },
  };
  for (const [rules, name] of [[pacific, 'America/Los_Angeles'], [sydney, 'Australia/Sydney']] as const) {
    const [stated, named] = [fromSerializable(rules), createTimeZone(name)];
    for (let at = Date.UTC(2020, 0, 1); at < Date.UTC(2027, 0, 1); at += 3 * hour) assert.equal(stated.offsetAt(at), named.offsetAt(at), `${name} ${new Date(at).toISOString()}`);
  }
});

test('writes the rules in force in a year, and reads them back to the same times', () => {
  const names = ['America/New_York', 'Europe/Berlin', 'Europe/Dublin', 'Australia/Sydney', 'Australia/Lord_Howe', 'America/Santiago', 'Asia/Jerusalem', 'Africa/Cairo', 'Asia/Kathmandu', 'Asia/Tokyo', 'UTC'];
  for (const name of names) {
    const zone = createTimeZone(name);
    for (const year of [2015, 2024, 2026]) {
      const stated = fromSerializable(toSerializable(zone, Date.UTC(year, 5, 1)));
      for (let at = Date.UTC(year, 0, 2); at < Date.UTC(year, 11, 30); at += 3 * hour) {
        assert.equal(stated.offsetAt(at), zone.offsetAt(at), `${name} ${new Date(at).toISOString()}`);
      }
    }
  }
});

test('says "last" where the rule means it, and "fourth" where that is meant', () => {
  const october = (name: string, year: number): number => toSerializable(createTimeZone(name), Date.UTC(year, 5, 1)).standardTime.dayOrder;
  // 25 October 2026 is both the fourth and the last Sunday.
  assert.equal(october('Europe/Berlin', 2026), 5);
  assert.deepEqual(toSerializable(createTimeZone('America/Los_Angeles'), Date.UTC(2026, 0, 1)), pacific);
});

test('a year in which the zone changed once has its other transition on 1 January', () => {
  // Sao Paulo ended daylight saving time for good on 17 February 2019.
  const zone = createTimeZone('America/Sao_Paulo');
  const stated = fromSerializable(toSerializable(zone, Date.UTC(2019, 5, 1)));
  for (let at = Date.UTC(2019, 0, 1, 3); at < Date.UTC(2020, 0, 1); at += hour) assert.equal(stated.offsetAt(at), zone.offsetAt(at), new Date(at).toISOString());
});

test('month 0 and equal transitions mean no daylight saving time', () => {
  const never = { bias: 0, time: '00:00:00', dayOrder: 0, month: 0, dayOfWeek: 'Sunday' } as const;
  const same = { bias: 0, time: '02:00:00', dayOrder: 1, month: 1, dayOfWeek: 'Sunday' } as const;
  assert.equal(fromSerializable({ bias: -330, standardTime: never, daylightTime: { ...never, bias: -60 } }).offsetAt(Date.UTC(2026, 6, 1)), 330 * 60_000);
  assert.equal(fromSerializable({ bias: 0, standardTime: same, daylightTime: { ...same, bias: -60 } }).offsetAt(Date.UTC(2026, 6, 1)), 0);
});

test('a transition with a year happens in that year alone', () => {
  const zone = fromSerializable({
    bias: 0,
    standardTime: { bias: 0, time: '02:00:00', dayOrder: 25, month: 10, dayOfWeek: 'Sunday', year: 2026 },
    daylightTime: { bias: -60, time: '01:00:00', dayOrder: 29, month: 3, dayOfWeek: 'Sunday', year: 2026 },
  });
  const offsets = [Date.UTC(2025, 6, 1), Date.UTC(2026, 2, 29, 0, 59), Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 0, 59), Date.UTC(2026, 9, 25, 1), Date.UTC(2027, 6, 1)].map((at) => zone.offsetAt(at) / hour);
  assert.deepEqual(offsets, [0, 0, 1, 1, 0, 0]);
});

test('refuses values that make no sense, and names the element', () => {
  const cases: [Partial<SerializableTimeZone['standardTime']>, string][] = [
    [{ month: 13 }, 'StandardTime/Month'],
    [{ dayOrder: 6 }, 'StandardTime/DayOrder'],
    [{ dayOrder: 0 }, 'StandardTime/DayOrder'],
    [{ time: '25:00:00' }, 'StandardTime/Time'],
    [{ time: 'noon' }, 'StandardTime/Time'],
    [{ bias: 5000 }, 'StandardTime/Bias'],
    [{ bias: Number.NaN }, 'StandardTime/Bias'],
    [{ dayOfWeek: 'Someday' as 'Sunday' }, 'StandardTime/DayOfWeek'],
    [{ year: 12 }, 'StandardTime/Year'],
  ];
  for (const [change, element] of cases) {
    assert.throws(() => fromSerializable({ ...pacific, standardTime: { ...pacific.standardTime, ...change } }), (error: { code: string; facts: { element: string } }) => {
      assert.equal(error.code, 'ORGANIZATION_INVALID_TIME_ZONE');
      assert.equal(error.facts.element, element);
      return true;
    });
  }
});
