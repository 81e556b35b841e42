import assert from 'node:assert/strict';
import { createCipheriv, createHash } from 'node:crypto';
import { once } from 'node:events';
import http2 from 'node:http2';
import https from 'node:https';
import type { IncomingMessage, RequestListener } from 'node:http';
import { Readable } from 'node:stream';
import type { Readable as Body, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import { startTunnelWorld } from './tunnel-world.ts';
import type { TunnelWorld } from './tunnel-world.ts';

const megabyte = 1024 * 1024;
/** Bodies at once, each of its own content: memory that was given back too early would show as another's bytes. */
const bodies = Array.from({ length: 16 }, (_, seed) => ({ seed, size: 1000 + ((seed * 613_337) % (3 * megabyte)) }));

/** `size` bytes that only this seed gives, in pieces of many sizes. */
function* content(seed: number, size: number): Generator<Buffer> {
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, seed + 1), Buffer.alloc(16));
  for (let left = size, piece = 1; left > 0; piece = ((piece * 7 + seed) % 70_000) + 1) {
    const length = Math.min(left, piece);
    left -= length;
    yield cipher.update(Buffer.alloc(length));
  }
}

function digestOf({ seed, size }: { seed: number; size: number }): string {
  const hash = createHash('sha256');
  for (const piece of content(seed, size)) hash.update(piece);
  return hash.digest('hex');
}

/** Reads as somebody does who has other things to do now and then. */
async function digestSlowly(body: Body): Promise<string> {
  const hash = createHash('sha256');
  let count = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    hash.update(chunk);
    count += 1;
    if (count % 5 === 0) for (let wait = 0; wait < 20; wait += 1) await turn();
  }
  return hash.digest('hex');
}

const sendBody = (seed: number, size: number, to: Writable): Promise<void> => pipeline(Readable.from(content(seed, size), { objectMode: true }), to);

let world: TunnelWorld;
let host: string;
let passThrough: string;

/** `/down/<seed>/<size>` gives a body, `/up` answers with the digest of what came. */
const target: RequestListener = (request, response) => {
  const [, , way, seed = '0', size = '0'] = (request.url ?? '').split('/');
  if (way === 'up') {
    digestSlowly(request).then((digest) => response.end(digest), () => undefined);
    return;
  }
  // Every other one without a length, so that it comes in chunks.
  if (Number(seed) % 2 === 0) response.setHeader('content-length', size);
  sendBody(Number(seed), Number(size), response).catch(() => undefined);
};

before(async () => {
  world = await startTunnelWorld();
  const { url } = await world.startTarget(target);
  host = new URL((await world.publish(url)).externalUrl).hostname;
  passThrough = 'target.test';
  await world.publish(url, 'contoso', { passThroughHosts: [passThrough] });
  await world.startAgent();
});
after(() => world.close());

async function digestsOver(agent: https.Agent, servername: string, way: 'down' | 'up'): Promise<string[]> {
  return Promise.all(
    bodies.map(async ({ seed, size }) => {
      const path = way === 'down' ? `/EWS/down/${seed}/${size}` : '/EWS/up';
      const request = https.request({ host: '127.0.0.1', port: world.relay.port, servername, ca: [world.ca], path, method: way === 'down' ? 'GET' : 'POST', headers: { host: servername, ...(way === 'up' && seed % 2 === 0 ? { 'content-length': size } : {}) }, agent });
      const answered = once(request, 'response') as Promise<[IncomingMessage]>;
      if (way === 'down') request.end();
      else await sendBody(seed, size, request);
      const [response] = await answered;
      assert.equal(response.statusCode, 200);
      return way === 'down' ? digestSlowly(response) : Buffer.concat(await response.toArray()).toString();
    }),
  );
}

for (const way of ['down', 'up'] as const) {
  test(`bodies ${way}, many at once, are those that were sent, whoever pauses`, { timeout: 120_000 }, async () => {
    // Fewer connections than bodies: each carries several, one after the other.
    const agent = new https.Agent({ keepAlive: true, maxSockets: 6 });
    assert.deepEqual(await digestsOver(agent, host, way), bodies.map(digestOf));
    agent.destroy();
  });

  test(`the same ${way} where TLS ends at the target`, { timeout: 120_000 }, async () => {
    const agent = new https.Agent({ keepAlive: true, maxSockets: 6 });
    assert.deepEqual(await digestsOver(agent, passThrough, way), bodies.map(digestOf));
    agent.destroy();
  });

  test(`the same ${way} for a client of HTTP/2`, { timeout: 120_000 }, async () => {
    const session = http2.connect(`https://${host}`, { host: '127.0.0.1', port: world.relay.port, servername: host, ca: world.ca } as http2.SecureClientSessionOptions);
    const digests = await Promise.all(
      bodies.map(async ({ seed, size }) => {
        const stream = session.request({ ':path': way === 'down' ? `/EWS/down/${seed}/${size}` : '/EWS/up', ':method': way === 'down' ? 'GET' : 'POST' }, { endStream: way === 'down' });
        if (way === 'up') await sendBody(seed, size, stream);
        return way === 'down' ? digestSlowly(stream) : Buffer.concat(await stream.toArray()).toString();
      }),
    );
    session.destroy();
    assert.deepEqual(digests, bodies.map(digestOf));
  });
}
