import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createRequestHeadParser, createResponseHeadParser } from '../../tunnel/index.ts';
import { createRequestRewriter } from './rewrite-request-head.ts';
import { createResponseRewriter } from './rewrite-response-head.ts';

const lines = fc.constantFrom(
  'Content-Length: 1',
  'Content-Length: 22',
  'Connection: close',
  'Connection: X-Id',
  'Connection: upgrade',
  'Upgrade: websocket',
  'X-Id: 1',
  'X-Id: 2',
  'X_Forwarded_For: 1',
  'X-Forwarded-For: 6.6.6.6',
  'x-hybridge-error: 1',
  'request-id: 1',
  'TE: trailers',
  'Connection: TE',
  'Date:today ',
);
const heads = (startLines: fc.Arbitrary<string>): fc.Arbitrary<Buffer[]> =>
  fc.array(
    fc.tuple(startLines, fc.array(lines, { maxLength: 5 })).map(([start, rest]) => Buffer.from(`${[start, 'Host: a.test', ...rest.filter((line, at) => !line.startsWith('Content-Length') || rest.findIndex((one) => one.startsWith('Content-Length')) === at)].join('\r\n')}\r\n\r\n`, 'latin1')),
    { minLength: 2, maxLength: 6 },
  );
const bodies = fc.option(fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)), { nil: undefined });

test('a request is rewritten as it would be without those before it', () => {
  const startLines = fc.constantFrom('GET /a HTTP/1.1', 'POST /a HTTP/1.1', 'GET /b HTTP/1.0');
  fc.assert(
    fc.property(heads(startLines), fc.constantFrom(null, 'inside.test'), bodies, (sequence, hostHeader, body) => {
      const rewrite = createRequestRewriter('10.0.0.1', 'relay.test');
      const parse = createRequestHeadParser();
      for (const [index, bytes] of sequence.entries()) {
        const rewriting = { requestId: `request-${index}`, hostHeader: index % 3 === 2 ? null : hostHeader, body };
        const fresh = createRequestRewriter('10.0.0.1', 'relay.test')(createRequestHeadParser()(bytes), rewriting);
        assert.equal(rewrite(parse(bytes), rewriting).toString('latin1'), fresh.toString('latin1'));
      }
    }),
    { numRuns: 2000 },
  );
});

test('an answer is rewritten as it would be without those before it', () => {
  const startLines = fc.constantFrom('HTTP/1.1 200 OK', 'HTTP/1.1 426 Upgrade Required', 'HTTP/1.1 101 Switching Protocols', 'HTTP/1.0 200 OK');
  fc.assert(
    fc.property(heads(startLines), bodies, fc.boolean(), (sequence, body, close) => {
      const rewrite = createResponseRewriter('relay.test (hybridge agent 1)');
      const parse = createResponseHeadParser();
      for (const [index, bytes] of sequence.entries()) {
        const rewriting = { requestId: `request-${index}`, close: close && index % 2 === 1, upgrade: bytes.includes(' 101 '), body };
        const fresh = createResponseRewriter('relay.test (hybridge agent 1)')(createResponseHeadParser()(bytes), rewriting);
        assert.equal(rewrite(parse(bytes), rewriting).toString('latin1'), fresh.toString('latin1'));
      }
    }),
    { numRuns: 2000 },
  );
});

test('forged fields stay behind, the rest keeps its order, and the body follows', () => {
  const head = createRequestHeadParser()(Buffer.from('POST /EWS HTTP/1.1\r\nHost: a.test\r\nX-Forwarded-For: 6.6.6.6\r\nA: 1\r\nB:2\r\nA: 3\r\nclient-request-id: forged\r\n\r\n'));
  const text = createRequestRewriter('::1', 'relay.test')(head, { requestId: 'our-own-id', hostHeader: 'inside.test', body: Buffer.from('body') }).toString();
  assert.equal(
    text,
    'POST /EWS HTTP/1.1\r\nHost: inside.test\r\nA: 1\r\nB: 2\r\nA: 3\r\nclient-request-id: our-own-id\r\nX-Forwarded-For: ::1\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: a.test\r\nForwarded: for="[::1]";host="a.test";proto=https\r\nVia: 1.1 relay.test\r\n\r\nbody',
  );
});
