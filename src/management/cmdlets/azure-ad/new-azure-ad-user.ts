import { createUser } from '../tenant/create-user.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { azureAdUserOutput } from './azure-ad-output.ts';

export const newAzureAdUser = defineTenantCmdlet({
  name: 'New-AzureADUser',
  synopsis: 'Makes a person of the tenant.',
  parameters: {
    DisplayName: { type: 'string', mandatory: true, description: 'The name.' },
    UserPrincipalName: { type: 'smtpAddress', description: 'Sign-in name, in a domain of the tenant.', mandatory: true },
    PasswordProfile: { type: 'passwordProfile', mandatory: true, description: "A PasswordProfile (New-Object Microsoft.Open.AzureAD.Model.PasswordProfile), or @{Password='…'; ForceChangePasswordNextLogin=$false}." },
    AccountEnabled: { type: 'boolean', mandatory: true, description: '$false: may not sign in.' },
    MailNickName: { type: 'string', ignored: true, description: 'Accepted and without effect: mail is given by Exchange.' },
    PasswordPolicies: { type: ['None', 'DisablePasswordExpiration', 'DisableStrongPassword', 'DisablePasswordExpiration, DisableStrongPassword'], ignored: true, description: 'Accepted and without effect: passwords never expire here.' },
    UserType: { type: ['Member'], ignored: true, description: 'Only Member: there are no guests.' },
    ImmutableId: { type: 'string', description: 'Source anchor.' },
  },
  example: "New-AzureADUser -DisplayName 'Nora Noble' -UserPrincipalName nora@contoso.onmicrosoft.test -PasswordProfile @{Password=$password} -AccountEnabled $true -MailNickName nora",
  async run(context, { DisplayName, UserPrincipalName, PasswordProfile, AccountEnabled, ImmutableId }) {
    const made = await createUser(context, { userPrincipalName: UserPrincipalName, displayName: DisplayName, password: PasswordProfile.password, immutableId: ImmutableId, enabled: AccountEnabled, mustChange: PasswordProfile.mustChange ?? true });
    return made === undefined ? [] : [azureAdUserOutput(made.user)];
  },
});
