import { membersOf, namedGroup } from './directory-groups.ts';
import { groupMemberOutput, memberPage } from './group-output.ts';
import { defineTenantCmdlet } from './tenant-context.ts';

export const getMsolGroupMember = defineTenantCmdlet({
  name: 'Get-MsolGroupMember',
  synopsis: 'Shows who is in a security group.',
  parameters: {
    GroupObjectId: { type: 'guid', mandatory: true, description: 'The group.' },
    MemberObjectTypes: { type: 'string', many: true, ignored: true, description: 'Accepted and without effect: all members are people.' },
    SearchString: { type: 'string', description: 'Beginning of the name or address.' },
    MaxResults: { type: 'integer', description: 'How many at most; default 250.' },
    All: { type: 'switch', description: 'All of them.' },
  },
  outputs: ['CommonName', 'DisplayName', 'EmailAddress', 'GroupMemberType', 'ObjectId'],
  example: 'Get-MsolGroupMember -GroupObjectId 3f1f1a3c-6a0e-4a51-8f5e-1a8a7b7a2f11',
  run: async (context, { GroupObjectId, ...page }) => memberPage(await membersOf(context, await namedGroup(context, GroupObjectId)), page).map(groupMemberOutput),
});
