import { getConfiguration, identityToGet, limitResults, resultSize } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const getAcceptedDomain = defineExchangeCmdlet({
  name: 'Get-AcceptedDomain',
  synopsis: 'Shows the domains whose mail this organisation takes.',
  parameters: { Identity: identityToGet, ResultSize: { ...resultSize, side: 'Cloud' } },
  example: 'Get-AcceptedDomain | Format-Table Name,DomainName,DomainType,Default',
  roles: ['Remote and Accepted Domains', 'View-Only Configuration'],
  run: async (context, { Identity, ResultSize }) => limitResults(context, await getConfiguration(context, 'AcceptedDomain', Identity), ResultSize),
});
