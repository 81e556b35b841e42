import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { AvailabilityRequest, LookupPath } from './availability-types.ts';
import { readServerTiming, writeServerTiming } from './server-timing.ts';

function requestFor(addresses: readonly string[]): AvailabilityRequest {
  return { mailboxes: addresses.map((address) => ({ email: { address }, attendeeType: 'Required', excludeConflicts: false })) };
}

const word = fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), { nil: undefined });
const path = fc.record({
  source: fc.constantFrom('Local', 'IntraOrganizationConnector', 'OrganizationRelationship', 'AvailabilityAddressSpace', 'None'),
  name: word,
  endpoint: word,
  via: word,
  durationMs: fc.integer({ min: 0, max: 600_000 }).map((tenths) => tenths / 10),
});

test('paths are read back as written, and the header stays a legal one', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.emailAddress(), path), { maxLength: 5 }), (entries) => {
      const paths = entries.map(([, value]) => Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as unknown as LookupPath);
      const header = writeServerTiming(requestFor(entries.map(([address]) => address)), paths);
      assert.match(header, /^[\u0020-\u007e]*$/);
      assert.deepEqual(
        readServerTiming(header),
        paths.map((value, index) => Object.assign({ address: entries[index]?.[0] }, value)),
      );
    }),
  );
});

test('the form is the documented one', () => {
  const header = writeServerTiming(requestFor(['bert@contoso.test', 'anna@contoso.test']), [
    { source: 'IntraOrganizationConnector', name: 'HybridIOC - 1', endpoint: 'https://g.relay.test/EWS/Exchange.asmx', via: '1.1 relay, 1.1 agent', durationMs: 12.345 },
    { source: 'Local', durationMs: 0.4 },
  ]);
  assert.equal(
    header,
    'availability;desc="bert%40contoso.test IntraOrganizationConnector HybridIOC%20-%201 https%3A%2F%2Fg.relay.test%2FEWS%2FExchange.asmx 1.1%20relay%2C%201.1%20agent";dur=12.3, availability;desc="anna%40contoso.test Local - - -";dur=0.4',
  );
});

test('a header that would be too long loses its last entries, whole', () => {
  const addresses = Array.from({ length: 100 }, (_, index) => `person${index}@contoso.test`);
  const header = writeServerTiming(requestFor(addresses), addresses.map(() => ({ source: 'IntraOrganizationConnector', endpoint: `https://x.test/${'y'.repeat(100)}`, durationMs: 1 })));
  assert.ok(header.length <= 8_000);
  const read = readServerTiming(header);
  assert.ok(read.length > 30 && read.length < 100);
  assert.equal(read.at(-1)?.address, addresses[read.length - 1]);
});

test('metrics of others and broken entries are passed over', () => {
  const ours = 'availability;desc="a Local - - -";dur=1';
  assert.equal(readServerTiming(`cache;desc="hit, miss";dur=3, ${ours}, availability;dur=2, availability;desc="a Elsewhere - - -";dur=1, availability;desc="a Local -";dur=1, ${ours}`).length, 2);
  assert.equal(readServerTiming([ours, ours]).length, 2);
  assert.deepEqual(readServerTiming('availability;desc="%ff Local - - -";dur=1'), [{ address: '', source: 'Local', durationMs: 1 }]);
  assert.deepEqual(readServerTiming(undefined), []);
  assert.deepEqual(readServerTiming(`${ours}, `.repeat(10_000)), []);
});
