import { identityToChange, removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const removeSharingPolicy = defineExchangeCmdlet({
  name: 'Remove-SharingPolicy',
  synopsis: 'Removes a sharing policy.',
  parameters: { Identity: identityToChange },
  example: 'Remove-SharingPolicy Partners -Confirm:$false',
  roles: ['Federated Sharing'],
  run: (context, { Identity }) => removeConfiguration(context, 'SharingPolicy', Identity),
});
