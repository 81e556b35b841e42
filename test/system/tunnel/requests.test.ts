import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import type { RunningAgent } from '../../../src/agent/index.ts';
import type { ApplicationView } from '../../../src/relay/index.ts';
import type { TunnelWorld } from './tunnel-world.ts';
import { startTunnelWorld } from './tunnel-world.ts';

let world: TunnelWorld;
let application: ApplicationView;
let agent: RunningAgent & { agentId: string };

before(async () => {
  world = await startTunnelWorld();
  const target = await world.startTarget((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body: Buffer.concat(chunks).toString(), trailers: request.trailers });
      response.setHeader('content-type', 'application/json');
      if (request.url?.includes('chunked') === true) {
        response.setHeader('trailer', 'x-sum');
        response.write(body.slice(0, 10));
        response.write(body.slice(10));
        response.addTrailers({ 'x-sum': '42' });
        response.end();
      } else response.end(body);
    });
  });
  application = await world.publish(target.url);
  agent = await world.startAgent();
});
after(() => world.close());

interface Echo {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  trailers: Record<string, string>;
}

const echo = (body: Buffer): Echo => JSON.parse(body.toString()) as Echo;

test('carries a request to the target and its answer back, saying so in Via', async () => {
  const answer = await world.request(application, '/EWS/Exchange.asmx?x=1', {
    method: 'POST',
    body: 'hello',
    headers: { 'client-request-id': 'abcdefgh-1', 'x-forwarded-for': '6.6.6.6', X_Forwarded_Host: 'evil', forwarded: 'for=6.6.6.6', authorization: 'Bearer x' },
  });
  assert.equal(answer.status, 200);
  const seen = echo(answer.body);
  assert.equal(seen.body, 'hello');
  assert.equal(seen.url, '/EWS/Exchange.asmx?x=1');
  assert.equal(seen.headers['client-request-id'], 'abcdefgh-1');
  assert.equal(seen.headers['x-forwarded-for'], '127.0.0.1');
  assert.equal(seen.headers['x_forwarded_host'], undefined);
  assert.equal(seen.headers['authorization'], 'Bearer x');
  assert.equal(seen.headers['host'], `${new URL(application.externalUrl).hostname}:${world.relay.port}`);
  assert.equal(seen.headers['via'], '1.1 relay.test');
  assert.equal(answer.headers.via, `1.1 relay.test (hybridge agent ${agent.agentId.slice(0, 8)})`);
  assert.equal(answer.headers['request-id'], 'abcdefgh-1');
  const logged = world.relayLog.find((entry) => entry.requestId === 'abcdefgh-1');
  assert.equal(logged?.status, 200);
  assert.equal(logged?.query, 'x=1');
  assert.equal(world.agentLog.find((entry) => entry.requestId === 'abcdefgh-1')?.status, 200);
});

test('carries chunked bodies with trailers both ways, byte for byte', async () => {
  const host = new URL(application.externalUrl).host;
  const text = await world.exchange(
    application,
    `POST /EWS/chunked HTTP/1.1\r\nHost: ${host}\r\nConnection: close, TE\r\nTE: trailers\r\nTransfer-Encoding: chunked\r\nTrailer: x-more\r\n\r\n5;a=b\r\nhello\r\n1\r\n!\r\n0\r\nx-more: yes\r\n\r\n`,
  );
  assert.match(text, /^HTTP\/1\.1 200 /);
  assert.match(text, /\r\n0\r\nx-sum: 42\r\n\r\n$/);
  assert.match(text, /"body":"hello!"/);
  assert.match(text, /"x-more":"yes"/);
});

test('serves pipelined requests in order, and HEAD without a body', async () => {
  const host = new URL(application.externalUrl).host;
  const one = (path: string, method = 'GET', more = ''): string => `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${more}\r\n`;
  const text = await world.exchange(application, one('/EWS/1') + one('/EWS/2', 'HEAD') + one('/EWS/3', 'POST', 'Content-Length: 3\r\n') + 'abc' + one('/EWS/4', 'GET', 'Connection: close\r\n'));
  assert.deepEqual([...text.matchAll(/"url":"(\/EWS\/\d)"/g)].map((match) => match[1]), ['/EWS/1', '/EWS/3', '/EWS/4']);
  assert.equal(text.match(/HTTP\/1\.1 200 /g)?.length, 4);
});

test('answers what it refuses itself with a code and a remedy, and keeps the connection where it can', async () => {
  const path = await world.request(application, '/owa/');
  assert.equal(path.status, 403);
  assert.equal(path.headers['x-hybridge-error'], 'RELAY_PATH_NOT_ALLOWED');
  assert.match(path.body.toString(), /"remedy"/);
  const unknown = await world.exchange('00000000-0000-4000-8000-000000000000.relay.test', 'GET /EWS/ HTTP/1.1\r\nHost: 00000000-0000-4000-8000-000000000000.relay.test\r\nConnection: close\r\n\r\n');
  assert.match(unknown, /^HTTP\/1\.1 404 .*x-hybridge-error: RELAY_UNKNOWN_ENDPOINT/s);
  const misdirected = await world.exchange(application, 'GET /EWS/ HTTP/1.1\r\nHost: elsewhere.relay.test\r\nConnection: close\r\n\r\n');
  assert.match(misdirected, /^HTTP\/1\.1 421 /);
});

test('publishes the application under every domain of the relay', async () => {
  assert.deepEqual(application.externalUrls.map((url) => new URL(url).hostname), ['relay.test', 'other.test', 'localhost'].map((domain) => `${application.id}.${domain}`));
  const host = `${application.id}.other.test`;
  const text = await world.exchange(host, `GET /ews/x HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  assert.match(text, /^HTTP\/1\.1 200 /);
});

// Up to TLS 1.2, as Exchange on older Windows speaks it, the ticket comes during the handshake.
for (const version of ['TLSv1.3', 'TLSv1.2'] as const) {
  test(`connections with a target go on from the session of an earlier one (${version})`, async () => {
    const seen: [string | null, boolean][] = [];
    const target = await world.startTarget(
      (request, response) => {
        const socket = request.socket as TLSSocket;
        seen.push([socket.getProtocol(), socket.isSessionReused()]);
        request.resume().on('end', () => response.end('ok'));
      },
      { maxVersion: version },
    );
    const published = await world.publish(target.url);
    // Each has a connection of its own; the first ones are dialled ahead, side by side.
    for (let count = 0; count < 20; count += 1) assert.equal((await world.request(published, '/EWS/x')).status, 200);
    assert.deepEqual(seen.at(-1), [version, true], JSON.stringify(seen));
  });
}
