import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { createRequestHeadParser } from './request-head.ts';
import { createResponseHeadParser } from './response-head.ts';

const outcome = <Head>(parse: (head: Buffer) => Head, head: Buffer): Head | string => {
  try {
    return parse(head);
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};

const requestLines = fc.constantFrom('GET /EWS/Exchange.asmx HTTP/1.1', 'POST /EWS/Exchange.asmx HTTP/1.1', 'POST /EWS/Exchange.asmx?a=1 HTTP/1.1', 'GET / HTTP/1.0', 'GET /EWS/Exchange.asmx HTTP/1.1 x');
const statusLines = fc.constantFrom('HTTP/1.1 200 OK', 'HTTP/1.1 401 Unauthorized', 'HTTP/1.0 200 OK', 'HTTP/1.1 101 Switching Protocols', 'nonsense');
const lines = fc.constantFrom(
  'Host: a.test',
  'Host: b.test',
  'host:a.test',
  'Content-Length: 1',
  'Content-Length: 22',
  'Content-Length: x',
  'Transfer-Encoding: chunked',
  'Connection: close',
  'Connection: X-Id',
  'Connection: Host',
  'Connection: upgrade',
  'Upgrade: websocket',
  'Upgrade: h2c',
  'Expect: 100-continue',
  'Expect: nothing',
  'X-Id: 1',
  'X-Id: 2',
  'X-Id:  2 ',
  'x_id: 1',
  'Content_Length: 1',
  'TE: trailers',
  'Date: today',
  'X: a\rb',
  ' folded',
  'X\n: y',
  'X: ä',
);
const heads = (startLines: fc.Arbitrary<string>): fc.Arbitrary<Buffer[]> =>
  fc.array(
    fc.tuple(startLines, fc.array(lines, { maxLength: 5 })).map(([start, rest]) => Buffer.from(`${[start, 'Host: a.test', ...rest].join('\r\n')}\r\n\r\n`, 'latin1')),
    { minLength: 2, maxLength: 6 },
  );

test('a request is read as it would be without those before it', () => {
  fc.assert(
    fc.property(heads(requestLines), (sequence) => {
      const parse = createRequestHeadParser();
      for (const head of sequence) assert.deepEqual(outcome(parse, head), outcome(createRequestHeadParser(), head));
    }),
    { numRuns: 3000 },
  );
});

test('an answer is read as it would be without those before it', () => {
  fc.assert(
    fc.property(heads(statusLines), (sequence) => {
      const parse = createResponseHeadParser();
      for (const head of sequence) assert.deepEqual(outcome(parse, head), outcome(createResponseHeadParser(), head));
    }),
    { numRuns: 3000 },
  );
});

test('what is said again is the same object, and values alone leave the rest alone', () => {
  const parse = createRequestHeadParser();
  const head = (length: number, date: string): Buffer => Buffer.from(`POST /EWS/Exchange.asmx HTTP/1.1\r\nHost: a.test\r\nDate: ${date}\r\nContent-Length: ${length}\r\n\r\n`);
  const first = parse(head(5, 'today'));
  assert.equal(parse(head(5, 'today')), first);
  const second = parse(head(1234, 'tomorrow'));
  assert.equal(second.contentLength, 1234);
  assert.equal(second.connection, first.connection);
  assert.equal(second.fields[0], first.fields[0]);
  assert.equal(second.fields[1]?.value, 'tomorrow');
});

test('heads that are too large to be remembered are read all the same', () => {
  const parse = createRequestHeadParser();
  const large = Buffer.from(`GET / HTTP/1.1\r\nHost: a.test\r\nCookie: ${'x'.repeat(20_000)}\r\n\r\n`);
  const small = Buffer.from('GET / HTTP/1.1\r\nHost: b.test\r\n\r\n');
  assert.equal(parse(large).host, 'a.test');
  assert.equal(parse(small).host, 'b.test');
  assert.equal(parse(large).fields.length, 2);
});

test('the number of fields stays limited', () => {
  const parse = createRequestHeadParser({ headBytes: 65_536, fields: 3 });
  const head = (count: number): Buffer => Buffer.from(`GET / HTTP/1.1\r\nHost: a.test\r\n${'A: b\r\n'.repeat(count)}\r\n`);
  assert.equal(parse(head(2)).fields.length, 3);
  assert.throws(() => parse(head(3)), { code: 'TUNNEL_HTTP_HEAD_TOO_LARGE' });
});
