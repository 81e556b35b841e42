import { createOpaqueToken, hashOpaqueToken } from '../opaque-token.ts';
import type { StsContext } from '../sts-context.ts';

/** How long the page for the second factor may stay open. */
const lifeMs = 300_000;

/** Notes that the first factor was right, for this browser; the answer goes into the form for the second. */
export async function createPendingSignIn({ db, clock }: StsContext, userId: string, browserSecret: string): Promise<string> {
  const id = createOpaqueToken();
  await db.insertInto('pendingSignIn').values({ idHash: hashOpaqueToken(id), browserHash: hashOpaqueToken(browserSecret), userId, expiresAt: clock.now() + lifeMs }).execute();
  return id;
}

/** Whose second factor is awaited, in this browser and no other. */
export async function findPendingSignIn({ db, clock }: StsContext, id: string, browserSecret: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('pendingSignIn')
    .select('userId')
    .where('idHash', '=', hashOpaqueToken(id))
    .where('browserHash', '=', hashOpaqueToken(browserSecret))
    .where('expiresAt', '>', clock.now())
    .executeTakeFirst();
  return row?.userId;
}

export async function removePendingSignIn({ db }: StsContext, id: string): Promise<void> {
  await db.deleteFrom('pendingSignIn').where('idHash', '=', hashOpaqueToken(id)).execute();
}
