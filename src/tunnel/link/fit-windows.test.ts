import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWindowFitter, windowFor } from './fit-windows.ts';

const mebibyte = 1024 * 1024;

test('windows grow with the round trip', () => {
  assert.equal(windowFor(0.3, 1), 4 * mebibyte);
  assert.equal(windowFor(20, 1), 8 * mebibyte);
  assert.equal(windowFor(50, 1), 16 * mebibyte);
  assert.equal(windowFor(300, 1), 16 * mebibyte);
});

test('however many streams stall, they hold no more than the memory of their link', () => {
  for (const streams of [1, 10, 64, 65, 300, 4096]) assert.ok(windowFor(300, streams) * streams <= 256 * mebibyte, `${streams} streams`);
  assert.equal(windowFor(0.3, 64), 4 * mebibyte);
  assert.equal(windowFor(0.3, 4096), 64 * 1024);
});

test('a link that is far away gets wide windows after some pings, unless one quick ping shows that it is near', () => {
  const windows: number[] = [];
  const fitter = createWindowFitter({ activeStreams: 1, setWindows: (window) => void windows.push(window / mebibyte) });
  for (const roundTrip of [90, 60, 70, 0.5]) fitter.answered(roundTrip);
  assert.deepEqual(windows, [4, 4, 16, 4]);
});
