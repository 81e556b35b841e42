import { createOpaqueToken, hashOpaqueToken } from '../opaque-token.ts';
import type { StsContext } from '../sts-context.ts';

/** How long the page for the second factor may stay open. */
const lifeMs = 300_000;

export interface PendingSignIn {
  userId: string;
  /** How the first factor was shown: `pwd`, or `fed`. */
  methods: string;
}

/** Notes that the first factor was right, for this browser; the answer goes into the form for the second. */
export async function createPendingSignIn({ db, clock }: StsContext, { userId, browserSecret, methods }: PendingSignIn & { browserSecret: string }): Promise<string> {
  const id = createOpaqueToken();
  await db.insertInto('pendingSignIn').values({ idHash: hashOpaqueToken(id), browserHash: hashOpaqueToken(browserSecret), userId, methods, expiresAt: clock.now() + lifeMs }).execute();
  return id;
}

/** Whose second factor is awaited, in this browser and no other. */
export async function findPendingSignIn({ db, clock }: StsContext, id: string, browserSecret: string): Promise<PendingSignIn | undefined> {
  return db
    .selectFrom('pendingSignIn')
    .select(['userId', 'methods'])
    .where('idHash', '=', hashOpaqueToken(id))
    .where('browserHash', '=', hashOpaqueToken(browserSecret))
    .where('expiresAt', '>', clock.now())
    .executeTakeFirst();
}

export async function removePendingSignIn({ db }: StsContext, id: string): Promise<void> {
  await db.deleteFrom('pendingSignIn').where('idHash', '=', hashOpaqueToken(id)).execute();
}
