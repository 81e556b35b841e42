import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import { isDuplicateKey } from '../../store/index.ts';
import { checkPasswordIsOurs } from './domain-authentication.ts';
import { conflict, notFound } from './not-found.ts';
import { hashSecret, storedSyncedHash } from './secret-hash.ts';
import type { StsContext } from './sts-context.ts';
import type { StsSchema } from './sts-schema.ts';
import type { NewStsUser, StsUser } from './sts-types.ts';

export type UserRow = Selectable<StsSchema['user']>;

export async function createUser(context: StsContext, tenantId: string, user: NewStsUser): Promise<StsUser> {
  const { db, clock } = context;
  if (user.password !== undefined) await checkPasswordIsOurs(context, tenantId, user.userPrincipalName);
  const objectId = (user.objectId ?? randomUUID()).toLowerCase();
  // The id still is somebody's who can come back.
  if (user.objectId !== undefined && (await db.selectFrom('deletedUser').select('objectId').where('objectId', '=', objectId).executeTakeFirst()) !== undefined) throw conflict('deleted user', objectId);
  const now = clock.now();
  const values: UserRow = {
    objectId,
    tenantId,
    userPrincipalName: user.userPrincipalName,
    userPrincipalNameKey: user.userPrincipalName.toLowerCase(),
    displayName: user.displayName,
    mail: user.mail ?? null,
    proxyAddresses: JSON.stringify(user.proxyAddresses ?? []),
    immutableId: user.immutableId ?? null,
    onPremisesSecurityIdentifier: user.onPremisesSecurityIdentifier ?? null,
    onPremisesLastSync: user.onPremisesLastSync ?? null,
    passwordHash: user.password === undefined ? null : await hashSecret(user.password, context.hashCost),
    tokensValidFrom: now,
    passwordChangedAt: user.password === undefined ? null : now,
    enabled: Number(user.enabled ?? true),
    administrator: Number(user.administrator ?? false),
    failedSignIns: 0,
    lockedUntil: 0,
    createdAt: now,
  };
  try {
    await db.insertInto('user').values(values).execute();
  } catch (error) {
    if (isDuplicateKey(error)) throw conflict('user', user.userPrincipalName);
    throw error;
  }
  return toUser(values, now, false);
}

/** The stored user with this object id or user principal name. */
export async function findUserRow({ db }: Pick<StsContext, 'db'>, tenantId: string, identity: string): Promise<UserRow | undefined> {
  const key = identity.toLowerCase();
  return db
    .selectFrom('user')
    .selectAll()
    .where('tenantId', '=', tenantId)
    .where((where) => where.or([where('userPrincipalNameKey', '=', key), where('objectId', '=', key)]))
    .executeTakeFirst();
}

/** @throws IdentityError `IDENTITY_STS_NOT_FOUND` */
export async function getUser(context: StsContext, tenantId: string, identity: string): Promise<StsUser> {
  const row = await getUserRow(context, tenantId, identity);
  const authenticator = await context.db.selectFrom('authenticator').select('userId').where('userId', '=', row.objectId).executeTakeFirst();
  return toUser(row, context.clock.now(), authenticator !== undefined);
}

export async function listUsers({ db, clock }: StsContext, tenantId: string): Promise<StsUser[]> {
  const rows = await db
    .selectFrom('user')
    .leftJoin('authenticator', 'authenticator.userId', 'user.objectId')
    .selectAll('user')
    .select('authenticator.createdAt as authenticatorAt')
    .where('tenantId', '=', tenantId)
    .orderBy('userPrincipalNameKey')
    .execute();
  return rows.map((row) => toUser(row, clock.now(), row.authenticatorAt !== null));
}

export async function updateUser(context: StsContext, tenantId: string, identity: string, changes: Partial<Omit<NewStsUser, 'objectId' | 'password'>>): Promise<StsUser> {
  const { objectId } = await getUserRow(context, tenantId, identity);
  const { userPrincipalName, proxyAddresses, enabled, administrator, ...plain } = changes;
  const columns = {
    ...plain,
    ...(userPrincipalName === undefined ? {} : { userPrincipalName, userPrincipalNameKey: userPrincipalName.toLowerCase() }),
    ...(proxyAddresses === undefined ? {} : { proxyAddresses: JSON.stringify(proxyAddresses) }),
    ...(enabled === undefined ? {} : { enabled: Number(enabled) }),
    ...(administrator === undefined ? {} : { administrator: Number(administrator) }),
  };
  try {
    if (Object.keys(columns).length > 0) await context.db.updateTable('user').set(columns).where('objectId', '=', objectId).execute();
    if (userPrincipalName !== undefined) await endDelegationState(context, objectId);
  } catch (error) {
    if (isDuplicateKey(error)) throw conflict('user', userPrincipalName ?? identity);
    throw error;
  }
  return getUser(context, tenantId, objectId);
}

/** Sets the password, unlocks the account, and voids every token granted before. */
export async function setUserPassword(context: StsContext, tenantId: string, identity: string, password: string): Promise<StsUser> {
  return setPasswordHash(context, tenantId, identity, () => hashSecret(password, context.hashCost));
}

/** The same with the hash that the on-premises organisation keeps of a password (`isSyncedHash`). */
export async function setUserPasswordHash(context: StsContext, tenantId: string, identity: string, hash: string): Promise<StsUser> {
  return setPasswordHash(context, tenantId, identity, async () => storedSyncedHash(hash));
}

async function setPasswordHash(context: StsContext, tenantId: string, identity: string, hash: () => Promise<string>): Promise<StsUser> {
  const { objectId, userPrincipalName } = await getUserRow(context, tenantId, identity);
  await checkPasswordIsOurs(context, tenantId, userPrincipalName);
  const passwordHash = await hash();
  const now = context.clock.now();
  await context.db
    .updateTable('user')
    .set({ passwordHash, tokensValidFrom: now, passwordChangedAt: now, failedSignIns: 0, lockedUntil: 0 })
    .where('objectId', '=', objectId)
    .execute();
  await endDelegationState(context, objectId);
  return getUser(context, tenantId, objectId);
}

/** Voids every token granted before: sessions and refresh tokens end, as after a new password. */
export async function revokeUserSignIns(context: StsContext, tenantId: string, identity: string): Promise<StsUser> {
  const { objectId } = await getUserRow(context, tenantId, identity);
  await context.db.updateTable('user').set({ tokensValidFrom: context.clock.now() }).where('objectId', '=', objectId).execute();
  return getUser(context, tenantId, objectId);
}

/** A new password, or another user principal name, puts right what the federation gateway found wanting. */
async function endDelegationState({ db }: Pick<StsContext, 'db'>, userId: string): Promise<void> {
  await db.deleteFrom('delegationState').where('userId', '=', userId).execute();
}

/** @throws IdentityError `IDENTITY_STS_NOT_FOUND` */
export async function getUserRow(context: Pick<StsContext, 'db'>, tenantId: string, identity: string): Promise<UserRow> {
  const row = await findUserRow(context, tenantId, identity);
  if (row === undefined) throw notFound('user', identity);
  return row;
}

function toUser(row: UserRow, now: number, hasAuthenticator: boolean): StsUser {
  return {
    objectId: row.objectId,
    tenantId: row.tenantId,
    userPrincipalName: row.userPrincipalName,
    displayName: row.displayName,
    mail: row.mail,
    proxyAddresses: JSON.parse(row.proxyAddresses) as string[],
    immutableId: row.immutableId,
    onPremisesSecurityIdentifier: row.onPremisesSecurityIdentifier,
    enabled: row.enabled === 1,
    administrator: row.administrator === 1,
    hasPassword: row.passwordHash !== null,
    hasAuthenticator,
    tokensValidFrom: row.tokensValidFrom,
    passwordChangedAt: row.passwordChangedAt,
    lockedUntil: row.lockedUntil > now ? row.lockedUntil : null,
    onPremisesLastSync: row.onPremisesLastSync,
  };
}
