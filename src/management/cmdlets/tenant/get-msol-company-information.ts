import { defineTenantCmdlet } from './tenant-context.ts';

export const getMsolCompanyInformation = defineTenantCmdlet({
  name: 'Get-MsolCompanyInformation',
  synopsis: 'Shows the tenant: its id, its name, its domains, and whether its people come from on premises.',
  parameters: {},
  outputs: ['DisplayName', 'InitialDomain', 'ObjectId', 'Domains', 'DirectorySynchronizationEnabled', 'LastDirSyncTime'],
  example: '(Get-MsolCompanyInformation).ObjectId',
  async run({ directory, tenantId }) {
    const tenant = await directory.getTenant(tenantId);
    return [{
      DisplayName: tenant.displayName,
      InitialDomain: tenant.domains[0] ?? null,
      ObjectId: tenant.id,
      Domains: [...tenant.domains],
      DirectorySynchronizationEnabled: tenant.onPremisesSyncEnabled === true,
      LastDirSyncTime: tenant.onPremisesLastSync === null ? null : new Date(tenant.onPremisesLastSync).toISOString(),
    }];
  },
});
