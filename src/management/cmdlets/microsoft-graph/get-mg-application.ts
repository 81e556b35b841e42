import type { StsServicePrincipal } from '../../../identity/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { graphListParameters, graphSearchParameters, listOf, keyProperty, selected, selects } from './graph-list.ts';
import { graphServicePrincipalOutput } from './graph-output.ts';

export const getMgApplication = defineTenantCmdlet({
  name: 'Get-MgApplication',
  synopsis: 'Shows the applications that are registered in the tenant. Here an application and its principal are one.',
  parameters: {
    ApplicationId: { type: 'guid', pipeline: true, aliases: ['ObjectId', 'Id'], description: 'Id of the application, or its application id.' },
    ...graphListParameters,
    ...graphSearchParameters,
    Property: keyProperty,
  },
  example: "Get-MgApplication -Filter \"startswith(displayName,'ExchangeServerApp-')\"",
  async run(context, { ApplicationId, ...list }) {
    const { directory, tenantId } = context;
    const output = (principal: StsServicePrincipal): OutputObject => graphServicePrincipalOutput(principal, selects(list.Property, 'KeyCredentials'));
    if (ApplicationId !== undefined) return [selected(output(await directory.getServicePrincipal(tenantId, ApplicationId)), list.Property)];
    return listOf(context, (await directory.listServicePrincipals(tenantId)).map(output), list);
  },
});
