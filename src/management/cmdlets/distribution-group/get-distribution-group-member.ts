import { defineExchangeCmdlet } from '../exchange-context.ts';
import { recipientOutput } from '../recipients/recipient-output.ts';
import { distributionGroupOutput, membersByGuid, theGroup } from './distribution-group-object.ts';

export const getDistributionGroupMember = defineExchangeCmdlet({
  name: 'Get-DistributionGroupMember',
  synopsis: 'Shows who is in a group, or which rooms are in a list.',
  parameters: {
    Identity: { type: 'string', position: 0, pipeline: true, mandatory: true, description: 'Name, alias or address of the group.' },
    ResultSize: { type: 'resultSize', description: 'How many at most; default 1000, or Unlimited.' },
  },
  example: 'Get-DistributionGroupMember -Identity "Room1 list A" | Get-MailboxCalendarConfiguration | Format-List',
  roles: ['Distribution Groups', 'View-Only Recipients'],
  async run(context, { Identity, ResultSize }) {
    const members = await membersByGuid(context, (await theGroup(context, Identity)).properties.Members);
    const limit = ResultSize ?? 1000;
    if (members.length > limit && ResultSize === undefined) context.warn('There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.');
    return members.slice(0, limit === Infinity ? undefined : limit).map((member) => (member.kind === 'group' ? distributionGroupOutput(member.group) : recipientOutput(member.recipient)));
  },
});
