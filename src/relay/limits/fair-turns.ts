/** Work units that all tenants together begin in one turn of the event loop, once more than one of them is busy. */
const unitsPerTurn = 4;
/** Units of one tenant that may wait. */
const maximumWaiting = 20_000;
/** Milliseconds for which a tenant counts as busy after it began something. */
const busyMs = 5000;

/**
 * Lets tenants take turns. While one tenant alone is busy, all its work begins at once; when several are, each begins
 * only its share in one turn of the event loop and the rest waits for the next turns, so that nobody's work stands
 * behind more than a few pieces of anybody else's.
 */
export interface FairTurns {
  /** Runs `start` now or in a later turn; false when too much of this tenant's waits already. */
  enter(tenant: string, start: () => void): boolean;
  readonly waiting: number;
  close(): void;
}

interface Share {
  /** Units begun in turn `turn`. */
  used: number;
  turn: number;
  /** The period in which it was last busy. */
  period: number;
  waiting: (() => void)[];
  /** Of `waiting`, those that have begun. */
  begun: number;
}

export function createFairTurns(): FairTurns {
  const shares = new Map<string, Share>();
  /** Shares with something waiting; the first is next. */
  const queue = new Set<Share>();
  let turn = 0;
  let period = 0;
  let busy = 0;
  let busyBefore = 0;
  let scheduled = false;
  let waiting = 0;

  const timer = setInterval(() => {
    period += 1;
    busyBefore = busy;
    busy = 0;
    for (const [tenant, share] of shares) if (share.period < period - 1 && share.waiting.length === 0) shares.delete(tenant);
  }, busyMs);
  timer.unref();
  const allowance = (): number => Math.max(1, Math.floor(unitsPerTurn / Math.max(1, busy, busyBefore)));
  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(nextTurn);
  };
  const nextTurn = (): void => {
    scheduled = false;
    turn += 1;
    const most = allowance();
    for (const share of queue) {
      for (let used = 0; used < most && share.begun < share.waiting.length; used += 1) begin(share);
      if (share.begun === share.waiting.length) queue.delete(share);
      // Not after each piece: cutting an array costs its length.
      if (share.begun < share.waiting.length && share.begun < 1000) continue;
      share.waiting = share.waiting.slice(share.begun);
      share.begun = 0;
    }
    if (queue.size > 0) schedule();
  };
  const begin = (share: Share): void => {
    const start = share.waiting[share.begun];
    share.begun += 1;
    waiting -= 1;
    count(share);
    start?.();
  };
  const count = (share: Share): void => {
    if (share.turn !== turn) {
      share.turn = turn;
      share.used = 0;
    }
    share.used += 1;
    schedule();
  };
  return {
    enter(tenant, start) {
      let share = shares.get(tenant);
      if (share === undefined) shares.set(tenant, (share = { used: 0, turn: -1, period: -1, waiting: [], begun: 0 }));
      if (share.period !== period) {
        share.period = period;
        busy += 1;
      }
      const alone = busy <= 1 && busyBefore <= 1;
      if (share.waiting.length === 0 && (alone || share.turn !== turn || share.used < allowance())) {
        if (!alone) count(share);
        start();
        return true;
      }
      if (share.waiting.length - share.begun >= maximumWaiting) return false;
      share.waiting.push(start);
      waiting += 1;
      queue.add(share);
      schedule();
      return true;
    },
    get waiting() {
      return waiting;
    },
    close: () => clearInterval(timer),
  };
}
