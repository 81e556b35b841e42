import { readFilter } from '../tenant/filter.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import type { StsServicePrincipal } from '../../../identity/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { asksForKeys, graphServicePrincipalOutput } from './graph-output.ts';

export const getMgServicePrincipal = defineTenantCmdlet({
  name: 'Get-MgServicePrincipal',
  synopsis: 'Shows the applications that the tenant knows, the names that tokens may be asked for, and their certificates.',
  parameters: {
    ServicePrincipalId: { type: 'guid', position: 0, pipeline: true, aliases: ['Id'], description: 'Id of the service principal.' },
    Filter: { type: 'string', description: "One comparison: appId eq '…'." },
    Top: { type: 'integer', aliases: ['Limit'], description: 'How many at most; default 100.' },
    All: { type: 'switch', description: 'All of them.' },
    Property: { type: 'string', many: true, aliases: ['Select'], description: 'With KeyCredentials among them, certificates come with their bytes. All else that is kept is always shown.' },
  },
  example: 'Get-MgServicePrincipal -Filter "appId eq \'00000002-0000-0ff1-ce00-000000000000\'" | Select-Object -ExpandProperty ServicePrincipalNames',
  async run({ directory, tenantId }, { ServicePrincipalId, Filter, Top, All, Property }) {
    const output = (principal: StsServicePrincipal): OutputObject => graphServicePrincipalOutput(principal, asksForKeys(Property));
    if (ServicePrincipalId !== undefined) return [output(await directory.getServicePrincipal(tenantId, ServicePrincipalId))];
    return (await directory.listServicePrincipals(tenantId)).map(output).filter(readFilter(Filter)).slice(0, All === true ? undefined : (Top ?? 100));
  },
});
