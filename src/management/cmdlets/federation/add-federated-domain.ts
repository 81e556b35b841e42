import { setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { registration } from './federation-means.ts';

export const addFederatedDomain = defineExchangeCmdlet({
  name: 'Add-FederatedDomain',
  synopsis: 'Federates one more domain; the gateway looks for its proof in the DNS.',
  parameters: {
    DomainName: { type: 'domain', mandatory: true, description: 'The domain.' },
    Identity: { type: 'string', position: 0, ignored: true, description: 'Accepted and without effect: there is one organisation.' },
  },
  example: 'Add-FederatedDomain -DomainName sales.contoso.com',
  roles: ['Federated Sharing'],
  side: 'OnPremises',
  async run(context, { DomainName }) {
    const former = await context.organization.configuration.singleton('FederatedOrganizationIdentifier');
    const { manager, applicationId } = await registration(context);
    await context.change({ target: DomainName, apply: () => manager.reserveDomain(applicationId, DomainName) });
    return setConfiguration(context, 'FederatedOrganizationIdentifier', former, { Domains: [...former.properties.Domains.filter((domain) => domain.toLowerCase() !== DomainName.toLowerCase()), DomainName] });
  },
});
