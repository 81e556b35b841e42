import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const getOutboundConnector = defineExchangeCmdlet({
  name: 'Get-OutboundConnector',
  synopsis: 'Shows where mail goes out.',
  parameters: { Identity: identityToGet },
  example: 'Get-OutboundConnector | Format-List Name,RecipientDomains,SmartHosts,Tls*',
  side: 'Cloud',
  roles: ['Remote and Accepted Domains', 'View-Only Configuration'],
  run: (context, { Identity }) => getConfiguration(context, 'OutboundConnector', Identity),
});
