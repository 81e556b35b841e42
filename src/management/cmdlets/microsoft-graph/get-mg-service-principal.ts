import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import type { StsServicePrincipal } from '../../../identity/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { graphListParameters, graphSearchParameters, keyProperty, listOf, selected, selects } from './graph-list.ts';
import { graphServicePrincipalOutput } from './graph-output.ts';

export const getMgServicePrincipal = defineTenantCmdlet({
  name: 'Get-MgServicePrincipal',
  synopsis: 'Shows the applications that the tenant knows, the names that tokens may be asked for, and their certificates.',
  parameters: {
    ServicePrincipalId: { type: 'guid', pipeline: true, aliases: ['Id'], description: 'Id of the service principal, or its application id.' },
    ...graphListParameters,
    ...graphSearchParameters,
    Property: keyProperty,
  },
  example: 'Get-MgServicePrincipal -Filter "appId eq \'00000002-0000-0ff1-ce00-000000000000\'" | Select-Object -ExpandProperty ServicePrincipalNames',
  async run(context, { ServicePrincipalId, ...list }) {
    const { directory, tenantId } = context;
    const output = (principal: StsServicePrincipal): OutputObject => graphServicePrincipalOutput(principal, selects(list.Property, 'KeyCredentials'));
    if (ServicePrincipalId !== undefined) return [selected(output(await directory.getServicePrincipal(tenantId, ServicePrincipalId)), list.Property)];
    return listOf(context, (await directory.listServicePrincipals(tenantId)).map(output), list);
  },
});
