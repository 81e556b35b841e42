import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import type { FairShare } from './fair-share.ts';
import { createFairShare } from './fair-share.ts';

interface Clients {
  inWork: number;
  answered: number;
  stop: () => void;
}

/** A share whose relay is as busy as `used` says and that looks often, and clients of its tenants. */
function shareOf(t: TestContext, relay: { used: number }, periodMs = 5): { share: FairShare; ask: (tenant: string, clients: number) => Clients } {
  const share = createFairShare({ periodMs, utilization: () => relay.used });
  const all: Clients[] = [];
  t.after(() => {
    for (const clients of all) clients.stop();
    share.close();
  });
  return {
    share,
    ask(tenant, clients) {
      const asking = startClients(share, tenant, clients);
      all.push(asking);
      return asking;
    },
  };
}

/** Clients that ask again as soon as they are answered; an answer takes a few turns of the event loop. */
function startClients(share: FairShare, tenant: string, clients: number): Clients {
  let stopped = false;
  const state: Clients = { inWork: 0, answered: 0, stop: () => void (stopped = true) };
  const send = (): void => {
    const admitted = share.enter(tenant, (place) => {
      state.inWork += 1;
      answerAfter(3, place);
      return true;
    });
    assert.ok(admitted);
  };
  const answerAfter = (turns: number, place: number): void => {
    if (turns > 0) return void setImmediate(answerAfter, turns - 1, place);
    state.inWork -= 1;
    state.answered += 1;
    share.leave(tenant, place);
    if (!stopped) send();
  };
  for (let client = 0; client < clients; client += 1) send();
  return state;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

test('a tenant that is alone has all in work, however busy the relay is', async (t) => {
  const { ask } = shareOf(t, { used: 1 });
  const noisy = ask('noisy', 500);
  await until(() => noisy.answered > 50_000);
  assert.equal(noisy.inWork, 500);
});

test('while the relay has no time left, a tenant with hundreds of requests has about as many in work as one with four', async (t) => {
  const relay = { used: 1 };
  const { share, ask } = shareOf(t, relay);
  const quiet = ask('quiet', 4);
  const noisy = ask('noisy', 300);
  await until(() => noisy.inWork <= 8 && noisy.answered > 500);
  const before = { quiet: quiet.answered, noisy: noisy.answered };
  await until(() => quiet.answered > before.quiet + 5000);
  assert.equal(quiet.inWork, 4);
  assert.ok(noisy.answered - before.noisy < 3 * (quiet.answered - before.quiet), `${noisy.answered - before.noisy} beside ${quiet.answered - before.quiet}`);
  // It has time again: nobody waits any more.
  relay.used = 0.2;
  await until(() => share.waiting === 0 && noisy.inWork === 300);
});

test('the bound comes in steps: half of what the one with most has in work, and no less, at the first look', async (t) => {
  const { share, ask } = shareOf(t, { used: 1 }, 500);
  ask('quiet', 4);
  const noisy = ask('noisy', 300);
  await until(() => share.waiting >= 148);
  assert.equal(noisy.inWork, 150);
});

test('one whose neighbours went away is free again', async (t) => {
  const { share, ask } = shareOf(t, { used: 1 });
  const quiet = ask('quiet', 4);
  const noisy = ask('noisy', 300);
  await until(() => share.waiting > 250);
  quiet.stop();
  await until(() => noisy.inWork === 300);
});

test('polls that wait at their target take nobody a place', async (t) => {
  const { share, ask } = shareOf(t, { used: 1 });
  ask('quiet', 2);
  ask('noisy', 300);
  await until(() => share.waiting > 250);
  let polls = 0;
  for (let count = 0; count < 100; count += 1) share.enter('noisy', () => (polls += 1) > 0);
  await until(() => polls === 100);
});

test('what is no longer wanted takes no place', async (t) => {
  const { share, ask } = shareOf(t, { used: 1 });
  ask('quiet', 2);
  const noisy = ask('noisy', 300);
  await until(() => share.waiting > 250);
  let asked = 0;
  for (let count = 0; count < 1000; count += 1) share.enter('noisy', () => (asked += 1) < 0);
  await until(() => asked === 1000);
  assert.ok(noisy.inWork <= 300);
});

test('a tenant that asks for little never waits, however slow its target is', async (t) => {
  const { share, ask } = shareOf(t, { used: 1 });
  const noisy = ask('noisy', 300);
  await until(() => noisy.answered > 1000);
  let begun = 0;
  for (let count = 0; count < 10; count += 1) share.enter('quiet', () => (begun += 1) > 0);
  assert.equal(begun, 10);
});

test('too much of one tenant is refused, and only of that one', async (t) => {
  const { share, ask } = shareOf(t, { used: 1 });
  ask('quiet', 2);
  ask('noisy', 300);
  await until(() => share.waiting > 250);
  let refused = 0;
  for (let count = 0; count < 25_000; count += 1) if (!share.enter('noisy', () => false)) refused += 1;
  assert.ok(refused >= 5000 && refused < 5400, `${refused}`);
  assert.equal(share.enter('quiet', () => false), true);
});

test('thousands that are over as soon as they begin, as when no agent is there, leave the stack flat', async (t) => {
  const { share, ask } = shareOf(t, { used: 1 });
  ask('quiet', 2);
  ask('noisy', 300);
  await until(() => share.waiting > 250);
  let begun = 0;
  for (let count = 0; count < 15_000; count += 1) {
    share.enter('noisy', (place) => {
      begun += 1;
      share.leave('noisy', place);
      return true;
    });
  }
  await until(() => begun === 15_000);
});
