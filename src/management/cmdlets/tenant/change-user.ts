import type { NewStsUser } from '../../../identity/index.ts';
import type { TenantContext } from './tenant-context.ts';

export interface UserChanges {
  userPrincipalName?: string;
  displayName?: string;
  immutableId?: string | null;
  enabled?: boolean;
  /** True: the federation gateway takes the person in again where it held their password for expired. Passwords never expire here. */
  passwordNeverExpires?: boolean;
}

/** What Set-MsolUser, Set-AzureADUser and Update-MgUser do. */
export async function changeUser({ directory, tenantId, change }: TenantContext, user: string, changes: UserChanges): Promise<readonly []> {
  const { passwordNeverExpires, ...columns } = changes;
  const given = Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as Partial<NewStsUser>;
  await change(user, async () => {
    if (passwordNeverExpires === true) await directory.setDelegationState(tenantId, user, null, { inPlaceOf: 'PasswordExpired' });
    await directory.updateUser(tenantId, user, given);
  });
  return [];
}
