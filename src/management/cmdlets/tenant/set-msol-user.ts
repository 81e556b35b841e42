import { ManagementError } from '../../management-error.ts';
import { changeUser } from './change-user.ts';
import { defineTenantCmdlet } from './tenant-context.ts';

export const setMsolUser = defineTenantCmdlet({
  name: 'Set-MsolUser',
  synopsis: 'Changes a person of the tenant.',
  parameters: {
    UserPrincipalName: { type: 'string', pipeline: true, description: 'The person.' },
    ObjectId: { type: 'guid', pipeline: true, description: 'The person.' },
    DisplayName: { type: 'string', description: 'A new name.' },
    ImmutableId: { type: 'string', nullable: true, description: 'Source anchor; $null clears it.' },
    BlockCredential: { type: 'boolean', description: '$true: may not sign in.' },
    UserType: { type: ['Member'], ignored: true, description: 'Only Member: there are no guests.' },
    PasswordNeverExpires: { type: 'boolean', description: '$true: ends the error that the account’s password has expired. Passwords never expire here.' },
  },
  example: 'Set-MsolUser -UserPrincipalName bert@contoso.test -PasswordNeverExpires $true',
  async run(context, { UserPrincipalName, ObjectId, DisplayName, ImmutableId, BlockCredential, PasswordNeverExpires }) {
    const named = ObjectId ?? UserPrincipalName;
    if (named === undefined) throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Cannot process command because of one or more missing mandatory parameters: UserPrincipalName.');
    return changeUser(context, named, {
      ...(DisplayName === undefined ? {} : { displayName: DisplayName }),
      ...(ImmutableId === undefined ? {} : { immutableId: ImmutableId }),
      ...(BlockCredential === undefined ? {} : { enabled: !BlockCredential }),
      ...(PasswordNeverExpires === undefined ? {} : { passwordNeverExpires: PasswordNeverExpires }),
    });
  },
});
