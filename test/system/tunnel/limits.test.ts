import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { after, before, test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ApplicationView } from '../../../src/relay/index.ts';
import { startTunnelWorld } from './tunnel-world.ts';
import type { TunnelWorld } from './tunnel-world.ts';

let world: TunnelWorld;
let url: string;
/** Answers that the target has not given yet. */
const waiting: ServerResponse[] = [];
let arrived: (() => void) | undefined;

before(async () => {
  world = await startTunnelWorld({
    timeouts: { headMs: 1500, bodyMs: 3000, bodyGraceMs: 500, bodyBytesPerSecond: 1000, readMs: 1000, refusalMs: 300, keepAliveMs: 5000 },
    connectionLimits: { perSecond: 1000, burst: 1000, concurrent: 1000 },
  });
  const target = await world.startTarget((request, response) => {
    if (request.url === '/EWS/wait') {
      waiting.push(response);
      arrived?.();
      return;
    }
    if (request.url === '/EWS/endless') {
      const pour = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
      };
      response.on('drain', pour);
      pour();
      return;
    }
    let length = 0;
    request.on('data', (chunk: Buffer) => (length += chunk.length));
    request.on('end', () => response.end(`got ${length}`));
  });
  ({ url } = target);
  await world.startAgent();
});
after(() => world.close());

const host = (application: ApplicationView): string => new URL(application.externalUrl).host;

/** Sends a request that the target holds back, and resolves when it is there. */
async function occupy(application: ApplicationView): Promise<{ done: Promise<unknown> }> {
  const there = new Promise<void>((resolve) => (arrived = resolve));
  const done = world.request(application, '/EWS/wait');
  await there;
  return { done };
}

async function release(occupied: { done: Promise<unknown> }): Promise<void> {
  for (const response of waiting.splice(0)) response.end();
  await occupied.done;
}

test('requests in work: one too many is told so after a pause, and can come back on the same connection', async () => {
  const application = await world.publish(url, 'contoso', { requestsInFlight: 1 });
  const first = await occupy(application);
  const socket = await world.connect(application);
  const before = performance.now();
  socket.write(`POST /EWS/ HTTP/1.1\r\nHost: ${host(application)}\r\nContent-Length: 3\r\n\r\nabc`);
  const [refused] = (await once(socket, 'data')) as [Buffer];
  assert.match(refused.toString(), /^HTTP\/1\.1 429 .*Retry-After: 1\r\n.*x-hybridge-error: RELAY_CONCURRENCY_LIMIT|^HTTP\/1\.1 429 .*x-hybridge-error: RELAY_CONCURRENCY_LIMIT.*Retry-After: 1\r\n/s);
  assert.ok(performance.now() - before >= 290);
  await release(first);
  socket.write(`POST /EWS/ HTTP/1.1\r\nHost: ${host(application)}\r\nContent-Length: 3\r\n\r\nabc`);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  assert.match(answer.toString(), /^HTTP\/1\.1 200 .*got 3$/s);
  socket.destroy();
});

test('a client that goes away, or is refused, gives its place back', async () => {
  const application = await world.publish(url, 'contoso', { requestsInFlight: 1 });
  for (let round = 0; round < 3; round += 1) {
    const there = new Promise<void>((resolve) => (arrived = resolve));
    const socket = await world.connect(application);
    socket.write(`GET /EWS/wait HTTP/1.1\r\nHost: ${host(application)}\r\n\r\n`);
    await there;
    const logged = world.relayLog.length;
    socket.destroy();
    while (world.relayLog.length === logged) await nextTurn();
  }
  assert.equal((await world.request(application, '/EWS/')).status, 200);
  assert.equal((await world.request(application, '/nowhere')).status, 403);
  assert.equal((await world.request(application, '/EWS/')).status, 200);
});

test('a tenant has limits of its own, over all its applications, which can be changed while it works', async () => {
  const first = await world.publish(url, 'fabrikam');
  const second = await world.publish(url, 'fabrikam');
  const agent = await world.startAgent('fabrikam');
  await world.admin.updateTenant('fabrikam', { limits: { requestsInFlight: 1 } });
  const held = await occupy(first);
  assert.equal((await world.request(second, '/EWS/')).headers['x-hybridge-error'], 'RELAY_TENANT_CONCURRENCY_LIMIT');
  await world.admin.updateTenant('fabrikam', { limits: { requestsInFlight: null, requestsPerSecond: 1 } });
  assert.deepEqual((await world.admin.getTenant('fabrikam')).limits, { requestsInFlight: null, requestsPerSecond: 1 });
  const statuses = await Promise.all([1, 2, 3].map(async () => world.request(second, '/EWS/')));
  assert.deepEqual(statuses.map(({ status }) => status).toSorted((a, b) => a - b), [200, 429, 429]);
  assert.equal(statuses.find(({ status }) => status === 429)?.headers['x-hybridge-error'], 'RELAY_TENANT_RATE_LIMIT');
  await release(held);
  await agent.close();
});

test('connections are counted for applications and tenants, also while no request is in work on them', async () => {
  const application = await world.publish(url, 'contoso', { connections: 1 });
  const socket = await world.connect(application);
  socket.write(`GET /EWS/ HTTP/1.1\r\nHost: ${host(application)}\r\n\r\n`);
  await once(socket, 'data');
  assert.equal((await world.request(application, '/EWS/')).headers['x-hybridge-error'], 'RELAY_CONNECTION_LIMIT');
  socket.write(`GET /EWS/ HTTP/1.1\r\nHost: ${host(application)}\r\n\r\n`);
  assert.match(String(((await once(socket, 'data')) as [Buffer])[0]), /^HTTP\/1\.1 200 /);
  socket.destroy();
  while ((await world.request(application, '/EWS/')).status !== 200);
});

test('bodies and heads have a size; the target gets nothing of what is refused', async () => {
  const application = await world.publish(url, 'contoso', { bodyBytes: 1000, headBytes: 1024 });
  assert.equal((await world.request(application, '/EWS/', { method: 'POST', body: 'x'.repeat(1000) })).body.toString(), 'got 1000');
  const large = await world.request(application, '/EWS/', { method: 'POST', body: 'x'.repeat(1001) });
  assert.deepEqual([large.status, large.headers['x-hybridge-error']], [413, 'RELAY_REQUEST_TOO_LARGE']);
  const chunks = `fa\r\n${'x'.repeat(250)}\r\n`.repeat(8);
  const chunked = await world.exchange(application, `POST /EWS/ HTTP/1.1\r\nHost: ${host(application)}\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}`);
  assert.match(chunked, /^HTTP\/1\.1 413 /);
  const head = await world.request(application, '/EWS/', { headers: { 'x-long': 'x'.repeat(1100) } });
  assert.deepEqual([head.status, head.headers['x-hybridge-error']], [431, 'RELAY_REQUEST_HEADERS_TOO_LARGE']);
});

test('a total time-out ends what idle time-outs would let go on', async () => {
  const application = await world.publish(url, 'contoso', { totalTimeoutMs: 700 });
  const answer = await world.request(application, '/EWS/wait');
  assert.deepEqual([answer.status, answer.headers['x-hybridge-error']], [504, 'RELAY_TOTAL_TIMEOUT']);
  waiting.length = 0;
});

test('a head or a body that comes too slowly ends its connection, however steadily it comes', async () => {
  const application = await world.publish(url);
  const trickle = async (socket: TLSSocket, bytes: string): Promise<string> => {
    const timer = setInterval(() => socket.write(bytes), 50);
    const received = Buffer.concat(await socket.on('error', () => undefined).toArray()).toString();
    clearInterval(timer);
    return received;
  };
  const head = await world.connect(application);
  head.write(`GET /EWS/ HTTP/1.1\r\nHost: ${host(application)}\r\nX-Slow: `);
  assert.match(await trickle(head, 'x'), /^HTTP\/1\.1 408 .*RELAY_REQUEST_TIMEOUT/s);
  const body = await world.connect(application);
  body.write(`POST /EWS/ HTTP/1.1\r\nHost: ${host(application)}\r\nContent-Length: 100000\r\n\r\n`);
  assert.match(await trickle(body, 'x'), /^HTTP\/1\.1 408 .*RELAY_REQUEST_TIMEOUT/s);
});

test('a connection on which nothing is asked does not stay', async () => {
  const socket = await world.connect(await world.publish(url));
  assert.equal(Buffer.concat(await socket.toArray()).length, 0);
});

test('a client that does not read its answer is dropped, and so is its stream', async () => {
  const application = await world.publish(url);
  const socket = await world.connect(application);
  socket.on('error', () => undefined);
  socket.write(`GET /EWS/endless HTTP/1.1\r\nHost: ${host(application)}\r\n\r\n`);
  await once(socket, 'readable');
  while (!world.relayLog.some((entry) => entry.path === '/EWS/endless')) await new Promise((resolve) => setTimeout(resolve, 50));
  const logged = world.relayLog.find((entry) => entry.path === '/EWS/endless');
  assert.deepEqual([logged?.status, logged?.errorCode], [200, 'RELAY_CLIENT_SLOW']);
  socket.destroy();
});
