import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { graphListParameters, listOf, selected } from './graph-list.ts';
import { listPermissionGrants, namedGrant } from './permission-grants.ts';

export const getMgOauth2PermissionGrant = defineTenantCmdlet({
  name: 'Get-MgOauth2PermissionGrant',
  synopsis: 'Shows which application may use which other one in people’s names: everybody’s, by an administrator’s consent, or one person’s, by their own.',
  parameters: {
    OAuth2PermissionGrantId: { type: 'string', pipeline: true, aliases: ['Id'], description: 'One consent.' },
    ...graphListParameters,
  },
  outputs: ['ClientId', 'ConsentType', 'Id', 'PrincipalId', 'ResourceId', 'Scope'],
  example: "Get-MgOauth2PermissionGrant -Filter \"consentType eq 'AllPrincipals'\"",
  async run(context, { OAuth2PermissionGrantId, ...list }) {
    const grants = await listPermissionGrants(context);
    if (OAuth2PermissionGrantId === undefined) return listOf(context, grants.map(({ row }) => row), list);
    return [selected(namedGrant(grants, OAuth2PermissionGrantId).row, list.Property)];
  },
});
