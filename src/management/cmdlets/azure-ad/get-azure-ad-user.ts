import { readFilter } from '../tenant/filter.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { azureAdUserOutput } from './azure-ad-output.ts';

export const getAzureAdUser = defineTenantCmdlet({
  name: 'Get-AzureADUser',
  synopsis: 'Shows the people of the tenant.',
  parameters: {
    ObjectId: { type: 'string', pipeline: true, description: 'One person: user principal name or object id.' },
    SearchString: { type: 'string', description: 'Beginning of the display name or sign-in name.' },
    Filter: { type: 'string', description: "OData: userPrincipalName eq '…', startswith(displayName,'…'), proxyAddresses/any(x:x eq 'smtp:…'), joined by and, or, not and parentheses." },
    Top: { type: 'integer', description: 'How many at most; default 100.' },
    All: { type: 'boolean', description: '$true: all of them.' },
  },
  example: 'Get-AzureADUser -ObjectId bert@contoso.test',
  async run({ directory, tenantId }, { ObjectId, SearchString, Filter, Top, All }) {
    if (ObjectId !== undefined) return [azureAdUserOutput(await directory.getUser(tenantId, ObjectId))];
    const wanted = SearchString?.toLowerCase() ?? '';
    return (await directory.listUsers(tenantId))
      .filter((user) => user.displayName.toLowerCase().startsWith(wanted) || user.userPrincipalName.toLowerCase().startsWith(wanted))
      .map(azureAdUserOutput)
      .filter(readFilter(Filter))
      .slice(0, All === true ? undefined : (Top ?? 100));
  },
});
