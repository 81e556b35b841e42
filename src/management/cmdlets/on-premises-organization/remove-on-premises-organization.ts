import { identityToChange, removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const removeOnPremisesOrganization = defineExchangeCmdlet({
  name: 'Remove-OnPremisesOrganization',
  synopsis: 'Forgets an on-premises organisation.',
  parameters: { Identity: identityToChange },
  example: 'Remove-OnPremisesOrganization "ExchangeMail" -Confirm:$false',
  roles: ['Federated Sharing'],
  side: 'Cloud',
  run: (context, { Identity }) => removeConfiguration(context, 'OnPremisesOrganization', Identity),
});
