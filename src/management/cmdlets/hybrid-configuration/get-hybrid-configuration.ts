import { getConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const getHybridConfiguration = defineExchangeCmdlet({
  name: 'Get-HybridConfiguration',
  synopsis: 'Shows what the hybrid deployment was asked to have.',
  parameters: {},
  example: 'Get-HybridConfiguration | Format-List Features,Domains',
  roles: ['Federated Sharing', 'View-Only Configuration'],
  side: 'OnPremises',
  run: (context) => getConfiguration(context, 'HybridConfiguration', undefined),
});
