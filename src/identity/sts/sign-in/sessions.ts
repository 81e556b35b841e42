import { createOpaqueToken, hashOpaqueToken } from '../opaque-token.ts';
import type { StsContext } from '../sts-context.ts';
import type { StsTenant } from '../sts-types.ts';
import { findUserRow } from '../users.ts';
import type { UserRow } from '../users.ts';

/** Somebody is signed in in this browser. */
export interface Session {
  tenantId: string;
  user: UserRow;
  /** `pwd`, or `pwd mfa`. */
  methods: string;
  signedInAt: number;
}

/** Begins a session under a new id: one that the browser brought along is never taken over. */
export async function createSession({ db, clock }: StsContext, tenant: StsTenant, userId: string, methods: string): Promise<string> {
  const id = createOpaqueToken();
  const now = clock.now();
  await db.insertInto('session').values({ idHash: hashOpaqueToken(id), tenantId: tenant.id, userId, methods, signedInAt: now, expiresAt: now + tenant.sessionSeconds * 1000 }).execute();
  return id;
}

/** The session of that id, unless it ended, or its person was disabled, or signed out everywhere since. */
export async function findSession(context: StsContext, id: string | undefined): Promise<Session | undefined> {
  if (id === undefined) return undefined;
  const row = await context.db.selectFrom('session').selectAll().where('idHash', '=', hashOpaqueToken(id)).where('expiresAt', '>', context.clock.now()).executeTakeFirst();
  const user = row === undefined ? undefined : await findUserRow(context, row.tenantId, row.userId);
  if (row === undefined || user === undefined || user.enabled === 0 || row.signedInAt < user.tokensValidFrom) return undefined;
  return { tenantId: row.tenantId, user, methods: row.methods, signedInAt: row.signedInAt };
}

export async function endSession({ db }: StsContext, id: string | undefined): Promise<void> {
  if (id !== undefined) await db.deleteFrom('session').where('idHash', '=', hashOpaqueToken(id)).execute();
}
