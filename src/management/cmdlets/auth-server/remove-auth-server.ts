import { identityToChange, removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const removeAuthServer = defineExchangeCmdlet({
  name: 'Remove-AuthServer',
  synopsis: 'Stops trusting an authorization server.',
  parameters: { Identity: identityToChange },
  example: 'Remove-AuthServer "ACS" -Confirm:$false',
  roles: ['Organization Client Access'],
  side: 'OnPremises',
  run: (context, { Identity }) => removeConfiguration(context, 'AuthServer', Identity),
});
