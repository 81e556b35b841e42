import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchGrowth } from './save-memory.ts';

const megabytes = (count: number): number => count * 1024 * 1024;

test('it is time to save from eight megabytes more until half of them are gone', () => {
  const isTime = watchGrowth(megabytes(30));
  const looks = [31, 36, 38, 39, 37, 35, 33, 30, 37, 40, 29, 36, 38].map((count) => isTime(megabytes(count)));
  assert.deepEqual(looks, [false, false, false, true, true, true, false, false, false, true, false, false, true]);
});

test('what is still there after five looks is in use', () => {
  const isTime = watchGrowth(megabytes(30));
  const looks = [50, 60, 60, 60, 60, 60, 60, 67, 69, 61, 50, 57, 59].map((count) => isTime(megabytes(count)));
  assert.deepEqual(looks, [true, true, true, true, true, false, false, false, true, false, false, false, true]);
});
