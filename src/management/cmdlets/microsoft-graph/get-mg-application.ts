import { readFilter } from '../tenant/filter.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { asksForKeys, graphServicePrincipalOutput } from './graph-output.ts';

export const getMgApplication = defineTenantCmdlet({
  name: 'Get-MgApplication',
  synopsis: 'Shows the applications that are registered in the tenant. Here an application and its principal are one.',
  parameters: {
    ApplicationId: { type: 'guid', position: 0, pipeline: true, aliases: ['Id'], description: 'Id of the application.' },
    Filter: { type: 'string', description: "One comparison: displayName eq '…', or startswith(displayName,'…')." },
    All: { type: 'switch', ignored: true, description: 'All are shown.' },
    Property: { type: 'string', many: true, aliases: ['Select'], description: 'With KeyCredentials among them, certificates come with their bytes.' },
  },
  example: "Get-MgApplication -Filter \"startswith(displayName,'ExchangeServerApp-')\"",
  async run({ directory, tenantId }, { ApplicationId, Filter, Property }) {
    const found = ApplicationId === undefined ? await directory.listServicePrincipals(tenantId) : [await directory.getServicePrincipal(tenantId, ApplicationId)];
    return found.map((principal) => graphServicePrincipalOutput(principal, asksForKeys(Property))).filter(readFilter(Filter));
  },
});
