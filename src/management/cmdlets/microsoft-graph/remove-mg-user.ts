import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const removeMgUser = defineTenantCmdlet({
  name: 'Remove-MgUser',
  synopsis: 'Deletes a person of the tenant, who can be restored for 30 days.',
  parameters: { UserId: { type: 'string', position: 0, pipeline: true, aliases: ['Id'], mandatory: true, description: 'The person: user principal name or id.' } },
  example: 'Remove-MgUser -UserId bert@contoso.test -Confirm:$false',
  async run({ directory, tenantId, change }, { UserId }) {
    const user = await directory.getUser(tenantId, UserId);
    await change(user.userPrincipalName, () => directory.removeUser(tenantId, user.objectId));
    return [];
  },
});
