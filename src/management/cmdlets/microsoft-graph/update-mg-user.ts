import { changeUser } from '../tenant/change-user.ts';
import { changePasswordProfile } from '../tenant/set-password.ts';
import { defineGraphWriter } from './define-graph-writer.ts';

export const updateMgUser = defineGraphWriter({
  name: 'Update-MgUser',
  synopsis: 'Changes a person of the tenant.',
  parameters: {
    UserId: { type: 'string', pipeline: true, aliases: ['Id'], mandatory: true, description: 'The person: user principal name or id.' },
    UserPrincipalName: { type: 'smtpAddress', description: 'A new sign-in name.' },
    DisplayName: { type: 'string', description: 'A new name.' },
    AccountEnabled: { type: 'switch', description: '-AccountEnabled:$false: may not sign in.' },
    OnPremisesImmutableId: { type: 'string', nullable: true, description: 'Source anchor; $null clears it.' },
    PasswordPolicies: { type: ['None', 'DisablePasswordExpiration', 'DisableStrongPassword', 'DisablePasswordExpiration, DisableStrongPassword'], description: 'DisablePasswordExpiration ends the error that the account’s password has expired. Passwords never expire here.' },
    PasswordProfile: { type: 'passwordProfile', description: "@{Password='…'; ForceChangePasswordNextSignIn=$false}: a new password, and whether the person must choose another; the federation gateway says so until then." },
  },
  example: 'Update-MgUser -UserId bert@contoso.test -UserPrincipalName bert@contoso.onmicrosoft.test',
  async run(context, { UserId, UserPrincipalName, DisplayName, AccountEnabled, OnPremisesImmutableId, PasswordPolicies, PasswordProfile }) {
    if (PasswordProfile !== undefined) await changePasswordProfile(context, UserId, PasswordProfile);
    const changes = {
      ...(UserPrincipalName === undefined ? {} : { userPrincipalName: UserPrincipalName }),
      ...(DisplayName === undefined ? {} : { displayName: DisplayName }),
      ...(AccountEnabled === undefined ? {} : { enabled: AccountEnabled }),
      ...(OnPremisesImmutableId === undefined ? {} : { immutableId: OnPremisesImmutableId }),
      ...(PasswordPolicies === undefined ? {} : { passwordNeverExpires: PasswordPolicies.startsWith('DisablePasswordExpiration') }),
    };
    return PasswordProfile !== undefined && Object.keys(changes).length === 0 ? [] : changeUser(context, UserId, changes);
  },
});
