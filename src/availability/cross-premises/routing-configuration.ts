import type { Configuration, Stored } from '../../organization/index.ts';
import type { AccessLevel } from '../local/access-level.ts';
import type { ConnectorRoute, RelationshipRoute, RoutingConfiguration } from './route.ts';
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
    availabilityAddressSpaces: spaces.map(({ name, properties }) => ({ name, forestName: properties.ForestName })),
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

/**
 * What the organisation relationship of a requester's domain lets its people see; undefined when no enabled relationship
 * covers the domain. `FreeBusyAccessEnabled` says whether the relationship is used to *ask* the other side (parameter
 * reference, Set-OrganizationRelationship), so it does not count here. A relationship limited to a group by
 * `FreeBusyAccessScope` shares nobody: this version's directory has no groups, so nobody is known to be in it.
 */
export async function relationshipAccess(configuration: Configuration, domain: string): Promise<AccessLevel | undefined> {
  const relationships = await configuration.list('OrganizationRelationship');
  const relationship = relationships.find(
    ({ properties }) => properties.Enabled && properties.DomainNames.some((name) => name.toLowerCase() === domain.toLowerCase()),
  );
  if (relationship === undefined) return undefined;
  return relationship.properties.FreeBusyAccessScope === null ? relationship.properties.FreeBusyAccessLevel : 'None';
}
