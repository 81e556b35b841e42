import { ManagementError } from '../../management-error.ts';
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
  },
  example: 'Set-MsolUser -UserPrincipalName bert@contoso.test -BlockCredential $false',
  async run({ directory, tenantId, change }, { UserPrincipalName, ObjectId, DisplayName, ImmutableId, BlockCredential }) {
    const named = ObjectId ?? UserPrincipalName;
    if (named === undefined) throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Cannot process command because of one or more missing mandatory parameters: UserPrincipalName.');
    await change(named, () =>
      directory.updateUser(tenantId, named, {
        ...(DisplayName === undefined ? {} : { displayName: DisplayName }),
        ...(ImmutableId === undefined ? {} : { immutableId: ImmutableId }),
        ...(BlockCredential === undefined ? {} : { enabled: !BlockCredential }),
      }),
    );
    return [];
  },
});
