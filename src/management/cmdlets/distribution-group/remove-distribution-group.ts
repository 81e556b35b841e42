import { identityToChange, removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { theGroup } from './distribution-group-object.ts';

export const removeDistributionGroup = defineExchangeCmdlet({
  name: 'Remove-DistributionGroup',
  synopsis: 'Removes a group; its members stay.',
  parameters: { Identity: identityToChange },
  example: 'Remove-DistributionGroup "Room1 list A" -Confirm:$false',
  roles: ['Distribution Groups'],
  async run(context, { Identity }) {
    const { guid } = await theGroup(context, Identity);
    return removeConfiguration(context, 'DistributionGroup', guid);
  },
});
