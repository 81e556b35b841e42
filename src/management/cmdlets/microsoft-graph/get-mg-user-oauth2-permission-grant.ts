import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { graphListParameters, listOf, selected } from './graph-list.ts';
import { listPermissionGrants, namedGrant } from './permission-grants.ts';

export const getMgUserOauth2PermissionGrant = defineTenantCmdlet({
  name: 'Get-MgUserOauth2PermissionGrant',
  synopsis: 'Shows what a person consented to by themselves.',
  parameters: {
    UserId: { type: 'string', pipeline: true, aliases: ['Id'], mandatory: true, description: 'The person: user principal name or id.' },
    OAuth2PermissionGrantId: { type: 'string', description: 'One consent.' },
    ...graphListParameters,
  },
  outputs: ['ClientId', 'ConsentType', 'Id', 'PrincipalId', 'ResourceId', 'Scope'],
  example: 'Get-MgUserOauth2PermissionGrant -UserId bert@contoso.test',
  async run(context, { UserId, OAuth2PermissionGrantId, ...list }) {
    const { objectId } = await context.directory.getUser(context.tenantId, UserId);
    const grants = await listPermissionGrants(context, objectId);
    if (OAuth2PermissionGrantId !== undefined) return [selected(namedGrant(grants, OAuth2PermissionGrantId).row, list.Property)];
    return listOf(context, grants.map(({ row }) => row), list);
  },
});
