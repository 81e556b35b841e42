import { getConfiguration, identityToGet, limitResults, resultSize } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const getInboundConnector = defineExchangeCmdlet({
  name: 'Get-InboundConnector',
  synopsis: 'Shows whose mail is taken in a way of its own.',
  parameters: { Identity: identityToGet, ResultSize: resultSize },
  example: 'Get-InboundConnector | Format-List Name,SenderDomains,RequireTls,TlsSenderCertificateName',
  side: 'Cloud',
  roles: ['Remote and Accepted Domains', 'View-Only Configuration'],
  run: async (context, { Identity, ResultSize }) => limitResults(context, await getConfiguration(context, 'InboundConnector', Identity), ResultSize),
});
