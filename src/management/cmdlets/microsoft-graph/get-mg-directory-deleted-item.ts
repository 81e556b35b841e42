import { deletedItemOutput, namedDeletedUser } from '../tenant/deleted-users.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { propertyParameter, selected } from './graph-list.ts';

export const getMgDirectoryDeletedItem = defineTenantCmdlet({
  name: 'Get-MgDirectoryDeletedItem',
  synopsis: 'Shows a person who was deleted and can still be restored.',
  parameters: { DirectoryObjectId: { type: 'string', pipeline: true, aliases: ['Id'], mandatory: true, description: 'Id of the deleted person.' }, Property: propertyParameter },
  example: 'Get-MgDirectoryDeletedItem -DirectoryObjectId d4142c52-179b-4d31-b5b9-08940873507b',
  async run(context, { DirectoryObjectId, Property }) {
    return [selected(deletedItemOutput(await namedDeletedUser(context, DirectoryObjectId)), Property)];
  },
});
