import { setDirectorySynchronization } from '../tenant/set-msol-dir-sync-enabled.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const updateMgOrganization = defineTenantCmdlet({
  name: 'Update-MgOrganization',
  synopsis: 'Switches directory synchronisation of the tenant on or off.',
  parameters: {
    OrganizationId: { type: 'guid', pipeline: true, description: 'Accepted and without effect: the session is of one tenant.', ignored: true },
    OnPremisesSyncEnabled: { type: 'switch', description: 'Whether people may come from on premises; -OnPremisesSyncEnabled:$false refuses the cycles.' },
  },
  example: 'Update-MgOrganization -OrganizationId (Get-MgOrganization).Id -OnPremisesSyncEnabled:$false',
  async run(context, { OnPremisesSyncEnabled }) {
    if (OnPremisesSyncEnabled !== undefined) await setDirectorySynchronization(context, OnPremisesSyncEnabled);
    return [];
  },
});
