import { identityToChange, removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const removeOrganizationRelationship = defineExchangeCmdlet({
  name: 'Remove-OrganizationRelationship',
  synopsis: 'Ends the sharing with another organisation.',
  parameters: { Identity: identityToChange },
  example: 'Remove-OrganizationRelationship "Fourth Coffee" -Confirm:$false',
  roles: ['Federated Sharing'],
  run: (context, { Identity }) => removeConfiguration(context, 'OrganizationRelationship', Identity),
});
