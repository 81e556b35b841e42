import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const getIntraOrganizationConnector = defineExchangeCmdlet({
  name: 'Get-IntraOrganizationConnector',
  synopsis: 'Shows which domains are looked up over OAuth, and where.',
  parameters: { Identity: identityToGet },
  example: 'Get-IntraOrganizationConnector | Format-List',
  roles: ['Federated Sharing', 'View-Only Configuration'],
  run: (context, { Identity }) => getConfiguration(context, 'IntraOrganizationConnector', Identity),
});
