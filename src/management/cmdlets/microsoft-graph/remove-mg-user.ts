import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const removeMgUser = defineTenantCmdlet({
  name: 'Remove-MgUser',
  synopsis: 'Deletes a person of the tenant, who can be restored for 30 days.',
  parameters: {
    UserId: { type: 'string', pipeline: true, aliases: ['Id'], mandatory: true, description: 'The person: user principal name or id.' },
    PassThru: { type: 'switch', description: 'Says True when it is done.' },
  },
  example: 'Remove-MgUser -UserId bert@contoso.test -Confirm:$false',
  async run({ directory, tenantId, change }, { UserId, PassThru }) {
    const user = await directory.getUser(tenantId, UserId);
    const done = await change(user.userPrincipalName, () => directory.removeUser(tenantId, user.objectId).then(() => true));
    return done === true && PassThru === true ? [{ Value: true }] : [];
  },
});
