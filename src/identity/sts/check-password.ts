import { accountDisabled, accountLocked, federatedDomain, invalidPassword, tooManyRequests } from './aadsts-errors.ts';
import { askOnPremises } from './ask-on-premises.ts';
import type { OnPremisesQuestion } from './ask-on-premises.ts';
import { writeAudit } from './audit.ts';
import { domainAuthenticationOf, domainOf } from './domain-authentication.ts';
import { spendVerification, syncedScheme, verifySecret } from './secret-hash.ts';
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
 * @throws AadstsError 90055, 50053, 50126, 50057; 50107 for people who sign in elsewhere; 80001, 80002 and 80005 where the
 *   on-premises organisation that knows the password cannot be asked
 */
export async function checkPassword(service: TokenService, tenant: StsTenant, credentials: { userName: string; password: string }, attempt: Attempt): Promise<UserRow> {
  const { context, attempts } = service;
  const { userName, password } = credentials;
  if (!attempts.addressMayTry(attempt.clientAddress)) throw tooManyRequests();
  const domain = await domainAuthenticationOf(context, tenant.id, userName);
  if (domain.authentication === 'Federated') throw federatedDomain(domainOf(userName));
  const found = await findUserRow(context, tenant.id, userName);
  // Only the user principal name signs in; the object id is no name.
  const user = found?.userPrincipalNameKey === userName.toLowerCase() ? found : undefined;
  if (!(await attempts.begin(tenant.id, userName, user))) {
    attempts.addressFailed(attempt.clientAddress);
    throw accountLocked();
  }
  const right = user !== undefined && domain.authentication === 'PassThrough' ? await askedOnPremises(service, user, { endpoint: domain.endpoint, userName: user.userPrincipalName, password, requestId: attempt.requestId }) : await matchesHash(service, tenant.id, user, password);
  if (user === undefined || !right) {
    attempts.addressFailed(attempt.clientAddress);
    await noteLock(service, user, attempt);
    throw invalidPassword(user === undefined ? 'no such account' : user.passwordHash === null && domain.authentication === 'Managed' ? 'no password set' : 'wrong password');
  }
  if (user.enabled === 1) return user;
  await attempts.succeeded(user);
  throw accountDisabled();
}

async function matchesHash({ context, limit }: TokenService, tenantId: string, user: UserRow | undefined, password: string): Promise<boolean> {
  const hash = user?.passwordHash ?? undefined;
  if (hash !== undefined) return limit(() => verifySecret(password, hash));
  // Hashes from on premises cost more than ours; where there are some, nobody's costs as much.
  const synced = await context.db.selectFrom('user').select('passwordHash').where('tenantId', '=', tenantId).where('passwordHash', 'like', `${syncedScheme}$%`).limit(1).executeTakeFirst();
  return limit(() => spendVerification(password, context.hashCost, synced?.passwordHash));
}

/** An attempt on which nobody could decide does not count towards the account's lock. */
async function askedOnPremises({ context, attempts }: TokenService, user: UserRow, question: OnPremisesQuestion): Promise<boolean> {
  try {
    return await askOnPremises(question, context.passThrough);
  } catch (error) {
    await attempts.takeBack(user);
    throw error;
  }
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
