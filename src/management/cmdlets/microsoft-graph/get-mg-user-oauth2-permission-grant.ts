import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { graphListParameters, listOf } from './graph-list.ts';
import { listPermissionGrants } from './permission-grants.ts';

export const getMgUserOauth2PermissionGrant = defineTenantCmdlet({
  name: 'Get-MgUserOauth2PermissionGrant',
  synopsis: 'Shows what a person consented to by themselves.',
  parameters: {
    UserId: { type: 'string', pipeline: true, aliases: ['Id'], mandatory: true, description: 'The person: user principal name or id.' },
    ...graphListParameters,
  },
  outputs: ['ClientId', 'ConsentType', 'Id', 'PrincipalId', 'ResourceId', 'Scope'],
  example: 'Get-MgUserOauth2PermissionGrant -UserId bert@contoso.test',
  async run(context, { UserId, ...list }) {
    const { objectId } = await context.directory.getUser(context.tenantId, UserId);
    return listOf(context, (await listPermissionGrants(context, objectId)).map(({ row }) => row), list);
  },
});
