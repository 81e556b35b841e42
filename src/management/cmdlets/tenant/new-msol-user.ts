import { createUser } from './create-user.ts';
import { defineTenantCmdlet } from './tenant-context.ts';
import { userOutput } from './user-output.ts';

export const newMsolUser = defineTenantCmdlet({
  name: 'New-MsolUser',
  synopsis: 'Makes a person of the tenant, with a password that is shown once.',
  parameters: {
    UserPrincipalName: { type: 'smtpAddress', mandatory: true, description: 'Sign-in name, in a domain of the tenant.' },
    DisplayName: { type: 'string', mandatory: true, description: 'The name.' },
    Password: { type: 'secret', description: 'The password; one is made up where none is given.' },
    ForceChangePassword: { type: 'boolean', description: '$false: the person need not choose another. Default $true, which the federation gateway insists on.' },
    ImmutableId: { type: 'string', description: 'Source anchor.' },
    BlockCredential: { type: 'boolean', description: '$true: may not sign in.' },
    PasswordNeverExpires: { type: 'boolean', ignored: true, description: 'Passwords never expire here.' },
    UserType: { type: ['Member'], ignored: true, description: 'Only Member: there are no guests.' },
  },
  example: "New-MsolUser -UserPrincipalName nora@contoso.onmicrosoft.test -DisplayName 'Nora Noble'",
  async run(context, { UserPrincipalName, DisplayName, Password, ForceChangePassword, ImmutableId, BlockCredential }) {
    const made = await createUser(context, { userPrincipalName: UserPrincipalName, displayName: DisplayName, password: Password, immutableId: ImmutableId, enabled: BlockCredential === undefined ? undefined : !BlockCredential, mustChange: ForceChangePassword ?? true });
    return made === undefined ? [] : [{ Password: made.password, ...userOutput(made.user) }];
  },
});
