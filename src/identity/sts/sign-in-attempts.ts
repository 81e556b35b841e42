import type { Clock } from '../../foundation/index.ts';
import { createBoundedCache } from '../../foundation/index.ts';
import type { StsContext } from './sts-context.ts';
import type { UserRow } from './users.ts';

/** Failures after which an account is locked. Azure AD's smart lock-out starts at ten, with a minute, and then lasts longer. */
const freeAttempts = 10;
const firstLockMs = 60_000;
const longestLockMs = 3_600_000;

/** Failures from one address in a minute before everything from it is turned away for the rest of that minute. */
const attemptsPerAddress = 100;
const windowMs = 60_000;

interface Attempts {
  failures: number;
  lockedUntil: number;
}

export interface SignInAttempts {
  /**
   * Counts an attempt before the password is looked at, so that guesses made at the same time are counted as well.
   *
   * @returns false when the account is locked; then nothing was counted
   */
  begin(tenantId: string, name: string, user: UserRow | undefined): Promise<boolean>;
  /** Nobody could say whether the password was right: the attempt that `begin` counted did not happen. */
  takeBack(user: UserRow): Promise<void>;
  /** The password was right: forget the failures. */
  succeeded(user: UserRow): Promise<void>;
  /** False once an address has failed too often within a minute. */
  addressMayTry(address: string): boolean;
  addressFailed(address: string): void;
}

/**
 * Counts sign-ins that failed. Known accounts keep their count in the store; names that belong to nobody are counted in
 * memory (bounded) and locked alike, so that a lock does not tell who has an account.
 */
export function createSignInAttempts({ db, clock }: Pick<StsContext, 'db' | 'clock'>): SignInAttempts {
  const unknownNames = createBoundedCache<Attempts>(20_000);
  const addresses = createBoundedCache<{ failures: number; since: number }>(20_000);
  return {
    async begin(tenantId, name, user) {
      if (user === undefined) {
        const key = `${tenantId}/${name.toLowerCase()}`;
        const next = count(unknownNames.get(key) ?? { failures: 0, lockedUntil: 0 }, clock);
        if (next === undefined) return false;
        unknownNames.set(key, next);
        return true;
      }
      // Reading and counting are one transaction: of guesses made at once, each sees those before it.
      return db.transaction().execute(async (tx) => {
        const row = await tx.selectFrom('user').select(['failedSignIns', 'lockedUntil']).where('objectId', '=', user.objectId).executeTakeFirst();
        const next = row === undefined ? undefined : count({ failures: row.failedSignIns, lockedUntil: row.lockedUntil }, clock);
        if (next === undefined) return false;
        await tx.updateTable('user').set({ failedSignIns: next.failures, lockedUntil: next.lockedUntil }).where('objectId', '=', user.objectId).execute();
        return true;
      });
    },
    async takeBack(user) {
      await db
        .updateTable('user')
        .set(({ eb }) => ({ failedSignIns: eb('failedSignIns', '-', 1), lockedUntil: 0 }))
        .where('objectId', '=', user.objectId)
        .where('failedSignIns', '>', 0)
        .execute();
    },
    async succeeded(user) {
      await db.updateTable('user').set({ failedSignIns: 0, lockedUntil: 0 }).where('objectId', '=', user.objectId).execute();
    },
    addressMayTry(address) {
      const entry = addresses.get(address);
      return entry === undefined || windowIsOver(entry.since, clock.now()) || entry.failures < attemptsPerAddress;
    },
    addressFailed(address) {
      const now = clock.now();
      const entry = addresses.get(address);
      addresses.set(address, entry === undefined || windowIsOver(entry.since, now) ? { failures: 1, since: now } : { failures: entry.failures + 1, since: entry.since });
    },
  };
}

/** Also over when the clock was set back, or an address would stay shut out until the old time comes again. */
function windowIsOver(since: number, now: number): boolean {
  return Math.abs(now - since) >= windowMs;
}

function count(attempts: Attempts, clock: Clock): Attempts | undefined {
  const now = clock.now();
  if (attempts.lockedUntil > now) return undefined;
  const failures = attempts.failures + 1;
  return { failures, lockedUntil: lockAfter(failures, now) };
}

/** Until when an account is locked after its nth failure; 0 while it is not. Each further failure doubles the time. */
function lockAfter(failures: number, now: number): number {
  return failures < freeAttempts ? 0 : now + Math.min(firstLockMs * 2 ** (failures - freeAttempts), longestLockMs);
}
