export interface ConnectionLimits {
  /** New connections a second that one client address may open in the long run. Default 100. */
  perSecond: number;
  /** New connections that it may open at once. Default 1,000. */
  burst: number;
  /** Connections that it may hold. Default 2,000. */
  concurrent: number;
}

export const defaultConnectionLimits: ConnectionLimits = { perSecond: 100, burst: 1000, concurrent: 2000 };

export interface ConnectionLimiter {
  /** True when the address may open another connection; `release` must follow when that one closes. */
  admit(address: string): boolean;
  release(address: string): void;
}

interface Bucket {
  tokens: number;
  filledAt: number;
  open: number;
}

/** Addresses remembered; full ones are forgotten first. */
const maximumBuckets = 100_000;

/**
 * A token bucket for each client address (each /64 of IPv6). It stands in for HTTP/2's guard against opened and reset
 * streams, which is off on the links because one client connection is one stream there.
 */
export function createConnectionLimiter(limits: ConnectionLimits, now: () => number = () => performance.now()): ConnectionLimiter {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (address: string): Bucket => {
    const key = networkOf(address);
    const known = buckets.get(key);
    if (known !== undefined) return known;
    if (buckets.size >= maximumBuckets) forgetIdle(buckets, limits, now());
    const bucket = { tokens: limits.burst, filledAt: now(), open: 0 };
    buckets.set(key, bucket);
    return bucket;
  };
  return {
    admit(address) {
      const bucket = bucketOf(address);
      const at = now();
      bucket.tokens = Math.min(limits.burst, bucket.tokens + ((at - bucket.filledAt) / 1000) * limits.perSecond);
      bucket.filledAt = at;
      if (bucket.tokens < 1 || bucket.open >= limits.concurrent) return false;
      bucket.tokens -= 1;
      bucket.open += 1;
      return true;
    },
    release(address) {
      const bucket = buckets.get(networkOf(address));
      if (bucket !== undefined && bucket.open > 0) bucket.open -= 1;
    },
  };
}

function forgetIdle(buckets: Map<string, Bucket>, limits: ConnectionLimits, at: number): void {
  for (const [key, bucket] of buckets) {
    if (bucket.open === 0 && bucket.tokens + ((at - bucket.filledAt) / 1000) * limits.perSecond >= limits.burst) buckets.delete(key);
  }
}

/** Hosts choose freely within an IPv6 /64, so that is what counts; IPv4-mapped addresses count as IPv4. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  if (/^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(address)) return address.slice(7);
  const [left = '', right = ''] = address.split('::');
  const head = left.split(':').filter((part) => part !== '');
  if (address.includes('::')) {
    const tail = right.split(':').filter((part) => part !== '');
    while (head.length + tail.length < 8) head.push('0');
    head.push(...tail);
  }
  return head.slice(0, 4).join(':');
}
