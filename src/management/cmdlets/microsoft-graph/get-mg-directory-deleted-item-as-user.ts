import { deletedItemOutput, namedDeletedUser } from '../tenant/deleted-users.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { graphListParameters, listOf, selected } from './graph-list.ts';

export const getMgDirectoryDeletedItemAsUser = defineTenantCmdlet({
  name: 'Get-MgDirectoryDeletedItemAsUser',
  synopsis: 'Shows who was deleted and can still be restored: 30 days long.',
  parameters: {
    DirectoryObjectId: { type: 'string', pipeline: true, aliases: ['Id'], description: 'Id of one person.' },
    ...graphListParameters,
  },
  example: 'Get-MgDirectoryDeletedItemAsUser -All',
  async run(context, { DirectoryObjectId, ...list }) {
    if (DirectoryObjectId !== undefined) return [selected(deletedItemOutput(await namedDeletedUser(context, DirectoryObjectId)), list.Property)];
    return listOf(context, (await context.directory.listDeletedUsers(context.tenantId)).map(deletedItemOutput), list);
  },
});
