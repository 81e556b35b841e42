import { namedDeletedUser } from '../tenant/deleted-users.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const removeMgDirectoryDeletedItem = defineTenantCmdlet({
  name: 'Remove-MgDirectoryDeletedItem',
  synopsis: 'Deletes for good a person who was deleted.',
  parameters: { DirectoryObjectId: { type: 'string', position: 0, pipeline: true, aliases: ['Id'], mandatory: true, description: 'Id of the deleted person.' } },
  example: 'Remove-MgDirectoryDeletedItem -DirectoryObjectId d4142c52-179b-4d31-b5b9-08940873507b -Confirm:$false',
  async run(context, { DirectoryObjectId }) {
    const user = await namedDeletedUser(context, DirectoryObjectId);
    await context.change(user.userPrincipalName, () => context.directory.purgeDeletedUser(context.tenantId, user.objectId));
    return [];
  },
});
