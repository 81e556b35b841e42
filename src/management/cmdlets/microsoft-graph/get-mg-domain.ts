import { namedDomain } from '../tenant/named-domain.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';

export const getMgDomain = defineTenantCmdlet({
  name: 'Get-MgDomain',
  synopsis: 'Shows the domains of the tenant, and how their people sign in. Pass-through counts as Managed.',
  parameters: {
    DomainId: { type: 'domain', position: 0, pipeline: true, aliases: ['Id'], description: 'One domain.' },
    All: { type: 'switch', ignored: true, description: 'All are shown.' },
  },
  outputs: ['AuthenticationType', 'Id', 'IsDefault', 'IsInitial', 'IsVerified'],
  example: "Get-MgDomain | Where-Object { $_.AuthenticationType -eq 'Federated' }",
  async run(context, { DomainId }) {
    const all = await context.directory.listDomains(context.tenantId);
    const domains = DomainId === undefined ? all : [await namedDomain(context, DomainId)];
    return domains.map(({ name, authentication }) => ({ AuthenticationType: authentication === 'Federated' ? 'Federated' : 'Managed', Id: name, IsDefault: name === all[0]?.name, IsInitial: name === all[0]?.name, IsVerified: true }));
  },
});
