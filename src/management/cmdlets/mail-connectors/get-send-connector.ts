import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { sendConnectorOutput } from './send-connector-parameters.ts';

export const getSendConnector = defineExchangeCmdlet({
  name: 'Get-SendConnector',
  synopsis: 'Shows the ways of mail to domains elsewhere.',
  parameters: { Identity: identityToGet },
  example: 'Get-SendConnector | Format-List Name,AddressSpaces,SmartHosts,Tls*',
  side: 'OnPremises',
  roles: ['Send Connectors', 'View-Only Configuration'],
  run: (context, { Identity }) => getConfiguration(context, 'SendConnector', Identity, sendConnectorOutput),
});
