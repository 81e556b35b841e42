import type { StsDeletedUser } from '../../../identity/index.ts';
import { ManagementError } from '../../management-error.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { TenantContext } from './tenant-context.ts';

/** Somebody who was deleted, as Get-MsolUser -ReturnDeletedUsers shows them. */
export function deletedUserOutput(user: StsDeletedUser): OutputObject {
  return {
    DisplayName: user.displayName,
    ImmutableId: user.immutableId,
    ObjectId: user.objectId,
    ProxyAddresses: [...user.proxyAddresses],
    SignInName: user.userPrincipalName,
    SoftDeletionTimestamp: new Date(user.deletedAt).toISOString(),
    UserPrincipalName: user.userPrincipalName,
  };
}

/** The same as Microsoft Graph's deleted items show it. */
export function deletedItemOutput(user: StsDeletedUser): OutputObject {
  return { Id: user.objectId, DeletedDateTime: new Date(user.deletedAt).toISOString(), DisplayName: user.displayName, UserPrincipalName: user.userPrincipalName, Mail: user.mail, OnPremisesImmutableId: user.immutableId };
}

/** Who was deleted, by object id or sign-in name; of several of one name the last. @throws ManagementError `MANAGEMENT_OBJECT_NOT_FOUND` */
export async function namedDeletedUser({ directory, tenantId }: TenantContext, named: string): Promise<StsDeletedUser> {
  const key = named.toLowerCase();
  const found = (await directory.listDeletedUsers(tenantId)).find((user) => user.objectId === key || user.userPrincipalName.toLowerCase() === key);
  if (found !== undefined) return found;
  throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `User Not Found. User: ${named.slice(0, 256)}.`, { facts: { user: named }, remedy: 'Get-MsolUser -ReturnDeletedUsers lists who can be restored; after 30 days nobody can.' });
}

/** The object id or sign-in name that parameters give. @throws ManagementError `MANAGEMENT_PARAMETER_MISSING` */
export function givenUser(named: { ObjectId?: string | undefined; UserPrincipalName?: string | undefined }): string {
  const given = named.ObjectId ?? named.UserPrincipalName;
  if (given !== undefined) return given;
  throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Cannot process command because of one or more missing mandatory parameters: UserPrincipalName.');
}
