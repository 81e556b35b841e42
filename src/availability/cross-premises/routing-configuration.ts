import { guidsOfGroup } from '../../organization/index.ts';
import type { Configuration, Recipient, Stored } from '../../organization/index.ts';
import type { AccessLevel } from '../local/access-level.ts';
import type { AddressSpaceRoute, ConnectorRoute, RelationshipRoute, RoutingConfiguration } from './route.ts';
import { securedUrl } from './secured-url.ts';

/** Reads what routing needs out of an organisation's configuration. */
export async function routingConfiguration(configuration: Configuration): Promise<RoutingConfiguration> {
  const [connectors, relationships, spaces] = await Promise.all([
    configuration.list('IntraOrganizationConnector'),
    configuration.list('OrganizationRelationship'),
    configuration.list('AvailabilityAddressSpace'),
  ]);
  return {
    intraOrganizationConnectors: connectors.map(connectorRoute),
    organizationRelationships: relationships.map(relationshipRoute),
    availabilityAddressSpaces: spaces.map(addressSpaceRoute),
  };
}

function connectorRoute({ name, properties }: Stored<'IntraOrganizationConnector'>): ConnectorRoute {
  return {
    source: 'IntraOrganizationConnector',
    name,
    enabled: properties.Enabled,
    targetAddressDomains: properties.TargetAddressDomains,
    ...(properties.DiscoveryEndpoint === null ? {} : { discoveryEndpoint: properties.DiscoveryEndpoint }),
    ...(properties.TargetSharingEpr === null ? {} : { targetSharingEpr: properties.TargetSharingEpr }),
  };
}

function relationshipRoute({ name, properties }: Stored<'OrganizationRelationship'>): RelationshipRoute {
  return {
    source: 'OrganizationRelationship',
    name,
    enabled: properties.Enabled,
    targetAddressDomains: properties.DomainNames,
    freeBusyAccessEnabled: properties.FreeBusyAccessEnabled,
    ...(properties.TargetApplicationUri === null ? {} : { targetApplicationUri: properties.TargetApplicationUri }),
    ...(properties.TargetAutodiscoverEpr === null ? {} : { discoveryEndpoint: securedUrl(properties.TargetAutodiscoverEpr) }),
    ...(properties.TargetSharingEpr === null ? {} : { targetSharingEpr: securedUrl(properties.TargetSharingEpr) }),
  };
}

function addressSpaceRoute({ guid, name, properties }: Stored<'AvailabilityAddressSpace'>): AddressSpaceRoute {
  const { ForestName, AccessMethod, UseServiceAccount, ProxyUrl, TargetAutodiscoverEpr } = properties;
  // Autodiscover's published places of a domain: its own host, then `autodiscover.`.
  const discoveryUrls = TargetAutodiscoverEpr === null ? [`https://${ForestName}/autodiscover/autodiscover.xml`, `https://autodiscover.${ForestName}/autodiscover/autodiscover.xml`] : [TargetAutodiscoverEpr];
  const isProxied = AccessMethod === 'InternalProxy';
  return {
    source: 'AvailabilityAddressSpace',
    name,
    enabled: true,
    targetAddressDomains: [ForestName],
    accessMethod: AccessMethod,
    addressSpace: { guid, discoveryUrls, useServiceAccount: UseServiceAccount, timesOnly: AccessMethod === 'OrgWideFB' },
    ...(isProxied || discoveryUrls[0] === undefined ? {} : { discoveryEndpoint: discoveryUrls[0] }),
    ...(isProxied && ProxyUrl !== null ? { targetSharingEpr: ProxyUrl } : {}),
  };
}

/**
 * What the organisation relationship of a requester's domain lets its people see; undefined when no enabled relationship
 * covers the domain. `FreeBusyAccessEnabled` says whether the relationship is used to *ask* the other side (parameter
 * reference, Set-OrganizationRelationship), so it does not count here. `FreeBusyAccessScope` limits it to the members of a
 * group; a group that does not exist has none.
 */
export async function relationshipAccess(configuration: Configuration, domain: string): Promise<((recipient: Pick<Recipient, 'guid'>) => AccessLevel) | undefined> {
  const relationships = await configuration.list('OrganizationRelationship');
  const relationship = relationships.find(
    ({ properties }) => properties.Enabled && properties.DomainNames.some((name) => name.toLowerCase() === domain.toLowerCase()),
  );
  if (relationship === undefined) return undefined;
  const { FreeBusyAccessScope: scope, FreeBusyAccessLevel: level } = relationship.properties;
  if (scope === null) return () => level;
  const members = await guidsOfGroup(configuration, scope);
  return ({ guid }) => (members.has(guid) ? level : 'None');
}

/** Whose account asks on behalf of another forest's people (Set-AvailabilityConfig), and what it may see; undefined for everybody else. */
export async function proxyAccountAccess(configuration: Configuration, { userPrincipalName, primarySmtpAddress }: Recipient): Promise<{ atMost?: AccessLevel } | undefined> {
  const [config] = await configuration.list('AvailabilityConfig');
  if (config === undefined) return undefined;
  const is = (account: string | null): boolean => account !== null && [userPrincipalName, primarySmtpAddress].some((name) => name?.toLowerCase() === account.toLowerCase());
  if (is(config.properties.OrgWideAccount)) return { atMost: 'AvailabilityOnly' };
  return is(config.properties.PerUserAccount) ? {} : undefined;
}
