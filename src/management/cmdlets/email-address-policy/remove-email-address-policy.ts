import { identityToChange, removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const removeEmailAddressPolicy = defineExchangeCmdlet({
  name: 'Remove-EmailAddressPolicy',
  synopsis: 'Removes an e-mail address policy; addresses that it gave stay.',
  parameters: { Identity: identityToChange },
  example: 'Remove-EmailAddressPolicy Contoso -Confirm:$false',
  roles: ['E-Mail Address Policies'],
  run: (context, { Identity }) => removeConfiguration(context, 'EmailAddressPolicy', Identity),
});
