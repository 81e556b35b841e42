import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const getMgOrganization = defineTenantCmdlet({
  name: 'Get-MgOrganization',
  synopsis: 'Shows the tenant: its id, its name and its domains.',
  parameters: {},
  outputs: ['DisplayName', 'Id', 'VerifiedDomains'],
  example: '(Get-MgOrganization).Id',
  async run({ directory, tenantId }) {
    const tenant = await directory.getTenant(tenantId);
    return [{ DisplayName: tenant.displayName, Id: tenant.id, VerifiedDomains: tenant.domains.map((name, index) => ({ Name: name, IsInitial: index === 0 })) }];
  },
});
