import { identityToChange, removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const removeOutboundConnector = defineExchangeCmdlet({
  name: 'Remove-OutboundConnector',
  synopsis: 'Takes a way of mail that goes out away.',
  parameters: { Identity: identityToChange },
  example: 'Remove-OutboundConnector "Outbound to Contoso" -Confirm:$false',
  side: 'Cloud',
  roles: ['Remote and Accepted Domains'],
  run: (context, { Identity }) => removeConfiguration(context, 'OutboundConnector', Identity),
});
