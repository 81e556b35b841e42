import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFairTurns } from './fair-turns.ts';

/** Resolves when nothing waits any more. */
async function settled(turns: { readonly waiting: number }): Promise<void> {
  while (turns.waiting > 0) await new Promise(setImmediate);
}

test('a tenant that is alone begins everything at once', () => {
  const turns = createFairTurns();
  let begun = 0;
  for (let count = 0; count < 1000; count += 1) turns.enter('a', () => (begun += 1));
  assert.equal(begun, 1000);
  turns.close();
});

test('a tenant that asks once is not behind all that another one asks', async () => {
  const turns = createFairTurns();
  const order: string[] = [];
  turns.enter('quiet', () => order.push('first'));
  for (let count = 0; count < 1000; count += 1) turns.enter('noisy', () => order.push('noisy'));
  turns.enter('quiet', () => order.push('quiet'));
  await settled(turns);
  assert.equal(order.length, 1002);
  assert.ok(order.indexOf('quiet') <= 20, `began as number ${order.indexOf('quiet')}`);
  turns.close();
});

test('tenants that are busy at the same time begin equally much, whoever was first', async () => {
  const turns = createFairTurns();
  const order: string[] = [];
  for (const tenant of ['a', 'b', 'c']) turns.enter(tenant, () => undefined);
  for (const tenant of ['a', 'b', 'c']) for (let count = 0; count < 300; count += 1) turns.enter(tenant, () => order.push(tenant));
  await settled(turns);
  const later = order.slice(450, 600);
  for (const tenant of ['a', 'b', 'c']) assert.ok(Math.abs(later.filter((one) => one === tenant).length - 50) <= 25, `${tenant}: ${later.filter((one) => one === tenant).length} of 150`);
  turns.close();
});

test('what one tenant begins keeps its order, also over many turns', async () => {
  const turns = createFairTurns();
  const order: number[] = [];
  turns.enter('other', () => undefined);
  for (let count = 0; count < 5000; count += 1) turns.enter('a', () => order.push(count));
  await settled(turns);
  assert.deepEqual(order, Array.from({ length: 5000 }, (_, index) => index));
  turns.close();
});

test('too much of one tenant is refused, and only of that one', () => {
  const turns = createFairTurns();
  turns.enter('other', () => undefined);
  let refused = 0;
  for (let count = 0; count < 25_000; count += 1) if (!turns.enter('a', () => undefined)) refused += 1;
  assert.ok(refused > 4900 && refused <= 5000, `${refused}`);
  assert.equal(turns.enter('other', () => undefined), true);
  turns.close();
});
