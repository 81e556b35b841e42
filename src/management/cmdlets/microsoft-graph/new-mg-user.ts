import { createUser } from '../tenant/create-user.ts';
import { defineGraphWriter, requireProperties } from './define-graph-writer.ts';
import { graphUserOutput } from './graph-output.ts';

export const newMgUser = defineGraphWriter({
  name: 'New-MgUser',
  synopsis: 'Makes a person of the tenant.',
  parameters: {
    DisplayName: { type: 'string', description: 'The name. Microsoft Graph insists on it, as on the three next.' },
    UserPrincipalName: { type: 'smtpAddress', description: 'Sign-in name, in a domain of the tenant.' },
    PasswordProfile: { type: 'passwordProfile', description: "@{Password='…'; ForceChangePasswordNextSignIn=$false}; by default the person must choose another." },
    AccountEnabled: { type: 'switch', description: 'May sign in; -AccountEnabled:$false: may not.' },
    MailNickname: { type: 'string', ignored: true, description: 'Accepted and without effect: mail is given by Exchange.' },
    OnPremisesImmutableId: { type: 'string', description: 'Source anchor.' },
    PasswordPolicies: { type: ['None', 'DisablePasswordExpiration', 'DisableStrongPassword', 'DisablePasswordExpiration, DisableStrongPassword'], ignored: true, description: 'Accepted and without effect: passwords never expire here.' },
    UserType: { type: ['Member'], ignored: true, description: 'Only Member: there are no guests.' },
  },
  example: "New-MgUser -DisplayName 'Nora Noble' -UserPrincipalName nora@contoso.onmicrosoft.test -MailNickname nora -AccountEnabled -PasswordProfile @{Password=$password}",
  async run(context, given) {
    requireProperties('User', given, ['AccountEnabled', 'DisplayName', 'PasswordProfile', 'UserPrincipalName']);
    const { DisplayName, UserPrincipalName, PasswordProfile, AccountEnabled, OnPremisesImmutableId } = given;
    const made = await createUser(context, { userPrincipalName: UserPrincipalName, displayName: DisplayName, password: PasswordProfile.password, immutableId: OnPremisesImmutableId, enabled: AccountEnabled, mustChange: PasswordProfile.mustChange ?? true });
    return made === undefined ? [] : [graphUserOutput(made.user)];
  },
});
