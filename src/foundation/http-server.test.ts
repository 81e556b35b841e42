import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { request } from 'undici';
import { errorCode } from './hybridge-error.ts';
import { createRouter, readBody, readJson, sendJson } from './http-server.ts';
import { listen } from './listener.ts';

test('routes by literal segments in any case and by named ones', () => {
  const handle = (): void => undefined;
  const route = createRouter([
    { method: 'POST', path: '/adminapi/beta/:tenant/InvokeCommand', handle },
    { method: 'GET', path: '/livez', handle },
  ]);
  assert.deepEqual(route('POST', '/AdminApi/beta/a%20b/invokecommand'), { handle, parameters: { tenant: 'a b' } });
  assert.equal(route('GET', '/adminapi/beta/x/InvokeCommand'), 'method');
  assert.equal(route('POST', '/adminapi/beta//InvokeCommand'), 'path');
  assert.equal(route('POST', '/adminapi/beta/%E0%A4%A/InvokeCommand'), 'path');
  assert.deepEqual(route('HEAD', '/livez'), { handle, parameters: {} });
});

test('a body beyond the limit is refused, announced or not, and the next request works', async (t) => {
  const server = createServer((incoming, response) => {
    readJson(incoming, 64).then(
      (value) => sendJson(response, 200, value),
      (error: unknown) => sendJson(response, errorCode(error) === 'HTTP_BODY_TOO_LARGE' ? 413 : 400, { code: errorCode(error) }),
    );
  });
  const listener = await listen(server);
  t.after(() => listener.close());
  const url = `http://127.0.0.1:${listener.port}/`;
  const post = async (body: string | AsyncIterable<Buffer>): Promise<unknown[]> => {
    const response = await request(url, { method: 'POST', body: body as string });
    return [response.statusCode, await response.body.json()];
  };
  assert.deepEqual(await post(JSON.stringify({ filler: 'x'.repeat(100) })), [413, { code: 'HTTP_BODY_TOO_LARGE' }]);
  async function* unannounced(): AsyncGenerator<Buffer> {
    for (let part = 0; part < 8; part++) yield Buffer.alloc(16, 32);
  }
  assert.deepEqual(await post(unannounced()), [413, { code: 'HTTP_BODY_TOO_LARGE' }]);
  assert.deepEqual(await post('{'), [400, { code: 'HTTP_BODY_NOT_JSON' }]);
  assert.deepEqual(await post('{"a":1}'), [200, { a: 1 }]);
});

test('a request that is cut off is named as such', async (t) => {
  let result: Promise<Buffer> | undefined;
  const seen = new Promise<void>((resolve) => {
    const server = createServer((incoming) => {
      result = readBody(incoming, 1000);
      result.catch(() => undefined);
      resolve();
    });
    void listen(server).then(async (listener) => {
      t.after(() => listener.close());
      const { connect } = await import('node:net');
      const socket = connect(listener.port, '127.0.0.1', () => socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nabc'));
      await seen;
      socket.destroy();
    });
  });
  await seen;
  await assert.rejects(result ?? Promise.resolve(Buffer.alloc(0)), { code: 'HTTP_BODY_CUT' });
});
