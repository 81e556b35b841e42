import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { createTimeZone, toLocal, windowsTimeZoneId } from '../index.ts';

const zones = ['America/New_York', 'Europe/Berlin', 'Australia/Sydney', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Asia/Kathmandu', 'Pacific/Apia', 'Africa/Casablanca', 'Europe/Dublin', 'UTC'];
const from = Date.UTC(1985, 0, 1);
const to = Date.UTC(2040, 0, 1);

test('converts both ways as Temporal does, gaps and overlaps too', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: from / 60_000, max: to / 60_000 }), (name, minute) => {
      const zone = createTimeZone(name);
      const instant = minute * 60_000;
      const zoned = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(name);
      assert.equal(zone.offsetAt(instant), zoned.offsetNanoseconds / 1e6);
      const plain = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO('UTC').toPlainDateTime();
      assert.equal(zone.toInstant(instant), plain.toZonedDateTime(name, { disambiguation: 'compatible' }).epochMilliseconds);
    }),
    { numRuns: 300 },
  );
});

test('agrees with Temporal on every quarter of an hour around real transitions', () => {
  const transitions: [string, number][] = [
    ['America/New_York', Date.UTC(2026, 2, 8, 7)],
    ['America/New_York', Date.UTC(2026, 10, 1, 6)],
    ['Australia/Sydney', Date.UTC(2026, 3, 4, 16)],
    ['Australia/Sydney', Date.UTC(2026, 9, 3, 16)],
    ['Australia/Lord_Howe', Date.UTC(2026, 3, 4, 15)],
    ['America/Sao_Paulo', Date.UTC(2018, 10, 4, 3)],
    ['Pacific/Apia', Date.UTC(2011, 11, 30, 10)],
  ];
  for (const [name, at] of transitions) {
    const zone = createTimeZone(name);
    assert.notEqual(zone.offsetAt(at), zone.offsetAt(at - 1), `${name} changes its offset then`);
    for (let local = at - 30 * 3_600_000; local < at + 30 * 3_600_000; local += 900_000) {
      const plain = Temporal.Instant.fromEpochMilliseconds(local).toZonedDateTimeISO('UTC').toPlainDateTime();
      assert.equal(zone.toInstant(local), plain.toZonedDateTime(name).epochMilliseconds, `${name} ${plain.toString()}`);
    }
  }
});

test('a time in a gap is read with the offset before it, one in an overlap is the first', () => {
  const zone = createTimeZone('W. Europe Standard Time');
  assert.equal(zone.toInstant(Date.UTC(2026, 2, 29, 2, 30)), Date.UTC(2026, 2, 29, 1, 30));
  assert.equal(toLocal(zone, Date.UTC(2026, 2, 29, 1, 30)), Date.UTC(2026, 2, 29, 3, 30));
  assert.equal(zone.toInstant(Date.UTC(2026, 9, 25, 2, 30)), Date.UTC(2026, 9, 25, 0, 30));
});

test('knows zones by Windows id, IANA name and alias, without regard to case', () => {
  assert.equal(createTimeZone('W. Europe Standard Time').id, 'W. Europe Standard Time');
  assert.equal(createTimeZone('europe/berlin').id, 'W. Europe Standard Time');
  assert.equal(createTimeZone('eastern standard time').id, 'Eastern Standard Time');
  assert.equal(createTimeZone('utc').id, 'UTC');
  assert.equal(createTimeZone('tzone://Microsoft/Utc').id, 'UTC');
  assert.equal(windowsTimeZoneId('Europe/Kyiv'), 'FLE Standard Time');
  assert.equal(windowsTimeZoneId('US/Eastern'), 'Eastern Standard Time');
  assert.equal(windowsTimeZoneId('nowhere'), undefined);
  assert.equal(createTimeZone('Europe/Berlin'), createTimeZone('EUROPE/BERLIN'));
});

test('every Windows id has a zone, and keeps its name', async () => {
  const { WINDOWS_TO_IANA_MAP } = await import('windows-iana');
  const names = new Set(WINDOWS_TO_IANA_MAP.map(({ windowsName }) => windowsName));
  assert.ok(names.size > 130);
  for (const name of names) assert.equal(createTimeZone(name).id, name);
});

test('refuses what is no zone', () => {
  for (const name of ['', 'Europe/Atlantis', '+01:00', 'Berlin', '../etc/passwd', 'Europe/Berlin ', `${'A'.repeat(1000)}/B`]) {
    assert.throws(() => createTimeZone(name), { code: 'ORGANIZATION_UNKNOWN_TIME_ZONE' }, name);
  }
});
