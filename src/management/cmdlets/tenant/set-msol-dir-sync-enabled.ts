import type { TenantContext } from './tenant-context.ts';
import { defineTenantCmdlet } from './tenant-context.ts';

export const setMsolDirSyncEnabled = defineTenantCmdlet({
  name: 'Set-MsolDirSyncEnabled',
  synopsis: 'Switches directory synchronisation of the tenant on or off.',
  parameters: {
    EnableDirSync: { type: 'boolean', mandatory: true, pipeline: true, description: 'Whether people may come from on premises; $false refuses the cycles, at once here.' },
    Force: { type: 'switch', ignored: true, description: 'Accepted and without effect: nothing is asked here.' },
  },
  example: 'Set-MsolDirSyncEnabled -EnableDirSync $true',
  async run(context, { EnableDirSync }) {
    await setDirectorySynchronization(context, EnableDirSync);
    return [];
  },
});

export async function setDirectorySynchronization(context: TenantContext, enabled: boolean): Promise<void> {
  await context.change('OnPremisesSyncEnabled', () => context.directory.updateTenant(context.tenantId, { onPremisesSyncEnabled: enabled }));
}
