/** A rate with room for bursts: `size` at once, `perSecond` in the long run. */
export interface TokenBucket {
  /** Takes one; false when there is none left. */
  take(perSecond: number, size: number): boolean;
}

/** Starts full; the rate may change between calls. `now` gives monotonic milliseconds. */
export function createTokenBucket(now: () => number): TokenBucket {
  let tokens = Infinity;
  let filledAt = now();
  return {
    take(perSecond, size) {
      const at = now();
      tokens = Math.min(size, tokens + ((at - filledAt) / 1000) * perSecond);
      filledAt = at;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
