import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createHeadReader, createRequestHeadParser } from '../../../tunnel/index.ts';
import { translateRequestHead } from './http2-request-head.ts';

const plain = { ':method': 'POST', ':path': '/EWS/x?y', ':authority': 'a.test', ':scheme': 'https' };

test('says the same in HTTP/1.1', () => {
  const { bytes, chunked } = translateRequestHead({ ...plain, cookie: 'a=1; b=2', te: 'trailers', 'x-many': ['1', '2'] }, true);
  assert.equal(chunked, true);
  assert.equal(bytes.toString(), 'POST /EWS/x?y HTTP/1.1\r\nHost: a.test\r\ncookie: a=1; b=2\r\nConnection: TE\r\nTE: trailers\r\nx-many: 1\r\nx-many: 2\r\nTransfer-Encoding: chunked\r\n\r\n');
  assert.equal(translateRequestHead({ ...plain, 'content-length': '5' }, true).chunked, false);
});

for (const [name, headers] of [
  ['a line break in a value', { 'x-a': 'b\r\nTransfer-Encoding: chunked' }],
  ['a line feed in a value', { 'x-a': 'b\nc' }],
  ['a zero byte in a value', { 'x-a': 'b\0c' }],
  ['a line break in a name', { 'x\r\ny': 'b' }],
  ['a colon in a name', { 'x:y': 'b' }],
  ['a blank in the path', { ':path': '/EWS/ HTTP/1.1' }],
  ['a line break in the path', { ':path': '/EWS/\r\nHost: b' }],
  ['a blank in the method', { ':method': 'GET /x' }],
  ['a line break in the authority', { ':authority': 'a\r\nX: y' }],
  ['a Host that differs', { host: 'b.test' }],
  ['Transfer-Encoding', { 'transfer-encoding': 'chunked' }],
  ['Connection', { connection: 'close' }],
  ['Upgrade', { upgrade: 'websocket' }],
  ['TE', { te: 'gzip' }],
] as const) {
  test(`refuses ${name}`, () => {
    assert.throws(() => translateRequestHead({ ...plain, ...headers }, false), { code: 'TUNNEL_HTTP_MALFORMED' });
  });
}

test('whatever the fields are, what comes out is one request with those fields', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'B', '1', ' ', '\t', '\r', '\n', ':', ',', '\0', 'é', '-', '_'), maxLength: 8 });
  fc.assert(
    fc.property(fc.dictionary(text, text, { maxKeys: 4 }), text, (headers, path) => {
      let bytes: Buffer;
      try {
        ({ bytes } = translateRequestHead({ ...headers, ':method': 'GET', ':path': `/${path}`, ':authority': 'a.test' }, false));
      } catch (error) {
        assert.equal((error as { code?: string }).code, 'TUNNEL_HTTP_MALFORMED');
        return;
      }
      const read = createHeadReader().read(bytes, 0);
      assert.equal(read?.end, bytes.length);
      try {
        const head = createRequestHeadParser()(read.bytes);
        assert.equal(head.target, `/${path}`);
        const sent = Object.keys(headers).filter((name) => name !== 'host' && name !== 'te' && !name.startsWith(':'));
        assert.deepEqual(head.fields.map((field) => field.name).filter((name) => !['Host', 'Connection', 'TE'].includes(name)), sent);
      } catch (error) {
        if (error instanceof assert.AssertionError) throw error;
      }
    }),
    { numRuns: 2000 },
  );
});
