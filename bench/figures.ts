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

/** Runs two things in turn, A B A B …, so that a machine whose speed drifts is unfair to neither. */
export async function measurePair(one: (turn: number) => Promise<unknown>, other: (turn: number) => Promise<unknown>, rounds: number): Promise<{ one: Latencies; other: Latencies }> {
  const times: [number[], number[]] = [[], []];
  for (let turn = -Math.ceil(rounds / 10); turn < rounds; turn++) {
    for (const [side, work] of [one, other].entries()) {
      const before = performance.now();
      await work(Math.max(turn, 0));
      if (turn >= 0) times[side]?.push(performance.now() - before);
    }
  }
  return { one: summarise(times[0]), other: summarise(times[1]) };
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
