import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { listPermissionGrants, namedGrant } from './permission-grants.ts';

export const removeMgOauth2PermissionGrant = defineTenantCmdlet({
  name: 'Remove-MgOauth2PermissionGrant',
  synopsis: 'Takes a consent back. Refresh tokens of the application answer AADSTS65001 from then on.',
  parameters: {
    OAuth2PermissionGrantId: { type: 'string', pipeline: true, aliases: ['Id'], mandatory: true, description: 'The consent, from Get-MgOauth2PermissionGrant.' },
    PassThru: { type: 'switch', description: 'Says True when it is done.' },
  },
  example: 'Get-MgUserOauth2PermissionGrant -UserId bert@contoso.test | Remove-MgOauth2PermissionGrant -Confirm:$false',
  async run(context, { OAuth2PermissionGrantId, PassThru }) {
    const { directory, tenantId } = context;
    const found = namedGrant(await listPermissionGrants(context), OAuth2PermissionGrantId);
    const client = await directory.getServicePrincipal(tenantId, found.clientAppId);
    const done = await context.change(client.displayName, async () => {
      if (found.userId !== null) await directory.removeConsents(tenantId, found.userId, found.clientAppId, found.resourceAppId);
      else await directory.updateServicePrincipal(tenantId, client.objectId, { consentedResources: client.consentedResources.filter((one) => one !== found.resourceAppId) });
      return true;
    });
    return done === true && PassThru === true ? [{ Value: true }] : [];
  },
});
