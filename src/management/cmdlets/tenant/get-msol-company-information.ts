import { defineTenantCmdlet } from './tenant-context.ts';

export const getMsolCompanyInformation = defineTenantCmdlet({
  name: 'Get-MsolCompanyInformation',
  synopsis: 'Shows the tenant: its id, its name and its domains.',
  parameters: {},
  outputs: ['DisplayName', 'InitialDomain', 'ObjectId', 'Domains'],
  example: '(Get-MsolCompanyInformation).ObjectId',
  async run({ directory, tenantId }) {
    const tenant = await directory.getTenant(tenantId);
    return [{ DisplayName: tenant.displayName, InitialDomain: tenant.domains[0] ?? null, ObjectId: tenant.id, Domains: [...tenant.domains] }];
  },
});
