import assert from 'node:assert/strict';
import { once } from 'node:events';
import http2 from 'node:http2';
import https from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { after, before, test } from 'node:test';
import tls from 'node:tls';
import type { ApplicationView } from '../../../src/relay/index.ts';
import { startTunnelWorld } from './tunnel-world.ts';
import type { TunnelWorld } from './tunnel-world.ts';

// Every time-out of relay and application is shorter than what these connections take. `npm run bench:endurance` does
// the same with the defaults, for an hour.
const timeoutMs = 2500;
const beatMs = 400;
const longMs = 3 * timeoutMs;

let world: TunnelWorld;
let application: ApplicationView;
let patient: ApplicationView;
/** The answer of the target that streams, for the test to write to. */
let streaming: (response: ServerResponse) => void = () => undefined;

before(async () => {
  world = await startTunnelWorld({ timeouts: { keepAliveMs: timeoutMs, bodyMs: timeoutMs, readMs: timeoutMs, headMs: 10_000 } });
  const target = await world.startTarget((request, response) => {
    if (request.url === '/EWS/poll') setTimeout(() => response.end('at last'), longMs);
    else if (request.url === '/EWS/stream') streaming(response);
    else response.end('ok');
  });
  target.server.on('upgrade', (_: IncomingMessage, socket: Duplex) => {
    socket.on('error', () => undefined);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    socket.on('data', (chunk: Buffer) => socket.write(chunk));
  });
  application = await world.publish(target.url, 'contoso', { responseTimeoutMs: timeoutMs, idleTimeoutMs: timeoutMs });
  patient = await world.publish(target.url, 'contoso', { responseTimeoutMs: 10 * longMs, idleTimeoutMs: timeoutMs });
  await world.startAgent();
});
after(() => world.close());

function open(endpoint: ApplicationView, path: string, headers: Record<string, string> = {}): ReturnType<typeof https.request> {
  const host = new URL(endpoint.externalUrl).hostname;
  const request = https.request({ host: '127.0.0.1', port: world.relay.port, servername: host, ca: [world.ca], path, agent: false, headers: { host, ...headers } });
  request.end();
  return request;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('a long poll waits as long as its application allows, over HTTP/1.1 and HTTP/2; another is given up', { timeout: 60_000 }, async () => {
  const host = new URL(patient.externalUrl).hostname;
  const session = http2.connect(`https://${host}`, { createConnection: () => tls.connect({ host: '127.0.0.1', port: world.relay.port, servername: host, ca: [world.ca], ALPNProtocols: ['h2'] }) });
  const stream = session.request({ ':path': '/EWS/poll' });
  const [first, second, impatient] = await Promise.all([
    world.request(patient, '/EWS/poll').then(({ status, body }) => [status, String(body)]),
    stream.toArray().then((chunks: Buffer[]) => String(Buffer.concat(chunks))),
    world.request(application, '/EWS/poll').then(({ status, headers }) => [status, headers['x-hybridge-error']]),
  ]);
  assert.deepEqual([first, second, impatient], [[200, 'at last'], 'at last', [504, 'RELAY_TARGET_TIMEOUT']]);
  session.close();
});

test('notifications arrive one by one, each before the next is written, for longer than any time-out', { timeout: 60_000 }, async () => {
  const target = new Promise<ServerResponse>((resolve) => (streaming = resolve));
  const asked = open(application, '/EWS/stream');
  const response = await target;
  response.write('begin\n');
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const chunks = answer[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  assert.equal(String((await chunks.next()).value), 'begin\n');
  const until = performance.now() + longMs;
  for (let number = 0; performance.now() < until; number += 1) {
    await pause(beatMs);
    response.write(`<notification ${number}/>\n`);
    assert.equal(String((await chunks.next()).value), `<notification ${number}/>\n`);
  }
  response.end();
  assert.equal((await chunks.next()).done, true);
});

test('a WebSocket on which somebody says something now and then stays; one in silence does not', { timeout: 60_000 }, async () => {
  const upgrade = { connection: 'Upgrade', upgrade: 'websocket' };
  const [, talking] = (await once(open(application, '/EWS/socket', upgrade), 'upgrade')) as [IncomingMessage, Duplex];
  const [, silent] = (await once(open(application, '/EWS/socket', upgrade), 'upgrade')) as [IncomingMessage, Duplex];
  silent.on('error', () => undefined);
  const ended = new Promise((resolve) => silent.once('close', resolve));
  silent.resume();
  for (const until = performance.now() + longMs; performance.now() < until; await pause(beatMs)) {
    talking.write('ping');
    assert.equal(String(((await once(talking, 'data')) as [Buffer])[0]), 'ping');
  }
  await ended;
  talking.destroy();
});
