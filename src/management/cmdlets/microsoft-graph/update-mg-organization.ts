import { setDirectorySynchronization } from '../tenant/set-msol-dir-sync-enabled.ts';
import { checkOrganization } from './check-organization.ts';
import { defineGraphWriter } from './define-graph-writer.ts';

export const updateMgOrganization = defineGraphWriter({
  name: 'Update-MgOrganization',
  synopsis: 'Switches directory synchronisation of the tenant on or off.',
  parameters: {
    OrganizationId: { type: 'guid', pipeline: true, aliases: ['Id'], mandatory: true, description: 'Id of the tenant; the session is of one.' },
    OnPremisesSyncEnabled: { type: 'switch', description: 'Whether people may come from on premises; -OnPremisesSyncEnabled:$false refuses the cycles.' },
  },
  example: 'Update-MgOrganization -OrganizationId (Get-MgOrganization).Id -OnPremisesSyncEnabled:$false',
  async run(context, { OrganizationId, OnPremisesSyncEnabled }) {
    checkOrganization(context.tenantId, OrganizationId);
    if (OnPremisesSyncEnabled !== undefined) await setDirectorySynchronization(context, OnPremisesSyncEnabled);
    return [];
  },
});
