import { givenUser, namedDeletedUser } from './deleted-users.ts';
import { defineTenantCmdlet } from './tenant-context.ts';

export const removeMsolUser = defineTenantCmdlet({
  name: 'Remove-MsolUser',
  synopsis: 'Deletes a person of the tenant, who can be restored for 30 days.',
  parameters: {
    UserPrincipalName: { type: 'string', pipeline: true, description: 'The person.' },
    ObjectId: { type: 'guid', pipeline: true, description: 'The person.' },
    RemoveFromRecycleBin: { type: 'switch', description: 'Somebody who was deleted already: for good.' },
    Force: { type: 'switch', ignored: true, description: 'Asking is for -Confirm.' },
  },
  example: 'Remove-MsolUser -UserPrincipalName bert@contoso.test -Confirm:$false',
  async run(context, { UserPrincipalName, ObjectId, RemoveFromRecycleBin }) {
    const { directory, tenantId, change } = context;
    const named = givenUser({ UserPrincipalName, ObjectId });
    const user = RemoveFromRecycleBin === true ? await namedDeletedUser(context, named) : await directory.getUser(tenantId, named);
    await change(user.userPrincipalName, () => (RemoveFromRecycleBin === true ? directory.purgeDeletedUser(tenantId, user.objectId) : directory.removeUser(tenantId, user.objectId)));
    return [];
  },
});
