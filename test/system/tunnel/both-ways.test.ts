import assert from 'node:assert/strict';
import https from 'node:https';
import { test } from 'node:test';
import { startTunnelWorld } from './tunnel-world.ts';
import type { TunnelWorld } from './tunnel-world.ts';

const megabytes = 40;

/** Uploads zeros and counts what comes back, both at once and as fast as they go. */
function echo(world: TunnelWorld, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let received = 0;
    const request = https.request({ host: '127.0.0.1', port: world.relay.port, servername: host, ca: [world.ca], path: '/EWS/echo', method: 'POST', agent: false, headers: { host } }, (response) => {
      response.on('data', (chunk: Buffer) => (received += chunk.length));
      response.once('end', () => resolve(received));
      response.once('error', reject);
    });
    request.once('error', reject);
    const chunk = Buffer.alloc(1 << 20);
    let left = megabytes;
    const write = (): void => {
      while (left > 0) {
        left -= 1;
        if (!request.write(chunk)) return void request.once('drain', write);
      }
      request.end();
    };
    write();
  });
}

test('a link that is full in both directions keeps moving', async () => {
  const world = await startTunnelWorld();
  try {
    const target = await world.startTarget((request, response) => void request.pipe(response));
    const application = await world.publish(target.url);
    await world.startAgent('contoso', { links: 1 });
    const host = new URL(application.externalUrl).hostname;
    const sizes = await Promise.all(Array.from({ length: 5 }, () => echo(world, host)));
    assert.deepEqual(sizes, Array.from({ length: 5 }, () => megabytes * (1 << 20)));
  } finally {
    await world.close();
  }
});
