import { identityToChange, removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const removeSendConnector = defineExchangeCmdlet({
  name: 'Remove-SendConnector',
  synopsis: 'Takes a way of mail to domains elsewhere away.',
  parameters: { Identity: identityToChange },
  example: 'Remove-SendConnector "Outbound to Office 365" -Confirm:$false',
  side: 'OnPremises',
  roles: ['Send Connectors'],
  run: (context, { Identity }) => removeConfiguration(context, 'SendConnector', Identity),
});
