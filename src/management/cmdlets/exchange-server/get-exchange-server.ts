import type { Stored } from '../../../organization/index.ts';
import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { configurationOutput } from '../object-output.ts';

export const getExchangeServer = defineExchangeCmdlet({
  name: 'Get-ExchangeServer',
  synopsis: 'Shows the servers of the organisation.',
  parameters: { Identity: identityToGet },
  example: 'Get-ExchangeServer | Format-List InternetWebProxy',
  roles: ['Exchange Servers', 'View-Only Configuration'],
  side: 'OnPremises',
  run: (context, { Identity }) => getConfiguration(context, 'ExchangeServer', Identity, serverOutput),
});

/** Without what Get-ClientAccessService shows. */
function serverOutput(server: Stored<'ExchangeServer'>): OutputObject {
  const { AutoDiscoverServiceInternalUri: _, AutoDiscoverSiteScope: __, ...shown } = configurationOutput(server);
  return shown;
}
