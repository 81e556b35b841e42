import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const getAcceptedDomain = defineExchangeCmdlet({
  name: 'Get-AcceptedDomain',
  synopsis: 'Shows the domains whose mail this organisation takes.',
  parameters: { Identity: identityToGet },
  example: 'Get-AcceptedDomain | Format-Table Name,DomainName,DomainType,Default',
  roles: ['Remote and Accepted Domains', 'View-Only Configuration'],
  run: (context, { Identity }) => getConfiguration(context, 'AcceptedDomain', Identity),
});
