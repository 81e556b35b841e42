import { identityToChange, removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet, recipientRoles } from '../exchange-context.ts';

export const removeDistributionGroup = defineExchangeCmdlet({
  name: 'Remove-DistributionGroup',
  synopsis: 'Removes a group; its members stay.',
  parameters: { Identity: identityToChange },
  example: 'Remove-DistributionGroup "Room1 list A" -Confirm:$false',
  roles: recipientRoles,
  run: (context, { Identity }) => removeConfiguration(context, 'DistributionGroup', Identity),
});
