import { removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { availabilityConfigName } from './availability-config-name.ts';

export const removeAvailabilityConfig = defineExchangeCmdlet({
  name: 'Remove-AvailabilityConfig',
  synopsis: 'Removes the availability configuration of a cloud organisation.',
  parameters: { Identity: { type: 'string', position: 0, ignored: true, description: 'Accepted and without effect: there is one at most.' } },
  example: 'Remove-AvailabilityConfig -Confirm:$false',
  roles: ['Federated Sharing'],
  side: 'Cloud',
  run: (context) => removeConfiguration(context, 'AvailabilityConfig', availabilityConfigName),
});
