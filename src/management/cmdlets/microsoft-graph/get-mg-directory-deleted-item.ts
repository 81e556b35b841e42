import { deletedItemOutput, namedDeletedUser } from '../tenant/deleted-users.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const getMgDirectoryDeletedItem = defineTenantCmdlet({
  name: 'Get-MgDirectoryDeletedItem',
  synopsis: 'Shows a person who was deleted and can still be restored.',
  parameters: { DirectoryObjectId: { type: 'string', position: 0, pipeline: true, aliases: ['Id'], mandatory: true, description: 'Id of the deleted person.' } },
  example: 'Get-MgDirectoryDeletedItem -DirectoryObjectId d4142c52-179b-4d31-b5b9-08940873507b',
  async run(context, { DirectoryObjectId }) {
    return [deletedItemOutput(await namedDeletedUser(context, DirectoryObjectId))];
  },
});
