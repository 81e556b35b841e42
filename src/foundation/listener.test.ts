import assert from 'node:assert/strict';
import { createServer, connect } from 'node:net';
import { once } from 'node:events';
import { test } from 'node:test';
import { systemDial } from './dial.ts';
import { listen } from './listener.ts';

test('names a port that is taken', async (t) => {
  const first = await listen(createServer());
  t.after(() => first.close());
  await assert.rejects(listen(createServer(), { port: first.port }), { code: 'LISTEN_PORT_TAKEN' });
});

test('closes in bounded time although a client stays connected', async () => {
  const listener = await listen(createServer(() => undefined));
  const client = connect(listener.port, '127.0.0.1');
  await once(client, 'connect');
  const cut = once(client, 'close');
  await Promise.all([listener.close(), listener.close()]);
  await cut;
});

test('a dial that is given up rejects at once', async (t) => {
  const listener = await listen(createServer());
  t.after(() => listener.close());
  await assert.rejects(systemDial('127.0.0.1', listener.port, AbortSignal.abort()), { code: 'DIAL_ABORTED' });
  await assert.rejects(systemDial('127.0.0.1', 1), { code: 'ECONNREFUSED' });
});
