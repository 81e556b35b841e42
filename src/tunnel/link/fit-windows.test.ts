import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWindowFitter, linkWindowFor, windowFor } from './fit-windows.ts';

const mebibyte = 1024 * 1024;

test('windows grow with the round trip', () => {
  for (const [roundTripMs, expected] of [[0.3, 1], [3, 1], [20, 7], [50, 16], [300, 16]] as const) {
    assert.equal(linkWindowFor(roundTripMs), expected * mebibyte, `${roundTripMs} ms`);
    assert.equal(windowFor(roundTripMs, 1), expected * mebibyte, `${roundTripMs} ms`);
  }
});

test('however many streams stall, they hold no more than the memory of their link', () => {
  for (const streams of [1, 10, 64, 65, 300, 4096]) assert.ok(windowFor(300, streams) * streams <= 256 * mebibyte, `${streams} streams`);
  assert.equal(windowFor(0.3, 64), mebibyte);
  assert.equal(windowFor(0.3, 4096), 64 * 1024);
});

test('a link gets the windows that fit it after some pings; one quick ping shows that it is near', () => {
  const windows: [number, number][] = [];
  const fitter = createWindowFitter({ activeStreams: 1, setWindows: (stream, link) => void windows.push([stream / mebibyte, link / mebibyte]) });
  for (const roundTrip of [90, 60, 70, 0.5]) fitter.answered(roundTrip);
  assert.deepEqual(windows, [[4, 16], [4, 16], [16, 16], [1, 1]]);
});
