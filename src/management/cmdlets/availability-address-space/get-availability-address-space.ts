import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const getAvailabilityAddressSpace = defineExchangeCmdlet({
  name: 'Get-AvailabilityAddressSpace',
  synopsis: 'Shows the last resorts for the free/busy of other domains.',
  parameters: { Identity: identityToGet },
  example: 'Get-AvailabilityAddressSpace | Format-List',
  roles: ['Federated Sharing', 'View-Only Configuration'],
  run: (context, { Identity }) => getConfiguration(context, 'AvailabilityAddressSpace', Identity),
});
