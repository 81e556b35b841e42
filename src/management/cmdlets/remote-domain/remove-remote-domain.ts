import { identityToChange, removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const removeRemoteDomain = defineExchangeCmdlet({
  name: 'Remove-RemoteDomain',
  synopsis: 'Removes a remote domain.',
  parameters: { Identity: identityToChange },
  example: 'Remove-RemoteDomain "Hybrid Domain - contoso.mail.onmicrosoft.test" -Confirm:$false',
  roles: ['Remote and Accepted Domains'],
  run: (context, { Identity }) => removeConfiguration(context, 'RemoteDomain', Identity),
});
