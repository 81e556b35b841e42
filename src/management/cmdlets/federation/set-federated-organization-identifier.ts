import type { FederatedOrganizationIdentifier } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';
import { setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { registration } from './federation-means.ts';

/** What Exchange puts before the domain that becomes the account namespace. */
const namespacePrefix = 'FYDIBOHF25SPDLT';

export const setFederatedOrganizationIdentifier = defineExchangeCmdlet({
  name: 'Set-FederatedOrganizationIdentifier',
  synopsis: 'Federates the organisation: reserves its first domain with the gateway, which looks for its proof in the DNS.',
  parameters: {
    Identity: { type: 'string', position: 0, ignored: true, description: 'Accepted and without effect: there is one.' },
    DelegationFederationTrust: { type: 'string', description: 'The federation trust.' },
    AccountNamespace: { type: 'domain', description: 'The first federated domain, at most 32 characters.' },
    DefaultDomain: { type: 'domain', nullable: true, description: 'The domain whose addresses people are known by.' },
    Enabled: { type: 'boolean', description: '$false ends all delegated federation.' },
    OrganizationContact: { type: 'smtpAddress', ignored: true, description: 'Accepted and without effect.' },
  },
  example: 'Set-FederatedOrganizationIdentifier -DelegationFederationTrust "Microsoft Federation Gateway" -AccountNamespace contoso.com -Enabled $true',
  roles: ['Federated Sharing'],
  async run(context, { DelegationFederationTrust, AccountNamespace, DefaultDomain, Enabled }) {
    const { configuration } = context.organization;
    const former = await configuration.singleton('FederatedOrganizationIdentifier');
    const changes: Partial<FederatedOrganizationIdentifier> = { ...(Enabled === undefined ? {} : { Enabled }), ...(DefaultDomain === undefined ? {} : { DefaultDomain }) };
    if (AccountNamespace !== undefined) {
      if (AccountNamespace.length > 32) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'The account namespace may have at most 32 characters.');
      const { trust, manager, applicationId } = await registration(context, DelegationFederationTrust);
      const uri = `${namespacePrefix}.${AccountNamespace}`;
      await context.change({
        target: trust.name,
        async apply() {
          await manager.reserveDomain(applicationId, AccountNamespace);
          await manager.addUri(applicationId, uri);
          await configuration.update('FederationTrust', trust.guid, { ApplicationUri: uri });
        },
      });
      Object.assign(changes, { AccountNamespace: uri, Domains: [AccountNamespace], DelegationTrustLink: trust.name, Enabled: Enabled ?? true });
    }
    return setConfiguration(context, 'FederatedOrganizationIdentifier', former, changes);
  },
});
