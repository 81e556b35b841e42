import { readFilter } from '../tenant/filter.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { azureAdApplicationOutput } from './azure-ad-output.ts';

export const getAzureAdApplication = defineTenantCmdlet({
  name: 'Get-AzureADApplication',
  synopsis: 'Shows the applications that are registered in the tenant. Here an application and its principal are one.',
  parameters: {
    ObjectId: { type: 'guid', pipeline: true, description: 'Object id of the application.' },
    SearchString: { type: 'string', description: 'Beginning of the display name.' },
    Filter: { type: 'string', description: "OData: displayName eq '…', identifierUris/any(x:x eq '…'), joined by and, or, not and parentheses." },
    Top: { type: 'integer', description: 'How many at most; default 100.' },
    All: { type: 'boolean', description: '$true: all of them.' },
  },
  example: 'Get-AzureADApplication -SearchString ExchangeServerApp',
  async run({ directory, tenantId }, { ObjectId, SearchString, Filter, Top, All }) {
    if (ObjectId !== undefined) return [azureAdApplicationOutput(await directory.getServicePrincipal(tenantId, ObjectId))];
    const wanted = SearchString?.toLowerCase() ?? '';
    return (await directory.listServicePrincipals(tenantId))
      .filter((principal) => principal.displayName.toLowerCase().startsWith(wanted))
      .map(azureAdApplicationOutput)
      .filter(readFilter(Filter))
      .slice(0, All === true ? undefined : (Top ?? 100));
  },
});
