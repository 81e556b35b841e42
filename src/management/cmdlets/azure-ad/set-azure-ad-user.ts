import { changeUser } from '../tenant/change-user.ts';
import { changePasswordProfile } from '../tenant/set-password.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const setAzureAdUser = defineTenantCmdlet({
  name: 'Set-AzureADUser',
  synopsis: 'Changes a person of the tenant.',
  parameters: {
    ObjectId: { type: 'string', pipeline: true, mandatory: true, description: 'The person: user principal name or object id.' },
    UserPrincipalName: { type: 'smtpAddress', description: 'A new sign-in name.' },
    DisplayName: { type: 'string', description: 'A new name.' },
    AccountEnabled: { type: 'boolean', description: '$false: may not sign in.' },
    ImmutableId: { type: 'string', nullable: true, description: 'Source anchor; $null clears it.' },
    PasswordPolicies: { type: ['None', 'DisablePasswordExpiration', 'DisableStrongPassword', 'DisablePasswordExpiration, DisableStrongPassword'], description: 'DisablePasswordExpiration ends the error that the account’s password has expired. Passwords never expire here.' },
    PasswordProfile: { type: 'passwordProfile', description: "@{Password='…'; ForceChangePasswordNextLogin=$false}: a new password, and whether the person must choose another; the federation gateway says so until then." },
    UserType: { type: ['Member'], ignored: true, description: 'Only Member: there are no guests.' },
  },
  example: 'Set-AzureADUser -ObjectId bert@contoso.test -PasswordPolicies DisablePasswordExpiration',
  async run(context, { ObjectId, UserPrincipalName, DisplayName, AccountEnabled, ImmutableId, PasswordPolicies, PasswordProfile }) {
    if (PasswordProfile !== undefined) await changePasswordProfile(context, ObjectId, PasswordProfile);
    const changes = {
      ...(UserPrincipalName === undefined ? {} : { userPrincipalName: UserPrincipalName }),
      ...(DisplayName === undefined ? {} : { displayName: DisplayName }),
      ...(AccountEnabled === undefined ? {} : { enabled: AccountEnabled }),
      ...(ImmutableId === undefined ? {} : { immutableId: ImmutableId }),
      ...(PasswordPolicies === undefined ? {} : { passwordNeverExpires: PasswordPolicies.startsWith('DisablePasswordExpiration') }),
    };
    return PasswordProfile !== undefined && Object.keys(changes).length === 0 ? [] : changeUser(context, ObjectId, changes);
  },
});
