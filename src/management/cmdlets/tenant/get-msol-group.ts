import { namedGroup } from './directory-groups.ts';
import { groupOutput } from './group-output.ts';
import { defineTenantCmdlet } from './tenant-context.ts';

export const getMsolGroup = defineTenantCmdlet({
  name: 'Get-MsolGroup',
  synopsis: 'Shows the security groups of the tenant, which stand in tokens and get roles of applications. Distribution groups are Exchange’s: Get-DistributionGroup.',
  parameters: {
    ObjectId: { type: 'guid', pipeline: true, description: 'One group.' },
    GroupType: { type: ['Security', 'MailEnabledSecurity', 'DistributionList'], description: 'Only such groups. All are Security here.' },
    SearchString: { type: 'string', description: 'Beginning of the name.' },
    MaxResults: { type: 'integer', description: 'How many at most; default 250.' },
    All: { type: 'switch', description: 'All of them.' },
  },
  example: 'Get-MsolGroup -SearchString Relay',
  async run(context, { ObjectId, GroupType, SearchString, MaxResults, All }) {
    if (ObjectId !== undefined) return [groupOutput(await namedGroup(context, ObjectId))];
    const wanted = SearchString?.toLowerCase() ?? '';
    return (await context.directory.listGroups(context.tenantId))
      .filter(({ displayName }) => displayName.toLowerCase().startsWith(wanted) && (GroupType ?? 'Security') === 'Security')
      .slice(0, All === true ? undefined : (MaxResults ?? 250))
      .map(groupOutput);
  },
});
