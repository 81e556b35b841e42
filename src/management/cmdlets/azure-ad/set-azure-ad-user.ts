import { changeUser } from '../tenant/change-user.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const setAzureAdUser = defineTenantCmdlet({
  name: 'Set-AzureADUser',
  synopsis: 'Changes a person of the tenant.',
  parameters: {
    ObjectId: { type: 'string', position: 0, pipeline: true, mandatory: true, description: 'The person: user principal name or object id.' },
    UserPrincipalName: { type: 'smtpAddress', description: 'A new sign-in name.' },
    DisplayName: { type: 'string', description: 'A new name.' },
    AccountEnabled: { type: 'boolean', description: '$false: may not sign in.' },
    ImmutableId: { type: 'string', nullable: true, description: 'Source anchor; $null clears it.' },
    PasswordPolicies: { type: ['None', 'DisablePasswordExpiration', 'DisableStrongPassword', 'DisablePasswordExpiration, DisableStrongPassword'], description: 'DisablePasswordExpiration ends the error that the account’s password has expired. Passwords never expire here.' },
  },
  example: 'Set-AzureADUser -ObjectId bert@contoso.test -PasswordPolicies DisablePasswordExpiration',
  run: (context, { ObjectId, UserPrincipalName, DisplayName, AccountEnabled, ImmutableId, PasswordPolicies }) =>
    changeUser(context, ObjectId, {
      ...(UserPrincipalName === undefined ? {} : { userPrincipalName: UserPrincipalName }),
      ...(DisplayName === undefined ? {} : { displayName: DisplayName }),
      ...(AccountEnabled === undefined ? {} : { enabled: AccountEnabled }),
      ...(ImmutableId === undefined ? {} : { immutableId: ImmutableId }),
      ...(PasswordPolicies === undefined ? {} : { passwordNeverExpires: PasswordPolicies.startsWith('DisablePasswordExpiration') }),
    }),
});
