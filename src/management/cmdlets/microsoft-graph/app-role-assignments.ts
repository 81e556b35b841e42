import { createHash } from 'node:crypto';
import type { StsServicePrincipal } from '../../../identity/index.ts';
import { ManagementError } from '../../management-error.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { TenantContext } from '../tenant/tenant-context.ts';
import { appRoleId } from './app-role-id.ts';

export interface AppRoleAssignment {
  /** Made of the three that it joins, because the token service keeps no id of its own. */
  id: string;
  resource: StsServicePrincipal;
  role: string;
  principalId: string;
}

export interface GivenAssignment {
  readonly PrincipalId?: string;
  readonly ResourceId?: string;
  readonly AppRoleId?: string;
}

/** Who has which role in an application. */
export async function assignmentsIn({ directory, tenantId }: TenantContext, resource: StsServicePrincipal): Promise<readonly AppRoleAssignment[]> {
  const kept = await directory.listRoleAssignments(tenantId, resource.objectId);
  return kept.map(({ role, principalId }) => ({ id: assignmentId(resource.objectId, role, principalId), resource, role, principalId }));
}

/** Which roles an application has in others. */
export async function assignmentsOf(context: TenantContext, principal: StsServicePrincipal): Promise<readonly AppRoleAssignment[]> {
  const resources = (await context.directory.listServicePrincipals(context.tenantId)).filter(({ appRoles }) => appRoles.length > 0);
  const found = await Promise.all(resources.map((resource) => assignmentsIn(context, resource)));
  return found.flat().filter(({ principalId }) => principalId === principal.objectId);
}

/** Assigns a role; undefined under `-WhatIf`. @throws ManagementError `MANAGEMENT_INVALID_VALUE` for a role that the application has not */
export async function assignAppRole(context: TenantContext, given: Required<GivenAssignment>): Promise<AppRoleAssignment | undefined> {
  const resource = await context.directory.getServicePrincipal(context.tenantId, given.ResourceId);
  const role = resource.appRoles.find((value) => appRoleId(resource.objectId, value) === given.AppRoleId);
  // The text is *unverified*.
  if (role === undefined) throw new ManagementError('MANAGEMENT_INVALID_VALUE', `[Request_BadRequest] : Permission being assigned was not found on application '${resource.objectId}'.`, { facts: { appRoleId: given.AppRoleId }, remedy: '(Get-MgServicePrincipal -ServicePrincipalId …).AppRoles shows the ids of its roles.' });
  const principalId = given.PrincipalId.toLowerCase();
  const done = await context.change(`${resource.displayName}, ${role}`, () => context.directory.assignRole(context.tenantId, resource.objectId, { role, principalId }));
  return done === undefined ? undefined : { id: assignmentId(resource.objectId, role, principalId), resource, role, principalId };
}

/** The assignment of that id. @throws ManagementError `MANAGEMENT_OBJECT_NOT_FOUND` where it is not among them */
export function namedAssignment(among: readonly AppRoleAssignment[], id: string): AppRoleAssignment {
  const found = among.find((assignment) => assignment.id === id);
  if (found !== undefined) return found;
  throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `[Request_ResourceNotFound] : Resource '${id.slice(0, 256)}' does not exist or one of its queried reference-property objects are not present.`, { facts: { assignment: id } });
}

/** Takes back the assignment of that id; undefined under `-WhatIf`. @throws ManagementError `MANAGEMENT_OBJECT_NOT_FOUND` where it is not among them */
export async function removeAssignment({ directory, tenantId, change }: TenantContext, among: readonly AppRoleAssignment[], id: string): Promise<true | undefined> {
  const found = namedAssignment(among, id);
  return change(`${found.resource.displayName}, ${found.role}`, () => directory.removeRoleAssignment(tenantId, found.resource.objectId, { role: found.role, principalId: found.principalId }).then(() => true as const));
}

/** Assignments as Microsoft Graph shows them, with the names of those who have them. */
export async function assignmentRows({ directory, tenantId }: TenantContext, assignments: readonly AppRoleAssignment[]): Promise<readonly OutputObject[]> {
  if (assignments.length === 0) return [];
  const [users, groups, principals] = await Promise.all([directory.listUsers(tenantId), directory.listGroups(tenantId), directory.listServicePrincipals(tenantId)]);
  const names = new Map<string, { type: string; displayName: string }>([
    ...users.map(({ objectId, displayName }) => [objectId, { type: 'User', displayName }] as const),
    ...groups.map(({ objectId, displayName }) => [objectId, { type: 'Group', displayName }] as const),
    ...principals.map(({ objectId, displayName }) => [objectId, { type: 'ServicePrincipal', displayName }] as const),
  ]);
  return assignments.map(({ id, resource, role, principalId }) => ({
    AppRoleId: appRoleId(resource.objectId, role),
    Id: id,
    PrincipalDisplayName: names.get(principalId)?.displayName ?? null,
    PrincipalId: principalId,
    PrincipalType: names.get(principalId)?.type ?? null,
    ResourceDisplayName: resource.displayName,
    ResourceId: resource.objectId,
  }));
}

function assignmentId(resourceId: string, role: string, principalId: string): string {
  return createHash('sha256').update(`${resourceId}/${role}/${principalId}`).digest('base64url');
}
