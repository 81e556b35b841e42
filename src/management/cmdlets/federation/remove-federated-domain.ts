import { ManagementError } from '../../management-error.ts';
import { setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { registration } from './federation-means.ts';

export const removeFederatedDomain = defineExchangeCmdlet({
  name: 'Remove-FederatedDomain',
  synopsis: 'Ends the federation of a domain.',
  parameters: {
    DomainName: { type: 'domain', mandatory: true, description: 'The domain.' },
    Identity: { type: 'string', position: 0, ignored: true, description: 'Accepted and without effect: there is one organisation.' },
    Force: { type: 'switch', ignored: true, description: 'Nothing asks here.' },
  },
  example: 'Remove-FederatedDomain -DomainName sales.contoso.com -Confirm:$false',
  roles: ['Federated Sharing'],
  side: 'OnPremises',
  async run(context, { DomainName }) {
    const { configuration } = context.organization;
    const former = await configuration.singleton('FederatedOrganizationIdentifier');
    const { trust, manager, applicationId } = await registration(context);
    const left = former.properties.Domains.filter((domain) => domain.toLowerCase() !== DomainName.toLowerCase());
    const { AccountNamespace: uri } = former.properties;
    const isNamespace = uri?.toLowerCase().endsWith(`.${DomainName.toLowerCase()}`) === true;
    if (isNamespace && left.length > 0) {
      throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The domain '${DomainName}' is the account namespace, so it must be the last one to be removed.`, { facts: { domain: DomainName }, remedy: `Remove the others first: ${left.join(', ')}.` });
    }
    await context.change({
      target: DomainName,
      async apply() {
        if (isNamespace) {
          await manager.removeUri(applicationId, uri);
          await configuration.update('FederationTrust', trust.guid, { ApplicationUri: null });
        }
        await manager.releaseDomain(applicationId, DomainName);
      },
    });
    // With its namespace the organisation is no longer federated. How Exchange shows that is *unverified*.
    const ended = { AccountNamespace: null, DefaultDomain: null, DelegationTrustLink: null, Enabled: false };
    return setConfiguration(context, 'FederatedOrganizationIdentifier', former, { Domains: left, ...(isNamespace ? ended : {}) });
  },
});
