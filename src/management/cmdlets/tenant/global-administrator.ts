import type { StsUser } from '../../../identity/index.ts';
import { ManagementError } from '../../management-error.ts';
import type { TenantContext } from './tenant-context.ts';

/**
 * The one directory role that there is: who has it may consent to applications for everybody. Id, names and description
 * are the published ones; MSOnline calls it Company Administrator.
 */
export const globalAdministrator = {
  id: '62e90394-69f5-4237-9190-012177145e10',
  name: 'Global Administrator',
  msolName: 'Company Administrator',
  description: 'Can manage all aspects of Azure AD and Microsoft services that use Azure AD identities.',
} as const;

/** @throws ManagementError `MANAGEMENT_OBJECT_NOT_FOUND` for every other role */
export function checkRole(named: string): void {
  const key = named.toLowerCase();
  if ([globalAdministrator.id, globalAdministrator.name, globalAdministrator.msolName].some((one) => one.toLowerCase() === key)) return;
  throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `[Request_ResourceNotFound] : Resource '${named.slice(0, 256)}' does not exist or one of its queried reference-property objects are not present.`, { facts: { role: named }, remedy: `The tenant’s directory has one role: ${globalAdministrator.name}, ${globalAdministrator.id}.` });
}

/** Who has the role, by name. */
export async function administrators({ directory, tenantId }: TenantContext): Promise<readonly StsUser[]> {
  return (await directory.listUsers(tenantId)).filter(({ administrator }) => administrator);
}

/** Gives somebody the role, or takes it away; undefined under `-WhatIf`. @throws ManagementError `MANAGEMENT_OBJECT_NOT_FOUND` where somebody without it should lose it */
export async function setAdministrator({ directory, tenantId, change }: TenantContext, user: string, administrator: boolean): Promise<true | undefined> {
  const former = await directory.getUser(tenantId, user);
  if (!administrator && !former.administrator) throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `${former.userPrincipalName} is no ${globalAdministrator.name}.`, { facts: { user: former.userPrincipalName } });
  return change(`${globalAdministrator.name}, ${former.userPrincipalName}`, () => directory.updateUser(tenantId, former.objectId, { administrator }).then(() => true as const));
}
