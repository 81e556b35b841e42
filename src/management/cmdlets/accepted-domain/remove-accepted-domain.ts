import { identityToChange, removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const removeAcceptedDomain = defineExchangeCmdlet({
  name: 'Remove-AcceptedDomain',
  synopsis: 'Stops taking mail for a domain.',
  parameters: { Identity: identityToChange },
  example: 'Remove-AcceptedDomain Contoso -Confirm:$false',
  roles: ['Remote and Accepted Domains'],
  side: 'OnPremises',
  run: (context, { Identity }) => removeConfiguration(context, 'AcceptedDomain', Identity),
});
