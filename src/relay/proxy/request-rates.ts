import type { Application } from '../registry/application.ts';

/** Holds applications to their request rate: a bucket of one second's worth each. */
export function createRequestRates(now: () => number = () => performance.now()): { admit(application: Application): boolean } {
  const buckets = new Map<string, { tokens: number; filledAt: number }>();
  return {
    admit(application) {
      const limit = application.requestsPerSecond;
      if (limit === null) return true;
      const size = Math.max(1, limit);
      const bucket = buckets.get(application.id) ?? { tokens: size, filledAt: now() };
      const at = now();
      bucket.tokens = Math.min(size, bucket.tokens + ((at - bucket.filledAt) / 1000) * limit);
      bucket.filledAt = at;
      buckets.set(application.id, bucket);
      if (bucket.tokens < 1) return false;
      bucket.tokens -= 1;
      return true;
    },
  };
}
