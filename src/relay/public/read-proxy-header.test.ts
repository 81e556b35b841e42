import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assert as check, constantFrom, property, uint8Array } from 'fast-check';
import { writeProxyHeader } from '../proxy/write-proxy-header.ts';
import { readProxyHeader } from './read-proxy-header.ts';

const facts = { address: '192.0.2.7', port: 56_324, localAddress: '198.51.100.1', localPort: 443 };

test('reads version 1, as HAProxy writes it', () => {
  const line = 'PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n';
  assert.deepEqual(readProxyHeader(Buffer.from(`${line}\x16\x03`)), { length: line.length, client: { address: '192.0.2.7', port: 56_324 } });
  assert.deepEqual(readProxyHeader(Buffer.from('PROXY UNKNOWN\r\n')), { length: 15 });
  assert.deepEqual(readProxyHeader(Buffer.from('PROXY TCP6 2001:db8::1 2001:db8::2 1 443\r\n'))?.client, { address: '2001:db8::1', port: 1 });
});

test('reads what it writes, for both kinds of address and their mixture', () => {
  const client = { address: facts.address, port: facts.port };
  assert.deepEqual(readProxyHeader(writeProxyHeader(facts)), { length: 28, client });
  const six = { ...facts, address: '2001:db8::a:1', localAddress: '::1' };
  assert.deepEqual(readProxyHeader(writeProxyHeader(six)), { length: 52, client: { address: six.address, port: six.port } });
  assert.deepEqual(readProxyHeader(writeProxyHeader({ ...facts, localAddress: '::1' }))?.client, { address: '::ffff:c000:207', port: facts.port });
});

test('the bytes of version 2 are those of the specification', () => {
  assert.equal(writeProxyHeader(facts).toString('hex'), '0d0a0d0a000d0a515549540a2111000cc0000207c6336401dc0401bb');
});

test('a load balancer that speaks for itself has no client; extensions are passed over', () => {
  const local = Buffer.concat([Buffer.from('0d0a0d0a000d0a515549540a20000003aabbcc', 'hex'), Buffer.from('rest')]);
  assert.deepEqual(readProxyHeader(local), { length: 19 });
});

test('asks for more until the header is whole', () => {
  for (const header of [writeProxyHeader(facts), Buffer.from('PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n')]) {
    for (let length = 0; length < header.length; length += 1) assert.equal(readProxyHeader(header.subarray(0, length)), undefined);
  }
});

for (const [name, bytes] of [
  ['TLS without a header', Buffer.from([22, 3, 1, 0, 5])],
  ['a line without an end', Buffer.from(`PROXY TCP4 ${'1'.repeat(120)}`)],
  ['a line with a wrong address', Buffer.from('PROXY TCP4 192.0.2.700 198.51.100.1 1 2\r\n')],
  ['a port that is none', Buffer.from('PROXY TCP4 192.0.2.7 198.51.100.1 99999 2\r\n')],
  ['another version', Buffer.from('0d0a0d0a000d0a515549540a31110000', 'hex')],
  ['addresses that are too short', Buffer.from('0d0a0d0a000d0a515549540a2111000401020304', 'hex')],
] as const) {
  test(`refuses ${name}`, () => {
    assert.throws(() => readProxyHeader(bytes), RangeError);
  });
}

test('whatever comes, it is read, waited for or refused', () => {
  const start = constantFrom(Buffer.from('PROXY '), Buffer.from('0d0a0d0a000d0a515549540a21', 'hex'), Buffer.alloc(0));
  check(
    property(start, uint8Array({ maxLength: 200 }), (head, tail) => {
      try {
        const header = readProxyHeader(Buffer.concat([head, tail]));
        if (header !== undefined) assert.ok(header.length <= head.length + tail.length);
      } catch (error) {
        assert.ok(error instanceof RangeError && !(error instanceof assert.AssertionError));
      }
    }),
    { numRuns: 2000 },
  );
});
