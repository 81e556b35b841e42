import { createUser } from '../tenant/create-user.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { graphUserOutput } from './graph-output.ts';

export const newMgUser = defineTenantCmdlet({
  name: 'New-MgUser',
  synopsis: 'Makes a person of the tenant.',
  parameters: {
    DisplayName: { type: 'string', mandatory: true, description: 'The name.' },
    UserPrincipalName: { type: 'smtpAddress', mandatory: true, description: 'Sign-in name, in a domain of the tenant.' },
    PasswordProfile: { type: 'passwordProfile', mandatory: true, description: "@{Password='…'; ForceChangePasswordNextSignIn=$false}; by default the person must choose another." },
    AccountEnabled: { type: 'switch', mandatory: true, description: 'May sign in; -AccountEnabled:$false: may not. Microsoft Graph insists on it.' },
    MailNickname: { type: 'string', ignored: true, description: 'Accepted and without effect: mail is given by Exchange.' },
    OnPremisesImmutableId: { type: 'string', description: 'Source anchor.' },
    UsageLocation: { type: 'string', refused: true, description: 'The tenant’s directory has no licences.' },
  },
  example: "New-MgUser -DisplayName 'Nora Noble' -UserPrincipalName nora@contoso.onmicrosoft.test -MailNickname nora -AccountEnabled -PasswordProfile @{Password=$password}",
  async run(context, { DisplayName, UserPrincipalName, PasswordProfile, AccountEnabled, OnPremisesImmutableId }) {
    const made = await createUser(context, { userPrincipalName: UserPrincipalName, displayName: DisplayName, password: PasswordProfile.password, immutableId: OnPremisesImmutableId, enabled: AccountEnabled, mustChange: PasswordProfile.mustChange ?? true });
    return made === undefined ? [] : [graphUserOutput(made.user)];
  },
});
