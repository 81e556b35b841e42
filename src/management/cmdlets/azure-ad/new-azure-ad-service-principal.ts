import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { azureAdServicePrincipalOutput } from './azure-ad-output.ts';

export const newAzureAdServicePrincipal = defineTenantCmdlet({
  name: 'New-AzureADServicePrincipal',
  synopsis: 'Lets the tenant use an application. Here an application of the tenant has its principal from the beginning: it is shown.',
  parameters: { AppId: { type: 'guid', mandatory: true, description: 'Application id, from Get-AzureADApplication.' } },
  example: 'New-AzureADServicePrincipal -AppId a1135426-2740-4196-9c97-10ef5b3b5ea1',
  run: async ({ directory, tenantId }, { AppId }) => [azureAdServicePrincipalOutput(await directory.getServicePrincipal(tenantId, AppId))],
});
