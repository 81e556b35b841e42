import { namedDomain } from './named-domain.ts';
import { defineTenantCmdlet } from './tenant-context.ts';

export const getMsolDomain = defineTenantCmdlet({
  name: 'Get-MsolDomain',
  synopsis: 'Shows the domains of the tenant, and how their people sign in. Pass-through counts as Managed, as it does in Azure AD.',
  parameters: {
    DomainName: { type: 'domain', pipeline: true, description: 'One domain.' },
    Authentication: { type: ['Managed', 'Federated'], description: 'Only such domains.' },
    Status: { type: ['Verified', 'Unverified', 'PendingDeletion'], description: 'Only such domains. All are Verified here.' },
  },
  outputs: ['Name', 'Status', 'Authentication', 'IsInitial'],
  example: 'Get-MsolDomain -Authentication Federated',
  async run(context, { DomainName, Authentication, Status }) {
    const all = await context.directory.listDomains(context.tenantId);
    const domains = DomainName === undefined ? all : [await namedDomain(context, DomainName)];
    return domains
      .map(({ name, authentication }) => ({ Name: name, Status: 'Verified', Authentication: authentication === 'Federated' ? 'Federated' : 'Managed', IsInitial: name === all[0]?.name }))
      .filter((domain) => (Authentication === undefined || domain.Authentication === Authentication) && (Status === undefined || domain.Status === Status));
  },
});
