import assert from 'node:assert/strict';
import { once } from 'node:events';
import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createWindowFitter, windowFor } from './fit-windows.ts';

const mebibyte = 1024 * 1024;

test('windows grow with the round trip, and shrink again with the number of streams', () => {
  assert.equal(windowFor(0.3, 1), 4 * mebibyte);
  assert.equal(windowFor(20, 1), 8 * mebibyte);
  assert.equal(windowFor(50, 1), 16 * mebibyte);
  assert.equal(windowFor(300, 1), 16 * mebibyte);
  assert.equal(windowFor(300, 64), 8 * mebibyte);
  assert.equal(windowFor(300, 4000), 4 * mebibyte);
});

test('a link that is far away gets wide windows, unless one quick ping shows that it is near', async (t) => {
  const server = http2.createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const session = http2.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  t.after(() => {
    session.destroy();
    server.close();
  });
  await once(session, 'localSettings');
  const fit = createWindowFitter(session);
  fit(90, 2);
  fit(60, 2);
  assert.equal(session.pendingSettingsAck, false, 'two pings may be chance');
  fit(70, 2);
  await once(session, 'localSettings');
  assert.equal(session.localSettings.initialWindowSize, 16 * mebibyte);
  assert.equal(session.state.effectiveLocalWindowSize, 64 * mebibyte);
  fit(1, 2);
  await once(session, 'localSettings');
  assert.equal(session.localSettings.initialWindowSize, 4 * mebibyte);
  fit(80, 2);
  assert.equal(session.pendingSettingsAck, false, 'the quickest ping counts');
});
