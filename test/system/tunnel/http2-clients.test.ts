import assert from 'node:assert/strict';
import { once } from 'node:events';
import http2 from 'node:http2';
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';
import { after, before, test } from 'node:test';
import type { ApplicationView } from '../../../src/relay/index.ts';
import { startTunnelWorld } from './tunnel-world.ts';
import type { TunnelWorld } from './tunnel-world.ts';

const megabyte = 1024 * 1024;

let world: TunnelWorld;
let application: ApplicationView;
let host: string;
let session: ClientHttp2Session;
const connections = new Set<unknown>();

before(async () => {
  world = await startTunnelWorld();
  const target = await world.startTarget((request, response) => {
    connections.add(request.socket);
    if (request.url === '/EWS/ntlm') {
      response.writeHead(401, { 'www-authenticate': ['Negotiate', 'NTLM'] }).end();
      return;
    }
    if (request.url === '/EWS/large') {
      response.setHeader('content-length', 20 * megabyte);
      for (let count = 0; count < 20; count += 1) response.write(Buffer.alloc(megabyte, count));
      response.end();
      return;
    }
    if (request.url === '/EWS/cut') {
      response.write('half');
      setImmediate(() => request.socket.destroy());
      return;
    }
    let size = 0;
    request.on('data', (chunk: Buffer) => (size += chunk.length));
    request.on('end', () => {
      response.setHeader('set-cookie', ['a=1', 'b=2']);
      response.setHeader('trailer', 'x-size');
      response.write(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, size }));
      response.addTrailers({ 'x-size': String(size) });
      response.end();
    });
  });
  application = await world.publish(target.url);
  host = new URL(application.externalUrl).hostname;
  await world.startAgent();
  session = http2.connect(`https://${host}`, { host: '127.0.0.1', port: world.relay.port, servername: host, ca: world.ca, maxSessionMemory: 500 } as http2.SecureClientSessionOptions);
  await once(session, 'connect');
});
after(async () => {
  session.destroy();
  await world.close();
});

interface Http2Answer {
  headers: IncomingHttpHeaders;
  trailers: IncomingHttpHeaders;
  body: Buffer;
}

async function send(headers: OutgoingHttpHeaders, body?: Buffer): Promise<Http2Answer> {
  const stream: ClientHttp2Stream = session.request({ ':path': '/EWS/x', ...headers }, { endStream: body === undefined });
  let trailers: IncomingHttpHeaders = {};
  stream.on('trailers', (sent) => (trailers = sent));
  const answered = once(stream, 'response') as Promise<[IncomingHttpHeaders]>;
  if (body !== undefined) stream.end(body);
  const [answer] = await answered;
  return { headers: answer, body: Buffer.concat(await stream.toArray()), trailers };
}

test('a request and its answer pass, with cookies, trailers and the way that they came', async () => {
  const { headers, trailers, body } = await send({ ':method': 'POST', cookie: ['a=1', 'b=2'], 'client-request-id': 'http2-test' }, Buffer.from('hello'));
  assert.equal(headers[':status'], 200);
  assert.deepEqual(headers['set-cookie'], ['a=1', 'b=2']);
  assert.match(String(headers['via']), /hybridge agent/);
  const seen = JSON.parse(body.toString()) as { size: number; headers: Record<string, string> };
  assert.equal(seen.size, 5);
  assert.equal(seen.headers['cookie'], 'a=1; b=2');
  assert.equal(seen.headers['host'], `${host}:443`);
  assert.equal(trailers['x-size'], '5');
  assert.equal(world.relayLog.find((entry) => entry.requestId === 'http2-test')?.status, 200);
});

test('many streams at once all get their own answers, and connections are used again', async () => {
  connections.clear();
  for (let round = 0; round < 3; round += 1) {
    const paths = Array.from({ length: 20 }, (_, index) => `/EWS/${round}-${index}`);
    const answers = await Promise.all(paths.map((path) => send({ ':path': path })));
    assert.deepEqual(answers.map(({ body }) => (JSON.parse(body.toString()) as { url: string }).url), paths);
  }
  assert.ok(connections.size <= 21, `${connections.size} connections for three rounds of twenty`);
});

test('large bodies pass whole in both directions', async () => {
  const down = await send({ ':path': '/EWS/large' });
  assert.equal(down.body.length, 20 * megabyte);
  assert.equal(down.body.at(-1), 19);
  const up = await send({ ':method': 'POST' }, Buffer.alloc(20 * megabyte));
  assert.equal((JSON.parse(up.body.toString()) as { size: number }).size, 20 * megabyte);
});

test('half an answer is not presented as a whole one', async () => {
  await assert.rejects(send({ ':path': '/EWS/cut' }), { code: 'ERR_HTTP2_STREAM_ERROR' });
});

test('sign-in that binds a connection is sent back to HTTP/1.1', async () => {
  for (const headers of [{ ':path': '/EWS/ntlm' }, { authorization: 'Negotiate abc' }]) {
    const stream = session.request({ ':path': '/EWS/x', ...headers });
    stream.on('error', () => undefined);
    stream.resume();
    await new Promise<void>((resolve) => {
      stream.once('close', resolve);
    });
    assert.equal(stream.rstCode, http2.constants.NGHTTP2_HTTP_1_1_REQUIRED);
  }
});

test('refusals are the same as elsewhere', async () => {
  assert.equal((await send({ ':path': '/owa/' })).headers['x-hybridge-error'], 'RELAY_PATH_NOT_ALLOWED');
  assert.equal((await send({ ':path': '/EWS/../owa/' })).headers['x-hybridge-error'], 'RELAY_PATH_AMBIGUOUS');
  assert.equal((await send({ ':authority': 'other.relay.test' })).headers[':status'], 421);
  for (let round = 0; round < 20; round += 1) {
    const early = await Promise.all(Array.from({ length: 8 }, () => send({ ':method': 'POST', ':path': '/owa/' }, Buffer.alloc(megabyte))));
    assert.deepEqual(new Set(early.map(({ headers }) => headers[':status'])), new Set([403]));
  }
});

for (const [name, length, body] of [
  ['longer than nothing', 0, 'GET /EWS/smuggled HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['longer', 5, 'GET /EWS/smuggled HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['shorter', 500, 'short'],
] as const) {
  test(`a body that is ${name} than its content-length says (H2.CL) is no other request`, async () => {
    const before = world.relayLog.length;
    const other = http2.connect(`https://${host}`, { host: '127.0.0.1', port: world.relay.port, servername: host, ca: world.ca } as http2.SecureClientSessionOptions);
    other.on('error', () => undefined);
    const stream = other.request({ ':method': 'POST', ':path': '/EWS/cl', 'content-length': length });
    let answered = false;
    stream.on('error', () => undefined);
    stream.on('response', () => (answered = true));
    stream.resume();
    stream.end(body);
    await new Promise((resolve) => stream.once('close', resolve));
    assert.ok(!answered || stream.rstCode !== 0, 'the client must not take this for an answer in good order');
    other.destroy();
    const { headers } = await send({ ':method': 'GET' });
    assert.equal(headers[':status'], 200);
    assert.equal(world.relayLog.slice(before).some(({ path }) => path.includes('smuggled')), false);
  });
}
