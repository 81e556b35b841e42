import { namedDomain } from '../tenant/named-domain.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { graphListParameters, listOf } from './graph-list.ts';

export const getMgDomain = defineTenantCmdlet({
  name: 'Get-MgDomain',
  synopsis: 'Shows the domains of the tenant, and how their people sign in. Pass-through counts as Managed.',
  parameters: {
    DomainId: { type: 'domain', pipeline: true, aliases: ['Id'], description: 'One domain.' },
    ...graphListParameters,
  },
  outputs: ['AuthenticationType', 'Id', 'IsDefault', 'IsInitial', 'IsVerified'],
  example: "Get-MgDomain | Where-Object { $_.AuthenticationType -eq 'Federated' }",
  async run(context, { DomainId, ...list }) {
    const all = await context.directory.listDomains(context.tenantId);
    const domains = DomainId === undefined ? all : [await namedDomain(context, DomainId)];
    const rows = domains.map(({ name, authentication }) => ({ AuthenticationType: authentication === 'Federated' ? 'Federated' : 'Managed', Id: name, IsDefault: name === all[0]?.name, IsInitial: name === all[0]?.name, IsVerified: true }));
    return listOf(context, rows, list);
  },
});
