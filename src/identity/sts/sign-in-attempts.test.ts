import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agent } from 'undici';
import { silentLog } from '../../foundation/index.ts';
import { openStore } from '../../store/index.ts';
import { createSignInAttempts } from './sign-in-attempts.ts';
import type { StsContext } from './sts-context.ts';
import { stsMigrations } from './sts-schema.ts';
import { createTenant } from './tenants.ts';
import { createUser, findUserRow } from './users.ts';

const tenantId = '11111111-2222-3333-4444-555555555555';

async function setUp(t: { after(fn: () => Promise<void>): void }): Promise<{ context: StsContext; advance(ms: number): void }> {
  const store = await openStore({ file: ':memory:', migrations: stsMigrations });
  t.after(() => store.close());
  let now = Date.UTC(2026, 0, 1);
  const context: StsContext = { db: store.db, clock: { now: () => now }, log: silentLog, hostName: 'login.test', publicUrl: 'https://login.test', hashCost: 1024, passThrough: { httpClient: new Agent(), timeoutMs: 1000 } };
  await createTenant(context, { id: tenantId, displayName: 'T', domains: ['contoso.test'] });
  await createUser(context, tenantId, { userPrincipalName: 'anna@contoso.test', displayName: 'Anna' });
  return { context, advance: (ms) => (now += ms) };
}

test('an attempt that nobody could decide on is taken back', async (t) => {
  const { context } = await setUp(t);
  const attempts = createSignInAttempts(context);
  const user = await findUserRow(context, tenantId, 'anna@contoso.test');
  assert.ok(user);
  for (let turn = 0; turn < 30; turn++) {
    assert.equal(await attempts.begin(tenantId, user.userPrincipalName, user), true);
    await attempts.takeBack(user);
  }
  await attempts.takeBack(user);
  assert.equal((await findUserRow(context, tenantId, 'anna@contoso.test'))?.failedSignIns, 0);
});

test('a known account and an unknown name are locked alike, for longer each time', async (t) => {
  const { context, advance } = await setUp(t);
  const attempts = createSignInAttempts(context);
  for (const name of ['anna@contoso.test', 'Ghost@contoso.test']) {
    const user = await findUserRow(context, tenantId, name);
    const begin = (): Promise<boolean> => attempts.begin(tenantId, name, user);
    const first = await Promise.all(Array.from({ length: 15 }, begin));
    assert.equal(first.filter(Boolean).length, 10, name);
    for (const lock of [60_000, 120_000, 240_000]) {
      advance(lock - 1);
      assert.equal(await begin(), false, `${name} is locked for ${lock} ms`);
      advance(1);
      assert.equal(await begin(), true, `${name} may try once after ${lock} ms`);
    }
    for (let more = 0; more < 10; more += 1) {
      advance(3_600_000);
      assert.equal(await begin(), true, 'no lock lasts longer than an hour');
    }
  }
});

test('a success forgets the failures before it', async (t) => {
  const { context } = await setUp(t);
  const attempts = createSignInAttempts(context);
  const user = await findUserRow(context, tenantId, 'anna@contoso.test');
  assert.ok(user !== undefined);
  for (let round = 0; round < 3; round += 1) {
    for (let attempt = 0; attempt < 9; attempt += 1) assert.equal(await attempts.begin(tenantId, 'anna@contoso.test', user), true);
    await attempts.succeeded(user);
  }
});

test('an address that fails too often is turned away for the rest of the minute, and the clock may go back', async (t) => {
  const { context, advance } = await setUp(t);
  const attempts = createSignInAttempts(context);
  for (let failure = 0; failure < 100; failure += 1) {
    assert.equal(attempts.addressMayTry('10.0.0.1'), true);
    attempts.addressFailed('10.0.0.1');
  }
  assert.equal(attempts.addressMayTry('10.0.0.1'), false);
  assert.equal(attempts.addressMayTry('10.0.0.2'), true);
  advance(60_000);
  assert.equal(attempts.addressMayTry('10.0.0.1'), true);
  for (let failure = 0; failure < 100; failure += 1) attempts.addressFailed('10.0.0.1');
  assert.equal(attempts.addressMayTry('10.0.0.1'), false);
  advance(-3_600_000);
  assert.equal(attempts.addressMayTry('10.0.0.1'), true);
});
