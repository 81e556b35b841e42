import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const getMgOrganization = defineTenantCmdlet({
  name: 'Get-MgOrganization',
  synopsis: 'Shows the tenant: its id, its name, its domains, and whether its people come from on premises.',
  parameters: {},
  outputs: ['DisplayName', 'Id', 'OnPremisesLastSyncDateTime', 'OnPremisesSyncEnabled', 'VerifiedDomains'],
  example: '(Get-MgOrganization).Id',
  async run({ directory, tenantId }) {
    const tenant = await directory.getTenant(tenantId);
    return [{
      DisplayName: tenant.displayName,
      Id: tenant.id,
      OnPremisesLastSyncDateTime: tenant.onPremisesLastSync === null ? null : new Date(tenant.onPremisesLastSync).toISOString(),
      OnPremisesSyncEnabled: tenant.onPremisesSyncEnabled,
      VerifiedDomains: tenant.domains.map((name, index) => ({ Name: name, IsInitial: index === 0 })),
    }];
  },
});
