import { accountDisabled, accountLocked, invalidPassword, tooManyRequests } from './aadsts-errors.ts';
import { writeAudit } from './audit.ts';
import { spendVerification, verifySecret } from './secret-hash.ts';
import type { StsTenant } from './sts-types.ts';
import type { TokenService } from './token-service.ts';
import { findUserRow } from './users.ts';
import type { UserRow } from './users.ts';

/** Who tries, for the brakes and the audit. */
export interface Attempt {
  clientAddress: string;
  requestId: string;
}

/**
 * Checks a user name and password. The attempt counts as a failure until `attempts.succeeded` says otherwise, so that a
 * sign-in with a second factor is not through before that is right too.
 *
 * @throws AadstsError 90055, 50053, 50126, 50057
 */
export async function checkPassword(service: TokenService, tenant: StsTenant, credentials: { userName: string; password: string }, attempt: Attempt): Promise<UserRow> {
  const { context, attempts } = service;
  const { userName, password } = credentials;
  if (!attempts.addressMayTry(attempt.clientAddress)) throw tooManyRequests();
  const found = await findUserRow(context, tenant.id, userName);
  // Only the user principal name signs in; the object id is no name.
  const user = found?.userPrincipalNameKey === userName.toLowerCase() ? found : undefined;
  if (!(await attempts.begin(tenant.id, userName, user))) {
    attempts.addressFailed(attempt.clientAddress);
    throw accountLocked();
  }
  const hash = user?.passwordHash ?? undefined;
  const right = await service.limit(() => (hash === undefined ? spendVerification(password, context.hashCost) : verifySecret(password, hash)));
  if (user === undefined || !right) {
    attempts.addressFailed(attempt.clientAddress);
    await noteLock(service, user, attempt);
    throw invalidPassword(user === undefined ? 'no such account' : hash === undefined ? 'no password set' : 'wrong password');
  }
  if (user.enabled === 1) return user;
  await attempts.succeeded(user);
  throw accountDisabled();
}

/** Notes in the audit that an account is locked now, if it is. */
export async function noteLock({ context }: TokenService, user: UserRow | undefined, attempt: Attempt): Promise<void> {
  if (user === undefined) return;
  const now = context.clock.now();
  const row = await context.db.selectFrom('user').select(['lockedUntil', 'failedSignIns']).where('objectId', '=', user.objectId).executeTakeFirst();
  if (row === undefined || row.lockedUntil <= now) return;
  const details = { lockedUntil: new Date(row.lockedUntil).toISOString(), failures: row.failedSignIns, clientAddress: attempt.clientAddress };
  await writeAudit(context.db, { at: now, tenantId: user.tenantId, actor: 'client', action: 'user.lock', target: user.userPrincipalName, requestId: attempt.requestId, details });
}
