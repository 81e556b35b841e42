import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { clientAccessOutput } from './client-access-output.ts';

export const getClientAccessServer = defineExchangeCmdlet({
  name: 'Get-ClientAccessServer',
  synopsis: 'Shows where the servers send clients inside for Autodiscover. The former name of Get-ClientAccessService.',
  parameters: { Identity: identityToGet },
  example: 'Get-ClientAccessServer | Format-List Name,AutoDiscoverServiceInternalUri',
  roles: ['Exchange Servers', 'View-Only Configuration'],
  side: 'OnPremises',
  async run(context, { Identity }) {
    context.warn('The Get-ClientAccessServer cmdlet will be removed in a future version of Exchange. Use the Get-ClientAccessService cmdlet instead. If you have any scripts that use the Get-ClientAccessServer cmdlet, update them to use the Get-ClientAccessService cmdlet.');
    return getConfiguration(context, 'ExchangeServer', Identity, clientAccessOutput);
  },
});
