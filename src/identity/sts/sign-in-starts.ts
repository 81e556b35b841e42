import type { Clock } from '../../foundation/index.ts';
import { createBoundedCache } from '../../foundation/index.ts';

/** Sign-ins that one address may begin in a minute where something has to be kept for each: twenty a second, for a whole site behind one address. */
export const startsPerMinute = 1200;
const windowMs = 60_000;

/** Holds back addresses that begin sign-ins (device codes, sign-ins at identity providers) without end. */
export interface SignInStarts {
  /** Counts one more; false when the address has begun too many in this minute. */
  mayStart(address: string): boolean;
}

export function createSignInStarts(clock: Clock): SignInStarts {
  const addresses = createBoundedCache<{ started: number; since: number }>(20_000);
  return {
    mayStart(address) {
      const now = clock.now();
      const known = addresses.get(address);
      // Also over when the clock was set back.
      const entry = known === undefined || Math.abs(now - known.since) >= windowMs ? { started: 0, since: now } : known;
      if (entry.started >= startsPerMinute) return false;
      addresses.set(address, { started: entry.started + 1, since: entry.since });
      return true;
    },
  };
}
