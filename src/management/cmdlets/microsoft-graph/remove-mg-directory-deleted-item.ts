import { namedDeletedUser } from '../tenant/deleted-users.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const removeMgDirectoryDeletedItem = defineTenantCmdlet({
  name: 'Remove-MgDirectoryDeletedItem',
  synopsis: 'Deletes for good a person who was deleted.',
  parameters: {
    DirectoryObjectId: { type: 'string', pipeline: true, aliases: ['Id'], mandatory: true, description: 'Id of the deleted person.' },
    PassThru: { type: 'switch', description: 'Says True when it is done.' },
  },
  example: 'Remove-MgDirectoryDeletedItem -DirectoryObjectId d4142c52-179b-4d31-b5b9-08940873507b -Confirm:$false',
  async run(context, { DirectoryObjectId, PassThru }) {
    const user = await namedDeletedUser(context, DirectoryObjectId);
    const done = await context.change(user.userPrincipalName, () => context.directory.purgeDeletedUser(context.tenantId, user.objectId).then(() => true));
    return done === true && PassThru === true ? [{ Value: true }] : [];
  },
});
