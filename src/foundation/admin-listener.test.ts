import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { TestContext } from 'node:test';
import { Counter, Registry } from 'prom-client';
import { request } from 'undici';
import type { CertificateWithKey } from '../identity/index.ts';
import { createSelfSignedCertificate } from '../identity/index.ts';
import type { AdminListenerOptions } from './admin-listener.ts';
import { startAdminListener } from './admin-listener.ts';
import { systemClock } from './clock.ts';
import { systemDial } from './dial.ts';
import { createHttpClient } from './http-client.ts';
import { HybridgeError } from './hybridge-error.ts';
import { createLog, silentLog } from './log.ts';

let own: CertificateWithKey;
before(async () => {
  own = await createSelfSignedCertificate({ commonName: 'admin.test', days: 1, clock: systemClock });
});

/** Starts a listener; what is returned asks it. */
async function serve(t: TestContext, changes: Partial<AdminListenerOptions> = {}): Promise<(path: string) => Promise<{ status: number; body: string }>> {
  const listener = await startAdminListener({ cert: own.certificate, key: own.privateKey, log: silentLog, ready: () => true, metrics: new Registry(), ...changes });
  const httpClient = createHttpClient({ dial: (_host, _port, signal) => systemDial('127.0.0.1', listener.port, signal), ca: own.certificate });
  t.after(async () => {
    await httpClient.destroy();
    await listener.close();
  });
  return async (path) => {
    const { statusCode: status, body } = await request(`https://admin.test${path}`, { dispatcher: httpClient });
    return { status, body: await body.text() };
  };
}

test('tells the process’s own metrics beside the party’s', async (t) => {
  const metrics = new Registry();
  new Counter({ name: 'party_things_total', help: 'Things.', registers: [metrics] }).inc(3);
  const get = await serve(t, { metrics });
  const { body } = await get('/metrics');
  assert.match(body, /^party_things_total 3$/m);
  assert.match(body, /^process_resident_memory_bytes \d{7,}$/m);
  // A party that is started again with the same registry.
  const again = await serve(t, { metrics });
  assert.equal((await again('/metrics')).body.match(/^process_resident_memory_bytes /gm)?.length, 1);
});

test('is alive from the start, and ready when the party is', async (t) => {
  let isReady = false;
  const get = await serve(t, { ready: () => isReady });
  assert.deepEqual([(await get('/livez')).status, (await get('/readyz')).status], [200, 503]);
  isReady = true;
  assert.equal((await get('/readyz')).status, 200);
  assert.equal((await get('/nothing')).status, 404);
});

test('says what a route refused on purpose, and nothing of what broke', async (t) => {
  const lines: string[] = [];
  const fail = (path: string, error: Error) => ({ method: 'GET' as const, path, handle: () => Promise.reject(error) });
  const get = await serve(t, {
    log: createLog('test', { destination: { write: (line) => void lines.push(line) } }),
    routes: [
      fail('/refused', new HybridgeError('TEST_REFUSED', 'Not like this.', { facts: { status: 409, inside: 'x' }, remedy: 'Like that.' })),
      fail('/broken', new Error('the secret table is gone')),
    ],
  });
  assert.deepEqual(await get('/refused'), { status: 409, body: '{"error":{"code":"TEST_REFUSED","message":"Not like this.","remedy":"Like that."}}' });
  const broken = await get('/broken');
  assert.equal(broken.status, 500);
  assert.doesNotMatch(broken.body, /secret/);
  assert.match(lines.join(''), /the secret table is gone/);
});
