import type { LookupPath } from '../../ews/index.ts';
import { bareSmtpAddress, isMailbox, isSmtpAddress, smtpDomainOf } from '../../organization/index.ts';
import type { Recipient } from '../../organization/index.ts';
import type { MailboxFailure } from '../published-failures.ts';

/** What an organisation's configuration says about other organisations, reduced to what routing needs. */
export interface RoutingConfiguration {
  intraOrganizationConnectors: readonly ConnectorRoute[];
  organizationRelationships: readonly RelationshipRoute[];
  availabilityAddressSpaces: readonly AddressSpaceRoute[];
}

/** A way to another organisation: a connector (tokens between servers), a relationship (delegation tokens), or an address space (an account there). */
export interface ConnectorRoute {
  source: 'IntraOrganizationConnector' | 'OrganizationRelationship' | 'AvailabilityAddressSpace';
  name: string;
  enabled: boolean;
  targetAddressDomains: readonly string[];
  discoveryEndpoint?: string;
  targetSharingEpr?: string;
  /** How the federation gateway knows the other organisation. Relationships only. */
  targetApplicationUri?: string;
  /** Address spaces only. */
  addressSpace?: AddressSpaceTarget;
}

/** How the server of an address space is found and signed in to. */
export interface AddressSpaceTarget {
  /** Under which its credentials are kept. */
  guid: string;
  /** Autodiscover endpoints to try, in order. */
  discoveryUrls: readonly string[];
  /** Asks with the organisation's own tokens where no credentials are kept. */
  useServiceAccount: boolean;
  /** Asks for times only, as OrgWideFB does. */
  timesOnly: boolean;
}

export interface AddressSpaceRoute extends ConnectorRoute {
  source: 'AvailabilityAddressSpace';
  /** Get-AvailabilityAddressSpace: AccessMethod. */
  accessMethod: string;
}

export interface RelationshipRoute extends ConnectorRoute {
  source: 'OrganizationRelationship';
  freeBusyAccessEnabled: boolean;
}

export type Route =
  | { kind: 'Local'; recipient: Recipient }
  | { kind: 'Connector'; connector: ConnectorRoute; /** What the other organisation is asked for. */ address: string }
  | { kind: 'Refused'; source: LookupPath['source']; name?: string; failure: MailboxFailure };

export interface RouteInput {
  /** As the client sent it. */
  address: string;
  /** Who the address is in the directory; undefined when nobody, or when more than one object claims it. */
  recipient: Recipient | undefined;
  /** `partner`: another organisation asks. Its requests are answered here or not at all, so that none can circle. */
  origin: 'local' | 'partner';
  /** In the cloud an address that no object has is refused, though an address space has its domain (error table, row 14). Default on premises. */
  side?: 'OnPremises' | 'Cloud';
  configuration: RoutingConfiguration;
}

/**
 * Decides where one mailbox's free/busy comes from. A local mailbox is read here. Anything else is replaced by its target
 * address, whose domain decides: an enabled intra-organisation connector, which is final whatever becomes of the request;
 * an organisation relationship that retrieves free/busy; an availability address space; in that order, enabled objects
 * only. On premises, an address that nobody here has can still belong to an address space, and to nothing else.
 */
export function decideRoute(input: RouteInput): Route {
  const { address, recipient, configuration } = input;
  if (!isSmtpAddress(bareSmtpAddress(address))) return refused(invalidAddress(address));
  if (recipient === undefined) return unresolvedRoute(input);
  if (isMailbox(recipient)) return { kind: 'Local', recipient };
  if (input.origin === 'partner') return refused(foreignRequester(address));
  const target = recipient.externalEmailAddress ?? recipient.primarySmtpAddress;
  const domain = smtpDomainOf(target);
  const connector = connectorOf(configuration, domain);
  if (connector !== undefined) return { kind: 'Connector', connector, address: target };
  const relationship = relationshipOf(configuration, domain);
  if (relationship !== undefined) return { kind: 'Connector', connector: relationship, address: target };
  return (
    addressSpaceRoute(configuration, target) ??
    refused({ code: 'AVAILABILITY_NO_CONFIGURATION', message: `Configuration information for forest/domain ${domain} could not be found in Active Directory.` })
  );
}

/** The enabled intra-organisation connector that covers a domain, if one does. */
export function connectorOf(configuration: RoutingConfiguration, domain: string): ConnectorRoute | undefined {
  return configuration.intraOrganizationConnectors.find((candidate) => candidate.enabled && includesDomain(candidate.targetAddressDomains, domain));
}

/** The enabled relationship that covers a domain and looks its free/busy up, if one does. */
export function relationshipOf(configuration: RoutingConfiguration, domain: string): RelationshipRoute | undefined {
  return configuration.organizationRelationships.find(
    (candidate) => candidate.enabled && candidate.freeBusyAccessEnabled && includesDomain(candidate.targetAddressDomains, domain),
  );
}

function unresolvedRoute({ address, origin, side, configuration }: RouteInput): Route {
  const space = origin === 'partner' || side === 'Cloud' ? undefined : addressSpaceRoute(configuration, bareSmtpAddress(address));
  return space ?? refused({ code: 'AVAILABILITY_RECIPIENT_NOT_FOUND', message: `Unable to resolve e-mail address ${address} to an Active Directory object.` });
}

const usableMethods: ReadonlySet<string> = new Set(['PerUserFB', 'OrgWideFB', 'InternalProxy']);

function addressSpaceRoute(configuration: RoutingConfiguration, address: string): Route | undefined {
  const space = configuration.availabilityAddressSpaces.find((candidate) => includesDomain(candidate.targetAddressDomains, smtpDomainOf(address)));
  if (space === undefined) return undefined;
  if (usableMethods.has(space.accessMethod)) return { kind: 'Connector', connector: space, address };
  return {
    kind: 'Refused',
    source: 'AvailabilityAddressSpace',
    name: space.name,
    failure: {
      code: 'AVAILABILITY_ACCESS_METHOD',
      message: `The availability address space '${space.name}' has the access method ${space.accessMethod}, which cannot be used here. Remove it and add it again with OrgWideFB or PerUserFB.`,
    },
  };
}

/** An address that comes from outside is cut, so that the answer stays an answer. */
function invalidAddress(address: string): MailboxFailure {
  return { code: 'AVAILABILITY_INVALID_ADDRESS', message: `E-mail address ${address.slice(0, 320)} is not a valid SMTP address.` };
}

function foreignRequester(address: string): MailboxFailure {
  return {
    code: 'AVAILABILITY_FOREIGN_REQUESTER',
    message: `The cross-organization request for mailbox ${address} is not allowed because the requester is from a different organization.`,
  };
}

function refused(failure: MailboxFailure): Route {
  return { kind: 'Refused', source: 'None', failure };
}

function includesDomain(domains: readonly string[], domain: string): boolean {
  return domains.some((candidate) => candidate.toLowerCase() === domain);
}
