import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTimeZone, fromTimeZoneDefinition } from '../index.ts';
import type { TimeZoneDefinition } from '../index.ts';

const hour = 3_600_000;

/** Pacific time as Exchange writes it: one group of rules until 2006, another since. */
const pacific: TimeZoneDefinition = {
  periods: [
    { id: 'std', bias: 480 },
    { id: 'dlt', bias: 420 },
  ],
  groups: [
    {
      id: '0',
      transitions: [
        { to: 'dlt', day: { month: 4, dayOfWeek: 'Sunday', order: 1 }, timeOffset: 2 * hour },
        { to: 'std', day: { month: 10, dayOfWeek: 'Sunday', order: -1 }, timeOffset: 2 * hour },
      ],
    },
    {
      id: '1',
      transitions: [
        { to: 'dlt', day: { month: 3, dayOfWeek: 'Sunday', order: 2 }, timeOffset: 2 * hour },
        { to: 'std', day: { month: 11, dayOfWeek: 'Sunday', order: 1 }, timeOffset: 2 * hour },
      ],
    },
  ],
  transitions: [{ to: '0' }, { to: '1', dateTime: Date.UTC(2007, 0, 1) }],
};

test('follows each group of rules in its years', () => {
  const [stated, named] = [fromTimeZoneDefinition(pacific), createTimeZone('America/Los_Angeles')];
  for (let at = Date.UTC(1988, 0, 1); at < Date.UTC(2012, 0, 1); at += 6 * hour) assert.equal(stated.offsetAt(at), named.offsetAt(at), new Date(at).toISOString());
});

test('southern rules begin the year in daylight time', () => {
  const zone = fromTimeZoneDefinition({
    periods: [
      { id: 'std', bias: -600 },
      { id: 'dlt', bias: -660 },
    ],
    groups: [
      {
        id: '0',
        transitions: [
          { to: 'std', day: { month: 4, dayOfWeek: 'Sunday', order: 1 }, timeOffset: 3 * hour },
          { to: 'dlt', day: { month: 10, dayOfWeek: 'Sunday', order: 1 }, timeOffset: 2 * hour },
        ],
      },
    ],
    transitions: [{ to: '0' }],
  });
  const named = createTimeZone('Australia/Sydney');
  for (let at = Date.UTC(2009, 0, 1); at < Date.UTC(2028, 0, 1); at += 6 * hour) assert.equal(zone.offsetAt(at), named.offsetAt(at), new Date(at).toISOString());
});

test('an id alone is the zone of that name; a period alone never changes', () => {
  assert.equal(fromTimeZoneDefinition({ id: 'Tokyo Standard Time', periods: [], groups: [], transitions: [] }), createTimeZone('Tokyo Standard Time'));
  assert.equal(fromTimeZoneDefinition({ periods: [{ id: 'p', bias: -345 }], groups: [], transitions: [{ to: 'p' }] }).offsetAt(0), 345 * 60_000);
  assert.throws(() => fromTimeZoneDefinition({ id: 'Nowhere Standard Time', periods: [], groups: [], transitions: [] }), { code: 'ORGANIZATION_UNKNOWN_TIME_ZONE' });
});

test('refuses definitions whose parts do not fit together', () => {
  const broken: TimeZoneDefinition[] = [
    { ...pacific, transitions: [{ to: '9' }] },
    { ...pacific, transitions: [] },
    { ...pacific, transitions: [{ to: '0' }, { to: '1' }] },
    { ...pacific, transitions: [{ to: '0' }, { to: '1', dateTime: Date.UTC(2007, 0, 1) }, { to: '0', dateTime: Date.UTC(2006, 0, 1) }] },
    { ...pacific, groups: [{ id: '0', transitions: [] }] },
    { ...pacific, periods: [{ id: 'std', bias: 99_999 }, { id: 'dlt', bias: 0 }] },
  ];
  for (const definition of broken) assert.throws(() => fromTimeZoneDefinition(definition), { code: 'ORGANIZATION_INVALID_TIME_ZONE' });
});
