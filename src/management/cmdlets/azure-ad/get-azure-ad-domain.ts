import { namedDomain } from '../tenant/named-domain.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const getAzureAdDomain = defineTenantCmdlet({
  name: 'Get-AzureADDomain',
  synopsis: 'Shows the domains of the tenant, and how their people sign in. Pass-through counts as Managed.',
  parameters: { Name: { type: 'domain', pipeline: true, description: 'One domain.' } },
  outputs: ['AuthenticationType', 'IsDefault', 'IsInitial', 'IsVerified', 'Name'],
  example: 'Get-AzureADDomain | Format-Table Name,AuthenticationType',
  async run(context, { Name }) {
    const all = await context.directory.listDomains(context.tenantId);
    const domains = Name === undefined ? all : [await namedDomain(context, Name)];
    return domains.map(({ name, authentication }) => ({ AuthenticationType: authentication === 'Federated' ? 'Federated' : 'Managed', IsDefault: name === all[0]?.name, IsInitial: name === all[0]?.name, IsVerified: true, Name: name }));
  },
});
