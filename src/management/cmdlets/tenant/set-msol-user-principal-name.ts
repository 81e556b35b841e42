import { ManagementError } from '../../management-error.ts';
import { setPassword } from './set-password.ts';
import { defineTenantCmdlet } from './tenant-context.ts';

export const setMsolUserPrincipalName = defineTenantCmdlet({
  name: 'Set-MsolUserPrincipalName',
  synopsis: 'Changes the sign-in name of a person of the tenant.',
  parameters: {
    UserPrincipalName: { type: 'string', pipeline: true, description: 'The person.' },
    ObjectId: { type: 'guid', pipeline: true, description: 'The person.' },
    ImmutableId: { type: 'string', description: 'Source anchor, where the new domain is federated.' },
    NewPassword: { type: 'secret', description: 'A password, where the former domain was federated; the person must choose another.' },
    NewUserPrincipalName: { type: 'smtpAddress', mandatory: true, description: 'The new sign-in name.' },
  },
  example: 'Set-MsolUserPrincipalName -UserPrincipalName bert@contoso.test -NewUserPrincipalName bert@contoso.onmicrosoft.test',
  async run(context, { UserPrincipalName, ObjectId, NewUserPrincipalName, ImmutableId, NewPassword }) {
    const { directory, tenantId, change } = context;
    const named = ObjectId ?? UserPrincipalName;
    if (named === undefined) throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Cannot process command because of one or more missing mandatory parameters: UserPrincipalName.');
    const { objectId } = await directory.getUser(tenantId, named);
    await change(named, () => directory.updateUser(tenantId, objectId, { userPrincipalName: NewUserPrincipalName, ...(ImmutableId === undefined ? {} : { immutableId: ImmutableId }) }));
    if (NewPassword !== undefined) await setPassword(context, objectId, NewPassword, true);
    return [];
  },
});
