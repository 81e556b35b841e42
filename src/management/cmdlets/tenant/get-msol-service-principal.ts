import { defineTenantCmdlet, namedServicePrincipal, servicePrincipalOutput, servicePrincipalParameters } from './tenant-context.ts';

export const getMsolServicePrincipal = defineTenantCmdlet({
  name: 'Get-MsolServicePrincipal',
  synopsis: 'Shows the applications that the tenant knows and the names that tokens may be asked for.',
  parameters: {
    ...servicePrincipalParameters,
    SearchString: { type: 'string', description: 'Beginning of the display name.' },
    MaxResults: { type: 'integer', description: 'How many at most; default 500.' },
    All: { type: 'switch', description: 'All of them.' },
  },
  example: 'Get-MsolServicePrincipal -AppPrincipalId 00000002-0000-0ff1-ce00-000000000000 | Select-Object -ExpandProperty ServicePrincipalNames',
  async run(context, { SearchString, MaxResults, All, ...named }) {
    if (Object.keys(named).some((name) => name in servicePrincipalParameters)) return [servicePrincipalOutput(await namedServicePrincipal(context, named))];
    const principals = await context.directory.listServicePrincipals(context.tenantId);
    const wanted = SearchString?.toLowerCase() ?? '';
    return principals
      .filter((principal) => principal.displayName.toLowerCase().startsWith(wanted))
      .slice(0, All === true ? undefined : (MaxResults ?? 500))
      .map(servicePrincipalOutput);
  },
});
