import { namedGroup } from '../tenant/directory-groups.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { graphListParameters, graphSearchParameters, listOf, selected } from './graph-list.ts';
import { graphGroupOutput } from './graph-output.ts';

export const getMgGroup = defineTenantCmdlet({
  name: 'Get-MgGroup',
  synopsis: 'Shows the security groups of the tenant, which stand in tokens and get roles of applications. Distribution groups are Exchange’s: Get-DistributionGroup.',
  parameters: {
    GroupId: { type: 'guid', pipeline: true, aliases: ['Id'], description: 'One group.' },
    ...graphListParameters,
    ...graphSearchParameters,
  },
  example: "Get-MgGroup -Filter \"startswith(displayName,'Relay')\"",
  async run(context, { GroupId, ...list }) {
    if (GroupId !== undefined) return [selected(graphGroupOutput(await namedGroup(context, GroupId)), list.Property)];
    return listOf(context, (await context.directory.listGroups(context.tenantId)).map(graphGroupOutput), list);
  },
});
