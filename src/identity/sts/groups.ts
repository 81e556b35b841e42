import { randomUUID } from 'node:crypto';
import { isDuplicateKey } from '../../store/index.ts';
import { IdentityError } from '../identity-error.ts';
import { conflict, notFound } from './not-found.ts';
import { getServicePrincipalRow, readList } from './service-principals.ts';
import type { StsContext } from './sts-context.ts';
import type { StsGroup, StsRoleAssignment } from './sts-types.ts';
import { getUserRow } from './users.ts';

type Db = Pick<StsContext, 'db'>;

export async function createGroup({ db, clock }: StsContext, tenantId: string, displayName: string): Promise<StsGroup> {
  const objectId = randomUUID();
  try {
    await db.insertInto('securityGroup').values({ objectId, tenantId, displayName, createdAt: clock.now() }).execute();
  } catch (error) {
    if (isDuplicateKey(error)) throw conflict('group', displayName);
    throw error;
  }
  return { objectId, tenantId, displayName, members: [] };
}

export async function listGroups({ db }: Db, tenantId: string): Promise<StsGroup[]> {
  const rows = await db.selectFrom('securityGroup').selectAll().where('tenantId', '=', tenantId).orderBy('displayName').execute();
  return Promise.all(
    rows.map(async ({ objectId, displayName }) => {
      const members = await db.selectFrom('groupMember').select('userId').where('groupId', '=', objectId).orderBy('userId').execute();
      return { objectId, tenantId, displayName, members: members.map(({ userId }) => userId) };
    }),
  );
}

export async function removeGroup({ db }: Db, tenantId: string, objectId: string): Promise<void> {
  const { numDeletedRows } = await db.deleteFrom('securityGroup').where('tenantId', '=', tenantId).where('objectId', '=', objectId.toLowerCase()).executeTakeFirst();
  if (numDeletedRows === 0n) throw notFound('group', objectId);
  await db.deleteFrom('appRoleAssignment').where('principalId', '=', objectId.toLowerCase()).execute();
}

export async function addGroupMember({ db }: Db, tenantId: string, groupId: string, user: string): Promise<void> {
  const group = await db.selectFrom('securityGroup').select('objectId').where('tenantId', '=', tenantId).where('objectId', '=', groupId.toLowerCase()).executeTakeFirst();
  if (group === undefined) throw notFound('group', groupId);
  const { objectId: userId } = await getUserRow({ db }, tenantId, user);
  await db.insertInto('groupMember').values({ groupId: group.objectId, userId }).onConflict((known) => known.doNothing()).execute();
}

export async function removeGroupMember({ db }: Db, tenantId: string, groupId: string, user: string): Promise<void> {
  const { objectId: userId } = await getUserRow({ db }, tenantId, user);
  const { numDeletedRows } = await db.deleteFrom('groupMember').where('groupId', '=', groupId.toLowerCase()).where('userId', '=', userId).executeTakeFirst();
  if (numDeletedRows === 0n) throw notFound('member', user);
}

/** Object ids of the groups that a user is in. */
export async function groupsOfUser({ db }: Db, userId: string): Promise<string[]> {
  const rows = await db.selectFrom('groupMember').select('groupId').where('userId', '=', userId).orderBy('groupId').execute();
  return rows.map(({ groupId }) => groupId);
}

/** @throws IdentityError `IDENTITY_STS_INPUT` for a role that the application does not have */
export async function assignAppRole({ db }: Db, tenantId: string, principal: string, assignment: StsRoleAssignment): Promise<StsRoleAssignment> {
  const application = await getServicePrincipalRow({ db }, tenantId, principal);
  if (!readList(application.appRoles).includes(assignment.role)) {
    throw new IdentityError('IDENTITY_STS_INPUT', 'The application has no role of that name.', { facts: { status: 400, role: assignment.role }, remedy: 'Add the role to appRoles of the application first.' });
  }
  const principalId = assignment.principalId.toLowerCase();
  if (!(await isPrincipal({ db }, tenantId, principalId))) throw notFound('user, group or service principal', assignment.principalId);
  await db.insertInto('appRoleAssignment').values({ servicePrincipalId: application.objectId, role: assignment.role, principalId }).onConflict((known) => known.doNothing()).execute();
  return { role: assignment.role, principalId };
}

async function isPrincipal({ db }: Db, tenantId: string, objectId: string): Promise<boolean> {
  for (const table of ['user', 'securityGroup', 'servicePrincipal'] as const) {
    if ((await db.selectFrom(table).select('objectId').where('tenantId', '=', tenantId).where('objectId', '=', objectId).executeTakeFirst()) !== undefined) return true;
  }
  return false;
}

export async function listAppRoleAssignments({ db }: Db, tenantId: string, principal: string): Promise<StsRoleAssignment[]> {
  const application = await getServicePrincipalRow({ db }, tenantId, principal);
  return db.selectFrom('appRoleAssignment').select(['role', 'principalId']).where('servicePrincipalId', '=', application.objectId).orderBy('role').orderBy('principalId').execute();
}

export async function removeAppRoleAssignment({ db }: Db, tenantId: string, principal: string, assignment: StsRoleAssignment): Promise<void> {
  const application = await getServicePrincipalRow({ db }, tenantId, principal);
  const { numDeletedRows } = await db
    .deleteFrom('appRoleAssignment')
    .where('servicePrincipalId', '=', application.objectId)
    .where('role', '=', assignment.role)
    .where('principalId', '=', assignment.principalId.toLowerCase())
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw notFound('role assignment', assignment.role);
}

/** Roles that any of these principals has in an application. Roles that the application no longer has do not count. */
export async function rolesIn({ db }: Db, application: { objectId: string; appRoles: string }, principals: readonly string[]): Promise<string[]> {
  const known = readList(application.appRoles);
  if (known.length === 0) return [];
  const rows = await db.selectFrom('appRoleAssignment').select('role').distinct().where('servicePrincipalId', '=', application.objectId).where('principalId', 'in', principals).orderBy('role').execute();
  return rows.map(({ role }) => role).filter((role) => known.includes(role));
}
