import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const getAzureAdTenantDetail = defineTenantCmdlet({
  name: 'Get-AzureADTenantDetail',
  synopsis: 'Shows the tenant: its id, its name and its domains.',
  parameters: {},
  outputs: ['ObjectId', 'DisplayName', 'VerifiedDomains'],
  example: '(Get-AzureADTenantDetail).ObjectId',
  async run({ directory, tenantId }) {
    const tenant = await directory.getTenant(tenantId);
    return [{ ObjectId: tenant.id, DisplayName: tenant.displayName, VerifiedDomains: [...tenant.domains] }];
  },
});
