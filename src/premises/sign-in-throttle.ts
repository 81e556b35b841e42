import { createHash } from 'node:crypto';
import { createBoundedCache } from '../foundation/index.ts';
import type { Clock } from '../foundation/index.ts';

/** Failures after which an account is locked, for a minute at first and twice as long after each further one, up to an hour. */
const freeAttempts = 10;
const firstLockMs = 60_000;
const longestLockMs = 3_600_000;
/** Failures of an account are forgotten when none has come for this long. */
const forgetAfterMs = 2 * longestLockMs;

/**
 * Failures from one address in a minute after which nothing more from it is checked within that minute. Generous: behind
 * an agent or a load balancer many people share an address.
 */
const attemptsPerAddress = 100;
const windowMs = 60_000;

/** Counts passwords that were wrong, so that guessing ends. */
export interface SignInThrottle {
  /** False where a password is not even to be looked at. `account` may be any text, also one that is nobody's. */
  mayTry(account: string, address: string): boolean;
  /** @returns until when the account is locked by this failure, epoch milliseconds; 0 where it is not */
  failed(account: string, address: string): number;
  succeeded(account: string): void;
}

/** In memory and bounded: what was counted for the accounts and addresses that failed least recently is given up first. */
export function createSignInThrottle(clock: Clock): SignInThrottle {
  const accounts = createBoundedCache<{ failures: number; lockedUntil: number; at: number }>(20_000);
  const addresses = createBoundedCache<{ failures: number; since: number }>(20_000);
  // Names come from outside and may be long.
  const keyOf = (account: string): string => createHash('sha256').update(account).digest('base64');
  const windowOf = (address: string): { failures: number; since: number } => {
    const now = clock.now();
    const entry = addresses.get(address);
    // Also over when the clock was set back, or the address would stay shut out until the old time comes again.
    return entry === undefined || Math.abs(now - entry.since) >= windowMs ? { failures: 0, since: now } : entry;
  };
  return {
    mayTry(account, address) {
      const entry = accounts.get(keyOf(account));
      if (entry !== undefined && entry.at <= clock.now() && clock.now() < entry.lockedUntil) return false;
      return windowOf(address).failures < attemptsPerAddress;
    },
    failed(account, address) {
      const now = clock.now();
      const { failures, since } = windowOf(address);
      addresses.set(address, { failures: failures + 1, since });
      const former = accounts.get(keyOf(account));
      const count = former === undefined || Math.abs(now - former.at) >= forgetAfterMs ? 1 : former.failures + 1;
      const lockedUntil = count < freeAttempts ? 0 : now + Math.min(firstLockMs * 2 ** (count - freeAttempts), longestLockMs);
      accounts.set(keyOf(account), { failures: count, lockedUntil, at: now });
      return lockedUntil;
    },
    succeeded(account) {
      accounts.delete(keyOf(account));
    },
  };
}
