import { removeGroup } from '../tenant/directory-groups.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const removeAzureAdGroup = defineTenantCmdlet({
  name: 'Remove-AzureADGroup',
  synopsis: 'Removes a security group of the tenant, and the roles that it had in applications.',
  parameters: { ObjectId: { type: 'guid', pipeline: true, mandatory: true, description: 'The group.' } },
  example: 'Remove-AzureADGroup -ObjectId 3f1f1a3c-6a0e-4a51-8f5e-1a8a7b7a2f11 -Confirm:$false',
  async run(context, { ObjectId }) {
    await removeGroup(context, ObjectId);
    return [];
  },
});
