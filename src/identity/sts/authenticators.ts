import { randomBytes } from 'node:crypto';
import { notFound } from './not-found.ts';
import { fromBase32, matchOneTimePassword, toBase32 } from './one-time-password.ts';
import type { StsContext } from './sts-context.ts';
import type { StsAuthenticator } from './sts-types.ts';
import { getUserRow } from './users.ts';

/** RFC 4226 §4 asks for 160 bits. */
const secretBytes = 20;

/** Sets up an authenticator app for a user, in place of one that was there. The secret is in this answer and nowhere else. */
export async function createAuthenticator({ db, clock, hostName }: StsContext, tenantId: string, identity: string): Promise<StsAuthenticator> {
  const user = await getUserRow({ db }, tenantId, identity);
  const secret = toBase32(randomBytes(secretBytes));
  const values = { secret, lastStep: 0, createdAt: clock.now() };
  await db
    .insertInto('authenticator')
    .values({ userId: user.objectId, ...values })
    .onConflict((conflict) => conflict.column('userId').doUpdateSet(values))
    .execute();
  const label = `${encodeURIComponent(hostName)}:${encodeURIComponent(user.userPrincipalName)}`;
  return { secret, uri: `otpauth://totp/${label}?${new URLSearchParams({ secret, issuer: hostName, algorithm: 'SHA1', digits: '6', period: '30' }).toString()}` };
}

/** Removes a user's authenticator app: the password alone signs in again. */
export async function removeAuthenticator({ db }: StsContext, tenantId: string, identity: string): Promise<void> {
  const user = await getUserRow({ db }, tenantId, identity);
  const { numDeletedRows } = await db.deleteFrom('authenticator').where('userId', '=', user.objectId).executeTakeFirst();
  if (numDeletedRows === 0n) throw notFound('authenticator', identity);
}

export async function hasAuthenticator({ db }: Pick<StsContext, 'db'>, userId: string): Promise<boolean> {
  return (await db.selectFrom('authenticator').select('userId').where('userId', '=', userId).executeTakeFirst()) !== undefined;
}

/** True when the code is right, and spends it: of two requests with one code, one wins. */
export async function useAuthenticatorCode({ db, clock }: StsContext, userId: string, code: string): Promise<boolean> {
  const row = await db.selectFrom('authenticator').selectAll().where('userId', '=', userId).executeTakeFirst();
  if (row === undefined) return false;
  const step = matchOneTimePassword(fromBase32(row.secret), code.replaceAll(/\s/g, ''), { now: clock.now(), after: row.lastStep });
  if (step === undefined) return false;
  const { numUpdatedRows } = await db.updateTable('authenticator').set({ lastStep: step }).where('userId', '=', userId).where('lastStep', '<', step).executeTakeFirst();
  return numUpdatedRows > 0n;
}
