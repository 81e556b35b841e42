import { identityToChange, removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const removeInboundConnector = defineExchangeCmdlet({
  name: 'Remove-InboundConnector',
  synopsis: 'Ends the special treatment of mail that comes in.',
  parameters: { Identity: identityToChange },
  example: 'Remove-InboundConnector "Inbound from Contoso" -Confirm:$false',
  side: 'Cloud',
  roles: ['Remote and Accepted Domains'],
  run: (context, { Identity }) => removeConfiguration(context, 'InboundConnector', Identity),
});
