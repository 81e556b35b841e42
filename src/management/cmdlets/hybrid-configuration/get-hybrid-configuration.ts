import { getConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet, viewerRoles } from '../exchange-context.ts';

export const getHybridConfiguration = defineExchangeCmdlet({
  name: 'Get-HybridConfiguration',
  synopsis: 'Shows what the hybrid deployment was asked to have.',
  parameters: {},
  example: 'Get-HybridConfiguration | Format-List Features,Domains',
  roles: viewerRoles,
  side: 'OnPremises',
  run: (context) => getConfiguration(context, 'HybridConfiguration', undefined),
});
