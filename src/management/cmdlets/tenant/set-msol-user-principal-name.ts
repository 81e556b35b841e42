import { ManagementError } from '../../management-error.ts';
import { defineTenantCmdlet } from './tenant-context.ts';

export const setMsolUserPrincipalName = defineTenantCmdlet({
  name: 'Set-MsolUserPrincipalName',
  synopsis: 'Changes the sign-in name of a person of the tenant.',
  parameters: {
    UserPrincipalName: { type: 'string', pipeline: true, description: 'The person.' },
    ObjectId: { type: 'guid', pipeline: true, description: 'The person.' },
    NewUserPrincipalName: { type: 'smtpAddress', mandatory: true, description: 'The new sign-in name.' },
  },
  example: 'Set-MsolUserPrincipalName -UserPrincipalName bert@contoso.test -NewUserPrincipalName bert@contoso.onmicrosoft.test',
  async run({ directory, tenantId, change }, { UserPrincipalName, ObjectId, NewUserPrincipalName }) {
    const named = ObjectId ?? UserPrincipalName;
    if (named === undefined) throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Cannot process command because of one or more missing mandatory parameters: UserPrincipalName.');
    await change(named, () => directory.updateUser(tenantId, named, { userPrincipalName: NewUserPrincipalName }));
    return [];
  },
});
