/** One quantity, measured for several planes in the same rounds. */
export interface Measurement {
  title: string;
  unit: string;
  /** Values of each plane, by round. */
  values: Map<string, number[]>;
  targets: readonly Target[];
}

/** A bound on the ratio of Hybridge to a peer, or on the value itself where there is no peer. */
export interface Target {
  peer?: string;
  kind: 'at least' | 'at most';
  bound: number;
}

export interface Spread {
  median: number;
  minimum: number;
  maximum: number;
}

export interface Verdict {
  measurement: Measurement;
  target: Target;
  spread: Spread;
  met: boolean;
}

export const ourPlane = 'hybridge';

export function createMeasurement(title: string, unit: string, targets: readonly Target[] = []): Measurement {
  return { title, unit, values: new Map(), targets };
}

export function record(measurement: Measurement, plane: string, value: number): void {
  const values = measurement.values.get(plane);
  if (values === undefined) measurement.values.set(plane, [value]);
  else values.push(value);
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
  return { median: median ?? Number.NaN, minimum: sorted[0] ?? Number.NaN, maximum: sorted.at(-1) ?? Number.NaN };
}

/** Ratios of the same round: neighbours' load moves both values alike. A round in which the peer came to nothing says nothing. */
function ratios(measurement: Measurement, peer: string): number[] {
  const theirs = measurement.values.get(peer) ?? [];
  return (measurement.values.get(ourPlane) ?? []).flatMap((ours, round) => {
    const other = theirs[round];
    return other === undefined || other === 0 ? [] : [ours / other];
  });
}

/** What came out for each target whose peer was there. */
export function verdictsOf(measurements: readonly Measurement[]): Verdict[] {
  return measurements.flatMap((measurement) =>
    measurement.targets.flatMap((target) => {
      const values = target.peer === undefined ? (measurement.values.get(ourPlane) ?? []) : ratios(measurement, target.peer);
      if (values.length === 0) return [];
      const spread = spreadOf(values);
      return [{ measurement, target, spread, met: target.kind === 'at least' ? spread.median >= target.bound : spread.median <= target.bound }];
    }),
  );
}

/** Medians of all planes, then the ratios beside their targets, as Markdown tables. */
export function report(measurements: readonly Measurement[]): string {
  const planes = [...new Set(measurements.flatMap((measurement) => [...measurement.values.keys()]))];
  const values = measurements.map((measurement) => [
    measurement.title,
    measurement.unit,
    ...planes.map((plane) => {
      const found = measurement.values.get(plane);
      return found === undefined ? '' : spreadText(spreadOf(found));
    }),
  ]);
  const verdicts = verdictsOf(measurements).map(({ measurement, target, spread, met }) => [
    measurement.title,
    target.peer === undefined ? measurement.unit : `/ ${target.peer}`,
    spreadText(spread),
    `${target.kind === 'at least' ? '≥' : '≤'} ${numberText(target.bound)}`,
    met ? 'met' : 'NOT met',
  ]);
  return `${table(['median [min–max]', 'unit', ...planes], values)}\n\n${table(['ratio, same round', 'to', 'median [min–max]', 'target', ''], verdicts)}\n`;
}

function spreadText({ median, minimum, maximum }: Spread): string {
  return minimum === maximum ? numberText(median) : `${numberText(median)} [${numberText(minimum)}–${numberText(maximum)}]`;
}

function numberText(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 0.1 ? 2 : 3);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}
