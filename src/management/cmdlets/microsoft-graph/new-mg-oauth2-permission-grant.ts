import { ManagementError } from '../../management-error.ts';
import { defineGraphWriter, requireProperties } from './define-graph-writer.ts';
import { listPermissionGrants } from './permission-grants.ts';

export const newMgOauth2PermissionGrant = defineGraphWriter({
  name: 'New-MgOauth2PermissionGrant',
  synopsis: 'Lets an application use another one in everybody’s name, so that nobody is asked at the sign-in page.',
  parameters: {
    ClientId: { type: 'guid', description: 'Id of the application that acts.' },
    ConsentType: { type: ['AllPrincipals', 'Principal'], description: 'Only AllPrincipals: people consent for themselves at the sign-in page.' },
    ResourceId: { type: 'guid', description: 'Id of the application that is used.' },
    Scope: { type: 'string', ignored: true, description: 'Accepted and without effect: a consent is to the whole of the resource, user_impersonation.' },
  },
  outputs: ['ClientId', 'ConsentType', 'Id', 'PrincipalId', 'ResourceId', 'Scope'],
  example: 'New-MgOauth2PermissionGrant -ClientId $client.Id -ConsentType AllPrincipals -ResourceId $resource.Id -Scope user_impersonation',
  async run(context, given) {
    requireProperties('OAuth2PermissionGrant', given, ['ClientId', 'ConsentType', 'ResourceId']);
    if (given.ConsentType !== 'AllPrincipals') throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'People consent for themselves here, at the sign-in page.', { remedy: 'Give -ConsentType AllPrincipals to consent for everybody.' });
    const { directory, tenantId } = context;
    const client = await directory.getServicePrincipal(tenantId, given.ClientId);
    const resource = await directory.getServicePrincipal(tenantId, given.ResourceId);
    const done = await context.change(`${client.displayName}, ${resource.displayName}`, () => directory.updateServicePrincipal(tenantId, client.objectId, { consentedResources: [...new Set([...client.consentedResources, resource.appId])] }));
    if (done === undefined) return [];
    return (await listPermissionGrants(context)).filter((grant) => grant.clientAppId === client.appId && grant.resourceAppId === resource.appId && grant.userId === null).map(({ row }) => row);
  },
});
