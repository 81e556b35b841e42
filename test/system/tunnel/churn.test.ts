import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import pino from 'pino';
import { startTunnelWorld } from './tunnel-world.ts';

/**
 * Every client connection is a stream on a link, and a client that vanishes resets its stream. The runtime's defence
 * against rapid resets would take some thousand of them for an attack of the relay and close the link.
 */
test('50,000 clients that connect and vanish take no link down, and a steady client sees no failed request', async () => {
  const world = await startTunnelWorld({ connectionLimits: { perSecond: 1e6, burst: 1e6, concurrent: 100_000 } });
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-churn-'));
  try {
    const target = await world.startTarget((request, response) => void request.resume().on('end', () => response.end('ok')));
    const application = await world.publish(target.url);
    let linkLosses = 0;
    const log = pino({ level: 'warn' }, { write: () => void (linkLosses += 1) });
    const agent = await world.startAgent('contoso', { log });
    const caFile = join(folder, 'ca.pem');
    writeFileSync(caFile, world.ca);
    const child = spawn(process.execPath, [join(import.meta.dirname, 'churn-clients.ts'), String(world.relay.port), new URL(application.externalUrl).hostname, caFile, '44000', '3000', '3000'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'close');
    let requests = 0;
    while (child.exitCode === null && child.signalCode === null) {
      const answer = await world.request(application, '/EWS/Exchange.asmx', { method: 'POST', body: 'steady' });
      assert.equal(answer.status, 200);
      requests += 1;
    }
    const [code] = await ended;
    assert.equal(code, 0);
    assert.ok(requests > 50, `${requests} requests meanwhile`);
    assert.deepEqual(agent.status().links.map(({ state }) => state), ['up', 'up']);
    assert.equal(linkLosses, 0);
  } finally {
    await world.close();
    rmSync(folder, { recursive: true });
  }
});
