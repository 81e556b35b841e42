import type { StsGroup, StsUser } from '../../../identity/index.ts';
import { ManagementError } from '../../management-error.ts';
import type { TenantContext } from './tenant-context.ts';

/** A security group by its object id. @throws ManagementError `MANAGEMENT_OBJECT_NOT_FOUND` */
export async function namedGroup({ directory, tenantId }: TenantContext, id: string): Promise<StsGroup> {
  const found = (await directory.listGroups(tenantId)).find(({ objectId }) => objectId === id.toLowerCase());
  if (found !== undefined) return found;
  throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `[Request_ResourceNotFound] : Resource '${id.slice(0, 256)}' does not exist or one of its queried reference-property objects are not present.`, { facts: { group: id } });
}

/** The people in a group, by name. */
export async function membersOf({ directory, tenantId }: TenantContext, group: StsGroup): Promise<readonly StsUser[]> {
  const members = new Set(group.members);
  return (await directory.listUsers(tenantId)).filter(({ objectId }) => members.has(objectId));
}

/** Adds a person to a group; undefined under `-WhatIf`. Who is in it already stays. */
export async function addMember(context: TenantContext, groupId: string, user: string): Promise<true | undefined> {
  const group = await namedGroup(context, groupId);
  const { objectId, userPrincipalName } = await context.directory.getUser(context.tenantId, user);
  return context.change(`${group.displayName}, ${userPrincipalName}`, () => context.directory.addGroupMember(context.tenantId, group.objectId, objectId).then(() => true as const));
}

/** Takes a person out of a group; undefined under `-WhatIf`. */
export async function removeMember(context: TenantContext, groupId: string, user: string): Promise<true | undefined> {
  const group = await namedGroup(context, groupId);
  const { objectId, userPrincipalName } = await context.directory.getUser(context.tenantId, user);
  return context.change(`${group.displayName}, ${userPrincipalName}`, () => context.directory.removeGroupMember(context.tenantId, group.objectId, objectId).then(() => true as const));
}

/** Removes a group, and what was assigned to it; undefined under `-WhatIf`. */
export async function removeGroup(context: TenantContext, id: string): Promise<true | undefined> {
  const group = await namedGroup(context, id);
  return context.change(group.displayName, () => context.directory.removeGroup(context.tenantId, group.objectId).then(() => true as const));
}
