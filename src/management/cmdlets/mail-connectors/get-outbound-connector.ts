import { getConfiguration, identityToGet, limitResults, resultSize } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const getOutboundConnector = defineExchangeCmdlet({
  name: 'Get-OutboundConnector',
  synopsis: 'Shows where mail goes out.',
  parameters: { Identity: identityToGet, ResultSize: resultSize },
  example: 'Get-OutboundConnector | Format-List Name,RecipientDomains,SmartHosts,Tls*',
  side: 'Cloud',
  roles: ['Remote and Accepted Domains', 'View-Only Configuration'],
  run: async (context, { Identity, ResultSize }) => limitResults(context, await getConfiguration(context, 'OutboundConnector', Identity), ResultSize),
});
