/** Latencies of many runs of one thing, in milliseconds. */
export interface Latencies {
  perSecond: number;
  p50: number;
  p99: number;
}

/** Runs `work` for at least `seconds` after a short warm-up, one after another, and gives its latencies. */
export async function measure(work: (turn: number) => Promise<unknown>, seconds: number): Promise<Latencies> {
  const warmUntil = performance.now() + Math.min(1000, seconds * 250);
  for (let turn = 0; performance.now() < warmUntil; turn++) await work(turn);
  const times: number[] = [];
  const started = performance.now();
  for (let turn = 0; performance.now() - started < seconds * 1000; turn++) {
    const before = performance.now();
    await work(turn);
    times.push(performance.now() - before);
  }
  return summarise(times, (performance.now() - started) / 1000);
}

/** Runs two things in turn, A B B A …, so that neither a machine whose speed drifts nor what the one leaves behind is unfair to the other. */
export async function measurePair(one: (turn: number) => Promise<unknown>, other: (turn: number) => Promise<unknown>, rounds: number): Promise<{ one: Latencies; other: Latencies; times: readonly [number[], number[]] }> {
  const times: [number[], number[]] = [[], []];
  const pair = [...[one, other].entries()];
  for (let turn = -Math.ceil(rounds / 10); turn < rounds; turn++) {
    for (const [side, work] of turn % 2 === 0 ? pair : pair.toReversed()) {
      const before = performance.now();
      await work(Math.max(turn, 0));
      if (turn >= 0) times[side]?.push(performance.now() - before);
    }
  }
  return { one: summarise(times[0]), other: summarise(times[1]), times };
}

/**
 * How sure the difference of two quantiles is: the middle 95 of 100 differences between samples drawn again from each
 * (the bootstrap), milliseconds.
 */
export function differenceInterval([one, other]: readonly [readonly number[], readonly number[]], share: number): readonly [number, number] {
  const drawn = (values: readonly number[]): number => {
    const sample = Float64Array.from(values, () => values[Math.floor(Math.random() * values.length)] ?? Number.NaN).sort();
    return sample[Math.floor(sample.length * share)] ?? Number.NaN;
  };
  const differences = Array.from({ length: 1000 }, () => drawn(one) - drawn(other)).toSorted((a, b) => a - b);
  return [differences[25] ?? Number.NaN, differences[974] ?? Number.NaN];
}

function summarise(times: number[], seconds = times.reduce((sum, time) => sum + time, 0) / 1000): Latencies {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { perSecond: times.length / seconds, p50: at(0.5), p99: at(0.99) };
}

export function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(1)} ms`;
}

export function ratio(value: number): string {
  return `${value.toFixed(2)}×`;
}
