import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLimiter } from './limiter.ts';

test('runs so many at a time, lets so many wait, refuses the rest, and recovers', async () => {
  const limit = createLimiter({ concurrent: 2, waiting: 3, refuse: () => new RangeError('full') });
  const finish: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const work = async (): Promise<string> => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => finish.push(resolve));
    running -= 1;
    return 'done';
  };
  const accepted = Array.from({ length: 5 }, () => limit(work));
  await assert.rejects(limit(work), RangeError);
  const ended = Promise.all(accepted);
  const pump = setInterval(() => finish.shift()?.(), 0);
  assert.deepEqual(await ended, Array.from({ length: 5 }, () => 'done'));
  clearInterval(pump);
  assert.equal(most, 2);
  await assert.rejects(limit(() => Promise.reject(new TypeError('work failed'))), TypeError);
  assert.equal(await limit(async () => 'again'), 'again');
});
