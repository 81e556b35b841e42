import type { Insertable } from 'kysely';
import type { Migration } from '../../store/index.ts';
import { isDuplicateKey } from '../../store/index.ts';
import { conflict, notFound } from './not-found.ts';
import type { StsContext } from './sts-context.ts';
import type { StsSchema } from './sts-schema.ts';
import type { StsDeletedUser, StsUser } from './sts-types.ts';
import { getUser, getUserRow } from './users.ts';
import type { UserRow } from './users.ts';

/** How long a deleted person can be restored: what the field's tenant directories keep them. */
const keptMs = 30 * 86_400_000;

/** People who were deleted, with what belonged to them; nothing of theirs signs anybody in. */
export interface DeletedUserSchema {
  deletedUser: { objectId: string; tenantId: string; userPrincipalNameKey: string; deletedAt: number; kept: string };
}

/** Rows that come back with their person. Sessions, codes and tokens do not. */
interface Kept {
  user: UserRow;
  groupMember: Insertable<StsSchema['groupMember']>[];
  authenticator: Insertable<StsSchema['authenticator']>[];
  userConsent: Insertable<StsSchema['userConsent']>[];
}

export const addDeletedUsers: Migration<StsSchema> = async (db) => {
  await db.schema
    .createTable('deletedUser')
    .addColumn('objectId', 'text', (c) => c.primaryKey())
    .addColumn('tenantId', 'text', (c) => c.notNull().references('tenant.id').onDelete('cascade'))
    .addColumn('userPrincipalNameKey', 'text', (c) => c.notNull())
    .addColumn('deletedAt', 'integer', (c) => c.notNull())
    .addColumn('kept', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('deletedUserOfTenant').on('deletedUser').columns(['tenantId', 'deletedAt']).execute();
};

/** Deletes a person, who can be restored for 30 days. Their names are free at once. @throws IdentityError `IDENTITY_STS_NOT_FOUND` */
export async function deleteUser(context: StsContext, tenantId: string, identity: string): Promise<void> {
  const user = await getUserRow(context, tenantId, identity);
  await context.db.transaction().execute(async (tx) => {
    const [groupMember, authenticator, userConsent] = [
      await tx.selectFrom('groupMember').selectAll().where('userId', '=', user.objectId).execute(),
      await tx.selectFrom('authenticator').selectAll().where('userId', '=', user.objectId).execute(),
      await tx.selectFrom('userConsent').selectAll().where('userId', '=', user.objectId).execute(),
    ];
    const kept: Kept = { user, groupMember, authenticator, userConsent };
    await tx.insertInto('deletedUser').values({ objectId: user.objectId, tenantId, userPrincipalNameKey: user.userPrincipalNameKey, deletedAt: context.clock.now(), kept: JSON.stringify(kept) }).execute();
    await tx.deleteFrom('user').where('objectId', '=', user.objectId).execute();
  });
}

/** Who can still be restored, the last deleted first. */
export async function listDeletedUsers({ db, clock }: StsContext, tenantId: string): Promise<StsDeletedUser[]> {
  const rows = await db.selectFrom('deletedUser').selectAll().where('tenantId', '=', tenantId).where('deletedAt', '>', clock.now() - keptMs).orderBy('deletedAt', 'desc').execute();
  return rows.map(({ kept, deletedAt }) => {
    const { user } = JSON.parse(kept) as Kept;
    const { objectId, userPrincipalName, displayName, mail, immutableId } = user;
    return { objectId, tenantId, userPrincipalName, displayName, mail, proxyAddresses: JSON.parse(user.proxyAddresses) as string[], immutableId, deletedAt };
  });
}

export interface RestoreUser {
  /** In place of the former one, which somebody else may have by now. */
  userPrincipalName?: string;
  /** Leaves away the addresses that somebody else has by now. */
  autoReconcileProxyConflict?: boolean;
}

/**
 * Brings a deleted person back: the same object id, password, groups, second factor and consents. Tokens from before stay void.
 *
 * @throws IdentityError `IDENTITY_STS_NOT_FOUND`; `IDENTITY_STS_CONFLICT` where somebody else has the sign-in name or an address
 */
export async function restoreUser(context: StsContext, tenantId: string, objectId: string, options: RestoreUser = {}): Promise<StsUser> {
  const { db, clock } = context;
  const row = await deletedRow(context, tenantId, objectId);
  const { user, groupMember, authenticator, userConsent } = JSON.parse(row.kept) as Kept;
  const userPrincipalName = options.userPrincipalName ?? user.userPrincipalName;
  const addresses = JSON.parse(user.proxyAddresses) as string[];
  const taken = await takenAddresses(context, tenantId);
  const free = addresses.filter((address) => !taken.has(bare(address)));
  if (free.length < addresses.length && options.autoReconcileProxyConflict !== true) throw conflict('user with the address', addresses.find((address) => !free.includes(address)) ?? '');
  try {
    await db.transaction().execute(async (tx) => {
      await tx.insertInto('user').values({ ...user, userPrincipalName, userPrincipalNameKey: userPrincipalName.toLowerCase(), proxyAddresses: JSON.stringify(free), tokensValidFrom: clock.now(), failedSignIns: 0, lockedUntil: 0 }).execute();
      const groups = new Set((await tx.selectFrom('securityGroup').select('objectId').where('tenantId', '=', tenantId).execute()).map((group) => group.objectId));
      for (const member of groupMember) if (groups.has(member.groupId)) await tx.insertInto('groupMember').values(member).execute();
      for (const each of authenticator) await tx.insertInto('authenticator').values(each).execute();
      for (const consent of userConsent) await tx.insertInto('userConsent').values(consent).execute();
      await tx.deleteFrom('deletedUser').where('objectId', '=', user.objectId).execute();
    });
  } catch (error) {
    if (isDuplicateKey(error)) throw conflict('user', userPrincipalName);
    throw error;
  }
  return getUser(context, tenantId, user.objectId);
}

/** Ends the time in which a deleted person can be restored. @throws IdentityError `IDENTITY_STS_NOT_FOUND` */
export async function purgeDeletedUser(context: StsContext, tenantId: string, objectId: string): Promise<void> {
  const row = await deletedRow(context, tenantId, objectId);
  await context.db.deleteFrom('deletedUser').where('objectId', '=', row.objectId).execute();
}

export async function purgeExpiredUsers({ db, clock }: Pick<StsContext, 'db' | 'clock'>): Promise<void> {
  await db.deleteFrom('deletedUser').where('deletedAt', '<=', clock.now() - keptMs).execute();
}

async function deletedRow({ db, clock }: StsContext, tenantId: string, objectId: string): Promise<DeletedUserSchema['deletedUser']> {
  const row = await db.selectFrom('deletedUser').selectAll().where('tenantId', '=', tenantId).where('objectId', '=', objectId.toLowerCase()).where('deletedAt', '>', clock.now() - keptMs).executeTakeFirst();
  if (row === undefined) throw notFound('deleted user', objectId);
  return row;
}

const bare = (address: string): string => address.replace(/^smtp:/i, '').toLowerCase();

async function takenAddresses({ db }: StsContext, tenantId: string): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('user').select('proxyAddresses').where('tenantId', '=', tenantId).execute();
  return new Set(rows.flatMap(({ proxyAddresses }) => (JSON.parse(proxyAddresses) as string[]).map(bare)));
}
