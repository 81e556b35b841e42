import { performance } from 'node:perf_hooks';

/** Requests of one tenant that are let through at the same time, however short time is. */
const leastInWork = 4;
/** Requests of one tenant that may wait. */
const maximumWaiting = 20_000;
/**
 * Part of its time that the relay may be at work before it is short of time, and below which it has time again. Far from
 * all of it: where much comes at random, whoever comes waits for what is there long before there is no time left.
 */
const short = 0.75;
const enough = 0.6;
/** A bounded tenant is free again when its pace is below this part of the mean: one of slow targets, that took no time. */
const unboundBelow = 0.25;
/** Periods after which a request counts no more: a poll that waits at its target takes nobody's time. */
const countedPeriods = 20;

export interface FairShareOptions {
  /** Milliseconds between two looks at how busy the relay is. Default 50. */
  periodMs?: number;
  /** The part of the time since the last call that the process was at work, 0 to 1. Default: of its event loop. */
  utilization?: () => number;
}

/**
 * Keeps a tenant that asks for much from standing in everybody's way when the relay is short of time. As long as it has
 * time, or one tenant alone is busy, all begins at once. When it is short of it, tenants that began more than the mean of
 * the busy ones get a bound on what they have in work, the same for each of them, half of what the one with most has and
 * less with each look, and the rest of theirs waits here, where it costs nothing; the bound grows again as time is left.
 * Tenants below the mean never wait.
 */
export interface FairShare {
  /**
   * Runs `start` now or later, with the place that `leave` wants back; it says whether its request is still wanted.
   * False when too much of this tenant's waits already.
   */
  enter(tenant: string, start: (place: number) => boolean): boolean;
  /** A request that began is over. */
  leave(tenant: string, place: number): void;
  readonly waiting: number;
  close(): void;
}

interface Share {
  /** Requests that began in each of the last periods and are not over. */
  counted: number[];
  inWork: number;
  /** Began in this period. */
  begun: number;
  /** Began in a period, of late: each period counts half of the one after it, and none less than the last one. */
  pace: number;
  /** The period in which it last began something. */
  lastBegun: number;
  /** More than its share: what it has in work is bounded. */
  bounded: boolean;
  waiting: ((place: number) => boolean)[];
  /** Of `waiting`, those that are no longer. */
  passed: number;
  admitting: boolean;
}

export function createFairShare({ periodMs = 50, utilization = loopUtilization() }: FairShareOptions = {}): FairShare {
  const shares = new Map<string, Share>();
  let period = 0;
  let bound = Infinity;
  let waiting = 0;

  const begin = (share: Share, start: (place: number) => boolean): void => {
    const slot = period % countedPeriods;
    share.counted[slot] = (share.counted[slot] ?? 0) + 1;
    share.inWork += 1;
    share.begun += 1;
    share.lastBegun = period;
    if (start(period)) return;
    share.counted[slot] -= 1;
    share.inWork -= 1;
    share.begun -= 1;
  };
  const admitWaiting = (share: Share): void => {
    // What begins may be over at once: its place is for the next round, not for a round within this one.
    if (share.admitting) return;
    share.admitting = true;
    while (share.passed < share.waiting.length && (!share.bounded || share.inWork < bound)) {
      const start = share.waiting[share.passed];
      share.passed += 1;
      waiting -= 1;
      if (start !== undefined) begin(share, start);
    }
    share.admitting = false;
    // Not after each: cutting an array costs its length.
    if (share.passed < share.waiting.length && share.passed < 1000) return;
    share.waiting = share.waiting.slice(share.passed);
    share.passed = 0;
  };
  const look = (): void => {
    period += 1;
    const used = utilization();
    let busy = 0;
    let pace = 0;
    let most = 0;
    for (const [tenant, share] of shares) {
      const slot = period % countedPeriods;
      share.inWork -= share.counted[slot] ?? 0;
      share.counted[slot] = 0;
      share.pace = Math.max(share.begun, (share.pace + share.begun) / 2);
      share.begun = 0;
      if (isIdle(share)) {
        shares.delete(tenant);
        continue;
      }
      busy += 1;
      pace += share.pace;
      most = Math.max(most, share.inWork);
    }
    if (busy < 2) bound = Infinity;
    // In steps: of targets that are far away, much may be in work that takes no time.
    else if (used > short) bound = Math.max(leastInWork, Math.min(bound, most) / 2);
    else if (used < enough) bound = bound > most * 2 ? Infinity : bound * 1.1;
    for (const share of shares.values()) {
      share.bounded = bound !== Infinity && share.pace > (share.bounded ? unboundBelow : 1) * (pace / busy);
      if (share.waiting.length > 0) admitWaiting(share);
    }
  };
  const isIdle = (share: Share): boolean => share.inWork === 0 && share.waiting.length === 0 && share.lastBegun < period - countedPeriods;
  const timer = setInterval(look, periodMs);
  timer.unref();
  return {
    enter(tenant, start) {
      let share = shares.get(tenant);
      if (share === undefined) shares.set(tenant, (share = { counted: Array.from({ length: countedPeriods }, () => 0), inWork: 0, begun: 0, pace: 0, lastBegun: period, bounded: false, waiting: [], passed: 0, admitting: false }));
      if (!share.bounded || (share.waiting.length === 0 && share.inWork < bound)) {
        begin(share, start);
        return true;
      }
      if (share.waiting.length - share.passed >= maximumWaiting) return false;
      share.waiting.push(start);
      waiting += 1;
      return true;
    },
    leave(tenant, place) {
      const share = shares.get(tenant);
      if (share === undefined || place <= period - countedPeriods) return;
      const slot = place % countedPeriods;
      share.counted[slot] = (share.counted[slot] ?? 0) - 1;
      share.inWork -= 1;
      if (share.waiting.length > 0) admitWaiting(share);
    },
    get waiting() {
      return waiting;
    },
    close: () => clearInterval(timer),
  };
}

function loopUtilization(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  };
}
