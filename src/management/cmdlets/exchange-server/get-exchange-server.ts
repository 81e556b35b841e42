import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet, viewerRoles } from '../exchange-context.ts';

export const getExchangeServer = defineExchangeCmdlet({
  name: 'Get-ExchangeServer',
  synopsis: 'Shows the servers of the organisation.',
  parameters: { Identity: identityToGet },
  example: 'Get-ExchangeServer | Format-List InternetWebProxy',
  roles: viewerRoles,
  side: 'OnPremises',
  run: (context, { Identity }) => getConfiguration(context, 'ExchangeServer', Identity),
});
