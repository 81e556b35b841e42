import { identityToChange, removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const removePartnerApplication = defineExchangeCmdlet({
  name: 'Remove-PartnerApplication',
  synopsis: 'Forbids an application to act in this organisation.',
  parameters: { Identity: identityToChange },
  example: 'Remove-PartnerApplication HRApp -Confirm:$false',
  roles: ['Organization Client Access'],
  run: (context, { Identity }) => removeConfiguration(context, 'PartnerApplication', Identity),
});
