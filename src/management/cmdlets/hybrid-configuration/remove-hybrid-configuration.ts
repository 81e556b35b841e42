import { removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { theHybridConfiguration } from './hybrid-configuration-object.ts';

export const removeHybridConfiguration = defineExchangeCmdlet({
  name: 'Remove-HybridConfiguration',
  synopsis: 'Removes the object that holds what the hybrid deployment shall have; what was set up stays.',
  parameters: {},
  example: 'Remove-HybridConfiguration -Confirm:$false',
  roles: ['Federated Sharing'],
  side: 'OnPremises',
  run: async (context) => removeConfiguration(context, 'HybridConfiguration', (await theHybridConfiguration(context)).guid),
});
