import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { AccessLogEntry } from './access-log.ts';
import { createAccessLogLines, w3cFields } from './access-log-lines.ts';

const text = fc.string({ unit: fc.constantFrom('a', 'B', '/', ' ', '"', '\\', '\n', '\r', '\0', 'é', '\u2028', '😀', '\ud800', '-'), maxLength: 6 });
const count = fc.nat(1e6);
const entries: fc.Arbitrary<AccessLogEntry> = fc.record(
  {
    requestId: text,
    method: text,
    path: text,
    query: text,
    host: text,
    clientAddress: text,
    serverAddress: text,
    serverPort: count,
    userName: text,
    userAgent: text,
    status: count,
    errorCode: text,
    bytesReceived: count,
    bytesSent: count,
    durationMs: fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => Math.round(value * 1000) / 1000),
    extra: fc.record({ tenant: text, more: fc.record({ at: count }) }),
  },
  { requiredKeys: ['requestId', 'method', 'path', 'host', 'clientAddress', 'serverAddress', 'serverPort', 'status', 'bytesReceived', 'bytesSent', 'durationMs'] },
);

test('whatever is in an entry, it is one line of JSON that says it, and one of as many words as W3C has fields', () => {
  const linesOf = createAccessLogLines('relay');
  const columns = w3cFields.split(' ').length;
  fc.assert(
    fc.property(entries, fc.integer({ min: 0, max: 4e12 }), (entry, now) => {
      const { json, w3c } = linesOf(entry, now);
      assert.match(json, /^[^\r\n]*\n$/);
      const { extra = {}, ...members } = entry;
      assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify({ time: new Date(now).toISOString(), party: 'relay', ...members, ...extra })));
      assert.match(w3c, /^[^\u0000-\u001f\u007f]*\n$/);
      assert.equal(w3c.slice(0, -1).split(' ').length, columns);
      assert.ok(w3c.startsWith(`${new Date(now).toISOString().slice(0, 19).replace('T', ' ')} `));
    }),
    { numRuns: 3000 },
  );
});
