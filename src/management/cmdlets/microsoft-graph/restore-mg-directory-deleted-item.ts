import { deletedItemOutput, namedDeletedUser } from '../tenant/deleted-users.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const restoreMgDirectoryDeletedItem = defineTenantCmdlet({
  name: 'Restore-MgDirectoryDeletedItem',
  synopsis: 'Brings back a person who was deleted less than 30 days ago.',
  parameters: { DirectoryObjectId: { type: 'string', pipeline: true, aliases: ['Id'], mandatory: true, description: 'Id of the deleted person.' } },
  example: 'Get-MgDirectoryDeletedItemAsUser | Restore-MgDirectoryDeletedItem',
  async run(context, { DirectoryObjectId }) {
    const user = await namedDeletedUser(context, DirectoryObjectId);
    const restored = await context.change(user.userPrincipalName, () => context.directory.restoreUser(context.tenantId, user.objectId));
    return restored === undefined ? [] : [{ ...deletedItemOutput({ ...user, userPrincipalName: restored.userPrincipalName }), DeletedDateTime: null }];
  },
});
