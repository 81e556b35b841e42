import { readFilter } from '../tenant/filter.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { azureAdServicePrincipalOutput } from './azure-ad-output.ts';

export const getAzureAdServicePrincipal = defineTenantCmdlet({
  name: 'Get-AzureADServicePrincipal',
  synopsis: 'Shows the applications that the tenant knows and the names that tokens may be asked for.',
  parameters: {
    ObjectId: { type: 'guid', position: 0, pipeline: true, description: 'Object id of the service principal.' },
    SearchString: { type: 'string', description: 'Beginning of the display name.' },
    Filter: { type: 'string', description: "OData: AppId eq '…', servicePrincipalNames/any(x:x eq '…'), joined by and, or, not and parentheses." },
    Top: { type: 'integer', description: 'How many at most; default 100.' },
    All: { type: 'boolean', description: '$true: all of them.' },
  },
  example: 'Get-AzureADServicePrincipal -Filter "AppId eq \'00000002-0000-0ff1-ce00-000000000000\'" | Select-Object -ExpandProperty ServicePrincipalNames',
  async run({ directory, tenantId }, { ObjectId, SearchString, Filter, Top, All }) {
    if (ObjectId !== undefined) return [azureAdServicePrincipalOutput(await directory.getServicePrincipal(tenantId, ObjectId))];
    const wanted = SearchString?.toLowerCase() ?? '';
    return (await directory.listServicePrincipals(tenantId))
      .filter((principal) => principal.displayName.toLowerCase().startsWith(wanted))
      .map(azureAdServicePrincipalOutput)
      .filter(readFilter(Filter))
      .slice(0, All === true ? undefined : (Top ?? 100));
  },
});
