import { randomBytes } from 'node:crypto';
import type { StsUser } from '../../../identity/index.ts';
import { ManagementError } from '../../management-error.ts';
import type { TenantContext } from './tenant-context.ts';

export interface NewUser {
  userPrincipalName: string;
  displayName: string;
  immutableId?: string | null | undefined;
  enabled?: boolean | undefined;
  /** One is made up where none is given. */
  password?: string | undefined;
  /** Whether the person must choose another: the federation gateway takes them in only then. */
  mustChange: boolean;
}

/**
 * What New-MsolUser, New-AzureADUser and New-MgUser do; undefined under `-WhatIf`.
 *
 * @throws ManagementError `MANAGEMENT_INVALID_VALUE` for a sign-in name outside the tenant's domains
 */
export async function createUser({ directory, tenantId, change }: TenantContext, user: NewUser): Promise<{ user: StsUser; password: string } | undefined> {
  const domain = user.userPrincipalName.slice(user.userPrincipalName.indexOf('@') + 1).toLowerCase();
  const domains = await directory.listDomains(tenantId);
  if (!domains.some(({ name }) => name === domain)) {
    throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.', { facts: { domain }, remedy: `Those are ${domains.map(({ name }) => name).join(', ')}.` });
  }
  const password = user.password ?? `${randomBytes(9).toString('base64url')}aA1!`;
  return change(user.userPrincipalName, async () => {
    const made = await directory.createUser(tenantId, {
      userPrincipalName: user.userPrincipalName,
      displayName: user.displayName,
      password,
      ...(user.immutableId === undefined ? {} : { immutableId: user.immutableId }),
      ...(user.enabled === undefined ? {} : { enabled: user.enabled }),
    });
    if (user.mustChange) await directory.setDelegationState(tenantId, made.objectId, 'PasswordChangeRequired');
    return { user: made, password };
  });
}
