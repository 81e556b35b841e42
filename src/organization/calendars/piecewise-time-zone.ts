import type { Instant, LocalTime, TimeZone } from './time-zone.ts';

/** From `at` on, the offset is this. */
export interface OffsetChange {
  at: Instant;
  /** Milliseconds to add to the instant to get the wall-clock time. */
  offset: number;
}

/** The offset at the beginning of a stretch of time, and the changes inside it, in order. */
export interface OffsetStretch {
  offset: number;
  changes: readonly OffsetChange[];
}

/** A little more than a year: most stretches hold two changes. */
const stretchMs = 2 ** 35;
/** About 550 years of one zone; beyond that the cache starts again, so that no caller can make it grow. */
const stretchesKept = 512;
/** No local time is further than this from its instant. */
const reachMs = 86_400_000;

/**
 * A time zone made of stretches that are worked out once and kept, so that a conversion costs a division, a look into
 * a map and a comparison or two.
 */
export function piecewiseTimeZone(id: string, stretchOf: (from: Instant, to: Instant) => OffsetStretch): TimeZone {
  const stretches = new Map<number, OffsetStretch>();
  let lastIndex = Number.NaN;
  let last: OffsetStretch = { offset: 0, changes: [] };

  const find = (index: number): OffsetStretch => {
    const known = stretches.get(index);
    if (known !== undefined) return known;
    if (stretches.size >= stretchesKept) stretches.clear();
    const made = stretchOf(index * stretchMs, (index + 1) * stretchMs);
    stretches.set(index, made);
    return made;
  };

  const offsetAt = (instant: Instant): number => {
    const index = Math.floor(instant / stretchMs);
    if (index !== lastIndex) {
      last = find(index);
      lastIndex = index;
    }
    let { offset } = last;
    for (const change of last.changes) {
      if (instant < change.at) break;
      offset = change.offset;
    }
    return offset;
  };

  const toInstant = (local: LocalTime): Instant => {
    const before = offsetAt(local - reachMs);
    const after = offsetAt(local + reachMs);
    const earlier = local - before;
    if (before === after || offsetAt(earlier) === before) return earlier;
    const later = local - after;
    // Neither offset leads back to the time asked for: a gap swallowed it.
    return offsetAt(later) === after ? later : earlier;
  };

  return { id, offsetAt, toInstant };
}

/** The changes of any zone in [from, to), found by looking once a day and halving where two looks differ. */
export function offsetChanges(zone: TimeZone, from: Instant, to: Instant): readonly OffsetChange[] {
  const changes: OffsetChange[] = [];
  let offset = zone.offsetAt(from);
  for (let day = from; day < to; day += reachMs) {
    const next = Math.min(day + reachMs, to - 1);
    const nextOffset = zone.offsetAt(next);
    if (nextOffset === offset) continue;
    let [low, high] = [day, next];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (zone.offsetAt(middle) === offset) low = middle;
      else high = middle;
    }
    changes.push({ at: high, offset: nextOffset });
    offset = nextOffset;
  }
  return changes;
}
