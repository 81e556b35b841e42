import { ManagementError } from '../../management-error.ts';
import { setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { distributionGroupOutput, refuseOutsideRoomList, theGroup, theMember } from './distribution-group-object.ts';

export const addDistributionGroupMember = defineExchangeCmdlet({
  name: 'Add-DistributionGroupMember',
  synopsis: 'Puts a recipient, or another group, into a group.',
  parameters: {
    Identity: { type: 'string', position: 0, mandatory: true, description: 'Name, alias or address of the group.' },
    Member: { type: 'string', mandatory: true, pipeline: true, aliases: ['PrimarySmtpAddress'], description: 'The recipient or group.' },
  },
  example: 'Add-DistributionGroupMember "Room1 list A" -Member room2',
  roles: ['Distribution Groups'],
  async run(context, { Identity, Member }) {
    const group = await theGroup(context, Identity);
    const member = await theMember(context, Member);
    if (group.properties.Members.includes(member.guid)) throw new ManagementError('MANAGEMENT_OBJECT_EXISTS', `The recipient "${member.displayName}" is already a member of the group "${group.name}".`);
    if (group.properties.RecipientTypeDetails === 'RoomList') refuseOutsideRoomList(member);
    return setConfiguration(context, 'DistributionGroup', group, { Members: [...group.properties.Members, member.guid] }, { output: (changed) => ({ ...distributionGroupOutput(changed), Members: changed.properties.Members }) });
  },
});
