import { namedGroup } from '../tenant/directory-groups.ts';
import { readFilter } from '../tenant/filter.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { azureAdGroupOutput } from './azure-ad-output.ts';

export const getAzureAdGroup = defineTenantCmdlet({
  name: 'Get-AzureADGroup',
  synopsis: 'Shows the security groups of the tenant, which stand in tokens and get roles of applications. Distribution groups are Exchange’s: Get-DistributionGroup.',
  parameters: {
    ObjectId: { type: 'guid', pipeline: true, description: 'One group.' },
    SearchString: { type: 'string', description: 'Beginning of the name.' },
    Filter: { type: 'string', description: "OData: displayName eq '…', joined by and, or, not and parentheses." },
    Top: { type: 'integer', description: 'How many at most; default 100.' },
    All: { type: 'boolean', description: '$true: all of them.' },
  },
  example: 'Get-AzureADGroup -SearchString Relay',
  async run(context, { ObjectId, SearchString, Filter, Top, All }) {
    if (ObjectId !== undefined) return [azureAdGroupOutput(await namedGroup(context, ObjectId))];
    const wanted = SearchString?.toLowerCase() ?? '';
    return (await context.directory.listGroups(context.tenantId))
      .filter(({ displayName }) => displayName.toLowerCase().startsWith(wanted))
      .map(azureAdGroupOutput)
      .filter(readFilter(Filter))
      .slice(0, All === true ? undefined : (Top ?? 100));
  },
});
