import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { graphServicePrincipalOutput } from './graph-output.ts';

export const newMgServicePrincipal = defineTenantCmdlet({
  name: 'New-MgServicePrincipal',
  synopsis: 'Lets the tenant use an application. Here an application of the tenant has its principal from the beginning: it is shown.',
  parameters: { AppId: { type: 'guid', mandatory: true, description: 'Application id, from Get-MgApplication.' } },
  example: 'New-MgServicePrincipal -AppId a1135426-2740-4196-9c97-10ef5b3b5ea1',
  run: async ({ directory, tenantId }, { AppId }) => [graphServicePrincipalOutput(await directory.getServicePrincipal(tenantId, AppId))],
});
