import assert from 'node:assert/strict';
import { test } from 'node:test';
import { watchLiveness } from './watch-liveness.ts';

interface End {
  received: number;
  pings: number;
  dead: number;
}

/** Two ends of a line that carries pings and their answers, eight bytes each, until it is cut. */
function twoEnds(intervals: [number, number]): { ends: [End, End]; cut: () => void; stop: () => void } {
  const ends: [End, End] = [
    { received: 0, pings: 0, dead: 0 },
    { received: 0, pings: 0, dead: 0 },
  ];
  let whole = true;
  const stops = ends.map((own, index) => {
    const other = ends[1 - index] as End;
    return watchLiveness(
      {
        ping(answered) {
          own.pings += 1;
          if (!whole) return;
          other.received += 8;
          own.received += 8;
          answered(1);
        },
      },
      { intervalMs: intervals[index] as number, bytesReceived: () => own.received, onAnswer: () => undefined, onDead: () => void (own.dead += 1) },
    );
  });
  return { ends, cut: () => (whole = false), stop: () => stops.forEach((stop) => stop()) };
}

test('the question of one end is the sign of life of the other, and silence is noticed by both', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const line = twoEnds([1000, 1000]);
  // Three each at the beginning, to learn the distance.
  assert.deepEqual(line.ends.map((end) => end.pings), [3, 3]);
  t.mock.timers.tick(20_000);
  const asked = line.ends[0].pings + line.ends[1].pings - 6;
  assert.ok(asked > 8 && asked <= 20, `${asked} pings in 20 intervals`);
  assert.deepEqual(line.ends.map((end) => end.dead), [0, 0]);
  line.cut();
  t.mock.timers.tick(5000);
  assert.deepEqual(line.ends.map((end) => end.dead), [1, 1]);
  line.stop();
});

test('ends with different intervals keep each other alive', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const line = twoEnds([200, 1000]);
  t.mock.timers.tick(60_000);
  assert.deepEqual(line.ends.map((end) => end.dead), [0, 0]);
  line.stop();
});

test('an end that hears enough does not ask, but measures the distance now and then', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  let received = 0;
  let pings = 0;
  const stop = watchLiveness({ ping: () => void (pings += 1) }, { intervalMs: 1000, bytesReceived: () => (received += 100), onAnswer: () => undefined, onDead: () => assert.fail() });
  t.mock.timers.tick(60_000);
  assert.equal(pings, 3 + 2);
  stop();
});
