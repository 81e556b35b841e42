import type { AutodiscoverServiceOptions, AutodiscoverUrls } from '../ews/index.ts';
import type { Organization } from '../organization/index.ts';
import { cachedByVersion } from './cached-by-version.ts';

type Answers = Pick<AutodiscoverServiceOptions, 'resolveRecipient' | 'urls' | 'federationInformation' | 'relationshipsWith'>;

/** What Autodiscover needs to know of an organisation, from its directory and its configuration as they are now. */
export function autodiscoverAnswers(organization: Organization, serverName: string): Answers {
  const { configuration, directory } = organization;
  const urls = cachedByVersion(configuration, async (): Promise<AutodiscoverUrls> => {
    const directories = await configuration.list('WebServicesVirtualDirectory');
    const own = directories.find(({ properties }) => properties.Server.toLowerCase() === serverName.toLowerCase())?.properties;
    return {
      ...(own?.ExternalUrl == null ? {} : { externalEwsUrl: own.ExternalUrl }),
      ...(own?.InternalUrl == null ? {} : { internalEwsUrl: own.InternalUrl }),
    };
  });
  return {
    resolveRecipient: (address) => directory.resolve(address),
    urls,
    async relationshipsWith(domain) {
      const relationships = await configuration.list('OrganizationRelationship');
      return relationships
        .filter(({ properties }) => properties.Enabled && properties.DomainNames.some((name) => name.toLowerCase() === domain.toLowerCase()))
        .map(({ name, properties }) => ({
          name,
          domainNames: properties.DomainNames,
          deliveryReportEnabled: properties.DeliveryReportEnabled,
          freeBusyAccessEnabled: properties.FreeBusyAccessEnabled,
          freeBusyAccessLevel: properties.FreeBusyAccessLevel,
          mailTipsAccessEnabled: properties.MailTipsAccessEnabled,
          mailTipsAccessLevel: properties.MailTipsAccessLevel,
          mailboxMoveEnabled: properties.MailboxMoveEnabled,
          ...(properties.TargetApplicationUri === null ? {} : { targetApplicationUri: properties.TargetApplicationUri }),
          ...(properties.TargetAutodiscoverEpr === null ? {} : { targetAutodiscoverEpr: properties.TargetAutodiscoverEpr }),
          ...(properties.TargetSharingEpr === null ? {} : { targetSharingEpr: properties.TargetSharingEpr }),
        }));
    },
    async federationInformation(domain) {
      const accepted = await configuration.list('AcceptedDomain');
      if (!accepted.some(({ properties }) => properties.DomainName.toLowerCase() === domain.toLowerCase())) return 'InvalidDomain';
      const federation = (await configuration.singleton('FederatedOrganizationIdentifier')).properties;
      if (!federation.Enabled || federation.AccountNamespace === null) return 'NotFederated';
      const trusts = await configuration.list('FederationTrust');
      const linked = trusts.find(({ name }) => name === federation.DelegationTrustLink);
      return {
        applicationUri: linked?.properties.ApplicationUri ?? federation.AccountNamespace,
        domains: federation.Domains,
        tokenIssuers: trusts.flatMap(({ properties: { TokenIssuerUri: uri, TokenIssuerEpr: endpoint } }) => (uri === null ? [] : [{ uri, ...(endpoint === null ? {} : { endpoint }) }])),
      };
    },
  };
}
