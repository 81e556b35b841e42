import { removeGroup } from '../tenant/directory-groups.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const removeMgGroup = defineTenantCmdlet({
  name: 'Remove-MgGroup',
  synopsis: 'Removes a security group of the tenant, and the roles that it had in applications. Here it cannot be restored.',
  parameters: {
    GroupId: { type: 'guid', pipeline: true, aliases: ['Id'], mandatory: true, description: 'The group.' },
    PassThru: { type: 'switch', description: 'Says True when it is done.' },
  },
  example: 'Remove-MgGroup -GroupId 3f1f1a3c-6a0e-4a51-8f5e-1a8a7b7a2f11 -Confirm:$false',
  run: async (context, { GroupId, PassThru }) => ((await removeGroup(context, GroupId)) === true && PassThru === true ? [{ Value: true }] : []),
});
