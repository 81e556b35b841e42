import assert from 'node:assert/strict';
import { test } from 'node:test';
import { responseBody } from './body-reader.ts';
import type { ResponseHead } from './response-head.ts';
import { createResponseHeadParser } from './response-head.ts';

const head = (text: string): ResponseHead => createResponseHeadParser()(Buffer.from(`${text.replaceAll('\n', '\r\n')}\r\n\r\n`, 'latin1'));

test('frames answers as RFC 9112 §6.3 says', () => {
  const cases: [string, string, { done: boolean; untilClose: boolean }][] = [
    ['HTTP/1.1 200 OK\nContent-Length: 5', 'GET', { done: false, untilClose: false }],
    ['HTTP/1.1 200 OK\nContent-Length: 5', 'HEAD', { done: true, untilClose: false }],
    ['HTTP/1.1 200 OK\nTransfer-Encoding: chunked', 'HEAD', { done: true, untilClose: false }],
    ['HTTP/1.1 204 No Content\nContent-Length: 5', 'GET', { done: true, untilClose: false }],
    ['HTTP/1.1 304 Not Modified\nContent-Length: 5', 'GET', { done: true, untilClose: false }],
    ['HTTP/1.1 100 Continue', 'POST', { done: true, untilClose: false }],
    ['HTTP/1.1 200 OK', 'GET', { done: false, untilClose: true }],
    ['HTTP/1.0 200 OK', 'GET', { done: false, untilClose: true }],
    ['HTTP/1.1 200', 'GET', { done: false, untilClose: true }],
    ['HTTP/1.1 200 OK\nTransfer-Encoding: chunked', 'GET', { done: false, untilClose: false }],
  ];
  for (const [text, method, expected] of cases) {
    const { done, untilClose } = responseBody(head(text), method);
    assert.deepEqual({ done, untilClose }, expected, text);
  }
});

test('says whether the connection stays', () => {
  assert.equal(head('HTTP/1.1 200 OK').keepAlive, true);
  assert.equal(head('HTTP/1.1 200 OK\nConnection: Close').keepAlive, false);
  assert.equal(head('HTTP/1.0 200 OK').keepAlive, false);
  assert.equal(head('HTTP/1.0 200 OK\nConnection: keep-alive').keepAlive, true);
});

test('refuses answers that can be read in two ways', () => {
  for (const text of ['HTTP/1.1 200 OK\nContent-Length: 5\nTransfer-Encoding: chunked', 'HTTP/1.1 20 OK', 'HTTP/1.1  200 OK', 'ICY 200 OK', 'HTTP/1.1 200 OK\nContent-Length: 1\nContent-Length: 1', 'HTTP/1.0 200 OK\nTransfer-Encoding: chunked', 'HTTP/1.1 200 OK\nTransfer-Encoding: gzip']) {
    assert.throws(() => head(text), { code: 'TUNNEL_HTTP_MALFORMED' }, text);
  }
  assert.throws(() => head('HTTP/2.0 200 OK'), { code: 'TUNNEL_HTTP_VERSION' });
});
