import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const getRemoteDomain = defineExchangeCmdlet({
  name: 'Get-RemoteDomain',
  synopsis: 'Shows how mail for domains elsewhere is treated.',
  parameters: { Identity: identityToGet },
  example: 'Get-RemoteDomain | Format-Table Name,DomainName,TargetDeliveryDomain',
  roles: ['Remote and Accepted Domains', 'View-Only Configuration'],
  run: (context, { Identity }) => getConfiguration(context, 'RemoteDomain', Identity),
});
