import { getConfiguration, identityToGet, limitResults, resultSize } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const getRemoteDomain = defineExchangeCmdlet({
  name: 'Get-RemoteDomain',
  synopsis: 'Shows how mail for domains elsewhere is treated.',
  parameters: { Identity: identityToGet, ResultSize: resultSize },
  example: 'Get-RemoteDomain | Format-Table Name,DomainName,TargetDeliveryDomain',
  roles: ['Remote and Accepted Domains', 'View-Only Configuration'],
  run: async (context, { Identity, ResultSize }) => limitResults(context, await getConfiguration(context, 'RemoteDomain', Identity), ResultSize),
});
