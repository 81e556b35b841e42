import { ManagementError } from '../../management-error.ts';
import { setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { distributionGroupOutput, theGroup, theMember } from './distribution-group-object.ts';

export const removeDistributionGroupMember = defineExchangeCmdlet({
  name: 'Remove-DistributionGroupMember',
  synopsis: 'Takes a recipient or group out of a group.',
  parameters: {
    Identity: { type: 'string', position: 0, mandatory: true, description: 'Name, alias or address of the group.' },
    Member: { type: 'string', mandatory: true, pipeline: true, aliases: ['PrimarySmtpAddress'], description: 'The recipient or group.' },
  },
  example: 'Remove-DistributionGroupMember "Room1 list A" -Member room2 -Confirm:$false',
  roles: ['Distribution Groups'],
  async run(context, { Identity, Member }) {
    const group = await theGroup(context, Identity);
    const member = await theMember(context, Member);
    const left = group.properties.Members.filter((guid) => guid !== member.guid);
    if (left.length === group.properties.Members.length) throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `The recipient "${member.displayName}" isn't a member of the group "${group.name}".`);
    return setConfiguration(context, 'DistributionGroup', group, { Members: left }, { output: (changed) => ({ ...distributionGroupOutput(changed), Members: changed.properties.Members }) });
  },
});
