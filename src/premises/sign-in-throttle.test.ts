import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSignInThrottle } from './sign-in-throttle.ts';

const hour = 3_600_000;

function lockAfter(failures: number): { lockedMs: number; throttle: ReturnType<typeof createSignInThrottle>; clock: { now: () => number; at: number } } {
  const clock = { at: 1_000_000, now: () => clock.at };
  const throttle = createSignInThrottle(clock);
  let until = 0;
  for (let count = 0; count < failures; count += 1) until = throttle.failed('account', `address ${count}`);
  return { lockedMs: until === 0 ? 0 : until - clock.at, throttle, clock };
}

test('a lock doubles with each further failure, up to an hour', () => {
  for (const [failures, lockedMs] of [[9, 0], [10, 60_000], [11, 120_000], [15, 1_920_000], [16, hour], [500, hour]] as const) {
    assert.equal(lockAfter(failures).lockedMs, lockedMs, `${failures} failures`);
  }
});

test('failures are forgotten when nothing comes for two hours', () => {
  const { throttle, clock } = lockAfter(16);
  clock.at += 2 * hour - 1;
  assert.equal(throttle.failed('account', 'a'), clock.at + hour);
  clock.at += 2 * hour;
  assert.equal(throttle.failed('account', 'a'), 0);
});

test('a clock that is set back lets nobody wait for the old time to come again', () => {
  const { throttle, clock } = lockAfter(10);
  for (let count = 0; count < 100; count += 1) throttle.failed(`other ${count}`, 'address');
  assert.equal(throttle.mayTry('account', 'elsewhere'), false);
  assert.equal(throttle.mayTry('somebody', 'address'), false);
  clock.at -= 24 * hour;
  assert.equal(throttle.mayTry('account', 'elsewhere'), true);
  assert.equal(throttle.mayTry('somebody', 'address'), true);
});

test('what it keeps is bounded', () => {
  const { throttle } = lockAfter(10);
  assert.equal(throttle.mayTry('account', 'a'), false);
  for (let count = 0; count < 20_001; count += 1) throttle.failed(`guess ${count}`, `address ${count}`);
  assert.equal(throttle.mayTry('account', 'a'), true);
});
