import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { RRuleTemporal } from 'rrule-temporal';
import { OrganizationError, expandItem, readICalendar } from '../../index.ts';

/**
 * RRULEs of every kind, through the import and the expander, against rrule-temporal. What is refused is not compared;
 * what is accepted must have exactly the dates that the rule has.
 */

const day = 86_400_000;
const horizon = 5 * 366;
const codes = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

const list = <T>(item: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<T[]> => fc.uniqueArray(item, { minLength: 1, maxLength });
const part = (name: string, values: fc.Arbitrary<unknown[]>): fc.Arbitrary<string> => fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 1, arbitrary: values.map((items) => `;${name}=${items.join(',')}`) });
const weekdays = fc.oneof(list(fc.constantFrom(...codes), 7), fc.constantFrom(codes.slice(1, 6), ['SA', 'SU'], codes));
const ordered = list(fc.tuple(fc.constantFrom(1, 2, 3, 4, 5, -1, -2), fc.constantFrom(...codes)).map(([order, code]) => `${order}${code}`), 2);
const monthDays = fc.oneof(list(fc.oneof(fc.integer({ min: 1, max: 31 }), fc.integer({ min: -3, max: -1 })), 3), fc.constantFrom<number[]>([28, 29, 30, 31], [1, 2, 3, 4, 5, 6, 7], [8, 9, 10, 11, 12, 13, 14]));
const months = fc.oneof(list(fc.integer({ min: 1, max: 12 }), 4), fc.constantFrom([1, 4, 7, 10], [3, 9], Array.from({ length: 12 }, (_, n) => n + 1)));
const positions = list(fc.constantFrom(1, 2, 3, 4, -1, -2), 2);
const interval = fc.oneof(fc.constant(''), fc.integer({ min: 1, max: 13 }).map((n) => `;INTERVAL=${n}`));
const end = fc.oneof(fc.constant(''), fc.integer({ min: 1, max: 30 }).map((n) => `;COUNT=${n}`), fc.integer({ min: 0, max: horizon }).map((days) => `;UNTIL+${days}`));
const weekStart = fc.constantFrom('', ';WKST=SU', ';WKST=MO', ';WKST=WE');

const rule = fc.oneof(
  fc.tuple(fc.constant('DAILY'), interval, end, part('BYDAY', weekdays), part('BYMONTH', months), part('BYMONTHDAY', monthDays)),
  fc.tuple(fc.constant('WEEKLY'), interval, end, part('BYDAY', weekdays), part('BYMONTH', months), weekStart),
  fc.tuple(fc.constantFrom('MONTHLY', 'YEARLY'), interval, end, part('BYDAY', fc.oneof(weekdays, ordered)), part('BYMONTH', months), part('BYMONTHDAY', monthDays), part('BYSETPOS', positions)),
);

test('what is imported has the dates that the rule has', () => {
  const kept = { patterns: 0, dates: 0, refused: 0 };
  fc.assert(
    fc.property(rule, fc.integer({ min: Date.UTC(2019, 0, 1) / day, max: Date.UTC(2026, 0, 1) / day }), (parts, startDay) => {
      const start = startDay * day + 9 * 3_600_000;
      const [frequency, ...rest] = parts;
      const text = `FREQ=${frequency}${rest.join('').replace(/UNTIL\+(\d+)/, (_, days: string) => `UNTIL=${stamp(start + Number(days) * day)}`)}`;
      // A position needs something to count in, or the rule is not valid.
      fc.pre(!text.includes('BYSETPOS') || /BYDAY|BYMONTHDAY/.test(text));
      // RFC 5545 allows no order beside days of the month; what it means there, nobody says.
      fc.pre(!(/BYDAY=-?\d/.test(text) && text.includes('BYMONTHDAY')));
      let found: string[];
      try {
        const { items } = readICalendar(calendar(start, text), { timeZone: 'UTC' });
        if (items[0]?.recurrence === undefined) kept.dates += 1;
        else kept.patterns += 1;
        found = items
          .flatMap((item) => Array.from(expandItem({ ...item, id: '' }, { start, end: start + horizon * day }), (occurrence) => stamp(occurrence.start)))
          .sort();
      } catch (error) {
        assert.ok(error instanceof OrganizationError && error.code === 'ORGANIZATION_ICALENDAR_REFUSED', String(error));
        assert.match(error.message, /^line 5: RRULE/);
        kept.refused += 1;
        return;
      }
      assert.deepEqual(found, expected(start, text), text);
    }),
    { numRuns: 120 },
  );
  // The test would say nothing if everything were refused.
  assert.ok(kept.patterns > 30 && kept.dates > 8 && kept.refused > 1, JSON.stringify(kept));
});

/** The start always takes place and counts (RFC 5545 §3.8.5.3). */
function expected(start: number, text: string): string[] {
  const count = Number(/COUNT=(\d+)/.exec(text)?.[1] ?? Number.POSITIVE_INFINITY);
  const oracle = new RRuleTemporal({ rruleString: `DTSTART:${stamp(start)}\nRRULE:${text.replace(/;COUNT=\d+/, '')}`, maxIterations: 100_000 });
  const dates = oracle.between(new Date(start), new Date(start + horizon * day - 1), true).map((at) => stamp(at.epochMilliseconds));
  return [...new Set([stamp(start), ...dates])].sort().slice(0, count);
}

function stamp(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
}

function calendar(start: number, text: string): string {
  return `BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:${stamp(start)}\r\nRRULE:${text}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`;
}
