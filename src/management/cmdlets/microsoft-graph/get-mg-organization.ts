import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { checkOrganization } from './check-organization.ts';
import { graphListParameters, listOf } from './graph-list.ts';

export const getMgOrganization = defineTenantCmdlet({
  name: 'Get-MgOrganization',
  synopsis: 'Shows the tenant: its id, its name, its domains, and whether its people come from on premises.',
  parameters: {
    OrganizationId: { type: 'guid', pipeline: true, aliases: ['Id'], description: 'Id of the tenant; the session is of one.' },
    ...graphListParameters,
  },
  outputs: ['DisplayName', 'Id', 'OnPremisesLastSyncDateTime', 'OnPremisesSyncEnabled', 'VerifiedDomains'],
  example: '(Get-MgOrganization).Id',
  async run(context, { OrganizationId, ...list }) {
    const { directory, tenantId } = context;
    const tenant = await directory.getTenant(tenantId);
    checkOrganization(tenant.id, OrganizationId);
    const row = {
      DisplayName: tenant.displayName,
      Id: tenant.id,
      OnPremisesLastSyncDateTime: tenant.onPremisesLastSync === null ? null : new Date(tenant.onPremisesLastSync).toISOString(),
      OnPremisesSyncEnabled: tenant.onPremisesSyncEnabled,
      VerifiedDomains: tenant.domains.map((name, index) => ({ Name: name, IsInitial: index === 0 })),
    };
    return listOf(context, [row], list);
  },
});
