import { purgeExpiredUsers } from './deleted-users.ts';
import type { StsContext } from './sts-context.ts';

/** A sign-in whose last refresh token is gone is forgotten after this; before, the token may still be on its way. */
const familyGraceMs = 86_400_000;

/**
 * Forgets what has expired. Codes stay for another hour, so that their late or second use is still told from a code that
 * never was.
 */
export async function removeExpired({ db, clock }: Pick<StsContext, 'db' | 'clock'>): Promise<void> {
  const now = clock.now();
  await purgeExpiredUsers({ db, clock });
  await db.deleteFrom('authorizationCode').where('expiresAt', '<', now - 3_600_000).execute();
  await db.deleteFrom('deviceCode').where('expiresAt', '<', now - 3_600_000).execute();
  for (const table of ['session', 'pendingSignIn', 'pendingFederatedSignIn'] as const) await db.deleteFrom(table).where('expiresAt', '<', now).execute();
  await db.deleteFrom('refreshToken').where('expiresAt', '<', now - 3_600_000).execute();
  await db
    .deleteFrom('refreshFamily')
    .where('signedInAt', '<', now - familyGraceMs)
    .where((where) => where.not(where.exists(where.selectFrom('refreshToken').select('tokenHash').whereRef('refreshToken.familyId', '=', 'refreshFamily.id'))))
    .execute();
}
