import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeClockDifference } from './describe-clock-difference.ts';

test('a difference is told in the unit in which people think of it', () => {
  const minute = 60_000;
  assert.deepEqual([-7 * minute, 119 * minute, 150 * minute, -26 * 60 * minute, 61 * 24 * 60 * minute].map(describeClockDifference), ['7 minutes behind', '119 minutes ahead of', '3 hours ahead of', '26 hours behind', '61 days ahead of']);
});
