import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const getAzureAdTenantDetail = defineTenantCmdlet({
  name: 'Get-AzureADTenantDetail',
  synopsis: 'Shows the tenant: its id, its name, its domains, and whether its people come from on premises.',
  parameters: {
    All: { type: 'boolean', ignored: true, description: 'Accepted and without effect: there is one.' },
    Top: { type: 'integer', ignored: true, description: 'Accepted and without effect: there is one.' },
  },
  outputs: ['ObjectId', 'CompanyLastDirSyncTime', 'DirSyncEnabled', 'DisplayName', 'VerifiedDomains'],
  example: '(Get-AzureADTenantDetail).ObjectId',
  async run({ directory, tenantId }) {
    const tenant = await directory.getTenant(tenantId);
    return [{ ObjectId: tenant.id, CompanyLastDirSyncTime: tenant.onPremisesLastSync === null ? null : new Date(tenant.onPremisesLastSync).toISOString(), DirSyncEnabled: tenant.onPremisesSyncEnabled, DisplayName: tenant.displayName, VerifiedDomains: [...tenant.domains] }];
  },
});
