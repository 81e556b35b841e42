import { identityToChange, removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const removeIntraOrganizationConnector = defineExchangeCmdlet({
  name: 'Remove-IntraOrganizationConnector',
  synopsis: 'Removes an intra-organization connector.',
  parameters: { Identity: identityToChange },
  example: 'Remove-IntraOrganizationConnector "HybridIOC - 1" -Confirm:$false',
  roles: ['Federated Sharing'],
  run: (context, { Identity }) => removeConfiguration(context, 'IntraOrganizationConnector', Identity),
});
