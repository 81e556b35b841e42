import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet, viewerRoles } from '../exchange-context.ts';

export const getRemoteDomain = defineExchangeCmdlet({
  name: 'Get-RemoteDomain',
  synopsis: 'Shows how mail for domains elsewhere is treated.',
  parameters: { Identity: identityToGet },
  example: 'Get-RemoteDomain | Format-Table Name,DomainName,TargetDeliveryDomain',
  roles: viewerRoles,
  run: (context, { Identity }) => getConfiguration(context, 'RemoteDomain', Identity),
});
