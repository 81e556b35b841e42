import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const removeAzureAdUser = defineTenantCmdlet({
  name: 'Remove-AzureADUser',
  synopsis: 'Deletes a person of the tenant, who can be restored for 30 days.',
  parameters: { ObjectId: { type: 'string', pipeline: true, mandatory: true, description: 'The person: user principal name or object id.' } },
  example: 'Remove-AzureADUser -ObjectId bert@contoso.test -Confirm:$false',
  async run({ directory, tenantId, change }, { ObjectId }) {
    const user = await directory.getUser(tenantId, ObjectId);
    await change(user.userPrincipalName, () => directory.removeUser(tenantId, user.objectId));
    return [];
  },
});
