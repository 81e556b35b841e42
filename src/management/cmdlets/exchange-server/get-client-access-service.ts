import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { clientAccessOutput } from './client-access-output.ts';

export const getClientAccessService = defineExchangeCmdlet({
  name: 'Get-ClientAccessService',
  synopsis: 'Shows where the servers send clients inside for Autodiscover.',
  parameters: { Identity: identityToGet },
  example: 'Get-ClientAccessService | Format-List Name,AutoDiscoverServiceInternalUri',
  roles: ['Exchange Servers', 'View-Only Configuration'],
  side: 'OnPremises',
  async run(context, { Identity }) {
    return getConfiguration(context, 'ExchangeServer', Identity, clientAccessOutput);
  },
});
