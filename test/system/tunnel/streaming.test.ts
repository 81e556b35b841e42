import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import https from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { after, before, test } from 'node:test';
import type { ApplicationView } from '../../../src/relay/index.ts';
import { startTunnelWorld } from './tunnel-world.ts';
import type { TunnelWorld } from './tunnel-world.ts';

const megabyte = 1024 * 1024;
const total = 200 * megabyte;
/** Both ends, relay and agent share this process: what a transfer may add to its memory. */
const memoryAllowance = 120 * megabyte;

let world: TunnelWorld;
let application: ApplicationView;
let host: string;
let sentByTarget = 0;
let downloadEnded: Promise<unknown>;

const block = randomBytes(256 * 1024);

before(async () => {
  world = await startTunnelWorld();
  const target = await world.startTarget((request, response) => {
    if (request.url === '/EWS/down') {
      response.setHeader('content-length', total);
      const pump = (): void => {
        while (sentByTarget < total) {
          sentByTarget += block.length;
          if (!response.write(block)) return void response.once('drain', pump);
        }
        response.end();
      };
      downloadEnded = new Promise((resolve) => request.socket.once('close', resolve));
      sentByTarget = 0;
      pump();
    } else if (request.url === '/EWS/up') {
      const hash = createHash('sha256');
      let size = 0;
      request.on('data', (chunk: Buffer) => {
        hash.update(chunk);
        size += chunk.length;
      });
      request.on('end', () => response.end(`${size} ${hash.digest('hex')}`));
    } else if (request.url === '/EWS/refuse-early') {
      response.writeHead(401, { connection: 'close', 'content-length': 2 });
      response.end('no');
    } else if (request.url === '/EWS/until-close') {
      response.useChunkedEncodingByDefault = false;
      response.sendDate = false;
      response.writeHead(200, { connection: 'close' });
      response.write('one ');
      response.end('two');
    } else response.end('ok');
  });
  target.server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    response.writeContinue();
    let size = 0;
    request.on('data', (chunk: Buffer) => (size += chunk.length));
    request.on('end', () => response.end(`continued ${size}`));
  });
  target.server.on('upgrade', (_request: IncomingMessage, socket: Duplex) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\nhello');
    socket.on('data', (chunk: Buffer) => socket.write(`<${chunk.toString()}>`));
    socket.on('end', () => socket.end('bye'));
    socket.on('error', () => undefined);
  });
  application = await world.publish(target.url);
  host = new URL(application.externalUrl).hostname;
  await world.startAgent();
});
after(() => world.close());

function open(path: string, method: string, headers: Record<string, string | number> = {}): ReturnType<typeof https.request> {
  return https.request({ host: '127.0.0.1', port: world.relay.port, servername: host, ca: [world.ca], path, method, headers: { host, ...headers }, agent: false });
}

test('a download of 200 MB passes with flat memory', { timeout: 60_000 }, async () => {
  const before = process.memoryUsage().rss;
  let peak = 0;
  let size = 0;
  const request = open('/EWS/down', 'GET');
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  assert.equal(size, total);
  assert.ok(peak - before < memoryAllowance, `memory grew by ${Math.round((peak - before) / megabyte)} MB`);
});

test('an upload of 200 MB passes whole, chunked, with flat memory', { timeout: 60_000 }, async () => {
  const before = process.memoryUsage().rss;
  let peak = 0;
  const hash = createHash('sha256');
  const request = open('/EWS/up', 'POST');
  for (let sent = 0; sent < total; sent += block.length) {
    hash.update(block);
    if (!request.write(block)) await once(request, 'drain');
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const text = Buffer.concat(await response.toArray()).toString();
  assert.equal(text, `${total} ${hash.digest('hex')}`);
  assert.ok(peak - before < memoryAllowance, `memory grew by ${Math.round((peak - before) / megabyte)} MB`);
});

test('a client that does not read stops the target, and hinders nobody', { timeout: 60_000 }, async () => {
  const request = open('/EWS/down', 'GET');
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.pause();
  let before = -1;
  while (before !== sentByTarget) {
    before = sentByTarget;
    for (let count = 0; count < 20; count += 1) assert.equal((await world.request(application, '/EWS/small')).body.toString(), 'ok');
  }
  assert.ok(sentByTarget < 60 * megabyte, `${Math.round(sentByTarget / megabyte)} MB had left the target`);
  response.destroy();
});

test('a client that goes away takes its connection with the target along', async () => {
  const request = open('/EWS/down', 'GET');
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.on('error', () => undefined);
  response.destroy();
  await downloadEnded;
});

test('100-continue comes from the target before the body is sent', async () => {
  const request = open('/EWS/x', 'POST', { expect: '100-continue', 'content-length': 5 });
  request.flushHeaders();
  await once(request, 'continue');
  request.end('12345');
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  assert.equal(Buffer.concat(await response.toArray()).toString(), 'continued 5');
});

test('an upgrade switches to bytes both ways, what was sent ahead included', async () => {
  const socket = await world.connect(application);
  socket.write(`GET /EWS/ws HTTP/1.1\r\nHost: ${host}\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n\r\nahead`);
  let text = '';
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (text.endsWith('<ahead>')) socket.write('more');
    if (text.endsWith('<more>')) socket.end();
  });
  await once(socket, 'close');
  assert.match(text, /^HTTP\/1\.1 101 /);
  assert.match(text, /hello<ahead><more>/);
});

test('an answer before the end of the upload reaches the client', async () => {
  const socket = await world.connect(application);
  socket.on('error', () => undefined);
  socket.write(`POST /EWS/refuse-early HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 1000000\r\n\r\nfirst`);
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await once(socket, 'end');
  assert.match(text, /^HTTP\/1\.1 401 /);
  assert.match(text, /\r\nConnection: close\r\n/);
  assert.ok(text.endsWith('\r\n\r\nno'));
});

test('an answer that ends with the connection is passed whole', async () => {
  const url = await world.startRawTarget((socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\none two three')));
  const other = await world.publish(url);
  const otherHost = new URL(other.externalUrl).hostname;
  const text = await world.exchange(other, `GET /EWS/ HTTP/1.1\r\nHost: ${otherHost}\r\n\r\n`);
  assert.match(text, /\r\nConnection: close\r\n/);
  assert.ok(text.endsWith('one two three'));
});

test('a long answer that ends with the connection is passed whole to a slow reader, and never when it is cut', { timeout: 30_000 }, async () => {
  const length = 20 * megabyte;
  const send = async (cut: boolean): Promise<{ size: number; error: unknown }> => {
    const url = await world.startRawTarget((socket, transport) =>
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        socket.write(Buffer.alloc(length), () => (cut ? transport.resetAndDestroy() : socket.end()));
      }),
    );
    const other = await world.publish(url);
    const otherHost = new URL(other.externalUrl).hostname;
    const request = https.request({ host: '127.0.0.1', port: world.relay.port, servername: otherHost, ca: [world.ca], path: '/EWS/', headers: { host: otherHost }, agent: false });
    // Node tells of a reset behind the head here, and only here when the length of the answer is open.
    let reset: unknown;
    request.on('error', (error) => (reset = error));
    request.end();
    let size = 0;
    try {
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      for await (const chunk of response as AsyncIterable<Buffer>) {
        size += chunk.length;
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
      }
      return { size, error: reset };
    } catch (error) {
      return { size, error };
    }
  };
  assert.deepEqual(await send(false), { size: length, error: undefined });
  const { error } = await send(true);
  assert.equal((error as { code?: string }).code, 'ECONNRESET');
});

test('half an answer is never presented as a whole one', async () => {
  const url = await world.startRawTarget((socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this')));
  const other = await world.publish(url);
  await assert.rejects(world.request(other, '/EWS/'), { code: 'ECONNRESET' });
  const chunked = await world.startRawTarget((socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n')));
  await assert.rejects(world.request(await world.publish(chunked), '/EWS/'), { code: 'ECONNRESET' });
});
