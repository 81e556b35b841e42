import { addressKey, isMailbox, isSmtpAddress, smtpDomainOf } from '../../organization/index.ts';
import type { Organization, Recipient } from '../../organization/index.ts';
import { deliveryStatuses } from '../delivery-status.ts';
import type { DeliveryStatus } from '../delivery-status.ts';

/** Where mail for one address ends up. */
export type Destination =
  | { kind: 'mailbox'; recipient: Recipient }
  /** Elsewhere: a target address, or one that is not ours. */
  | { kind: 'remote'; address: string; isAccepted: boolean }
  | { kind: 'failed'; address: string; why: DeliveryStatus };

/** Target addresses that lead to one another end somewhere. */
const deepest = 5;

/**
 * Who an address means, through the directory: a mailbox here, everybody in a group, or the target address of a mail user,
 * contact or remote mailbox. Nobody in an authoritative domain is a failure.
 */
export async function resolveRecipient(organization: Organization, address: string, depth = 0): Promise<readonly Destination[]> {
  const key = addressKey(address);
  if (!isSmtpAddress(key)) return [{ kind: 'failed', address, why: deliveryStatuses.invalidAddress }];
  const recipient = await organization.directory.resolve(key);
  if (recipient !== undefined) return destinationOf(organization, recipient, depth);
  const group = await organization.configuration.get('DistributionGroup', key);
  if (group !== undefined && addressKey(group.properties.PrimarySmtpAddress) === key) return membersOf(organization, group.properties.Members, depth);
  const domain = await acceptedDomain(organization, smtpDomainOf(key));
  if (domain === 'Authoritative') return [{ kind: 'failed', address, why: deliveryStatuses.unknownRecipient }];
  return [{ kind: 'remote', address, isAccepted: domain !== undefined }];
}

/** The type of the accepted domain that an address' domain belongs to. */
export async function acceptedDomain({ configuration }: Organization, domain: string): Promise<'Authoritative' | 'InternalRelay' | 'ExternalRelay' | undefined> {
  const domains = await configuration.list('AcceptedDomain');
  const found = domains.find(({ properties }) => properties.DomainName.toLowerCase() === domain) ?? domains.find(({ properties }) => properties.MatchSubDomains && domain.endsWith(`.${properties.DomainName.toLowerCase()}`));
  return found?.properties.DomainType;
}

async function destinationOf(organization: Organization, recipient: Recipient, depth: number): Promise<readonly Destination[]> {
  if (isMailbox(recipient)) return [{ kind: 'mailbox', recipient }];
  const target = recipient.externalEmailAddress;
  if (target === undefined) return [{ kind: 'failed', address: recipient.primarySmtpAddress, why: deliveryStatuses.unknownRecipient }];
  const next = await organization.directory.resolve(target);
  if (next !== undefined && next.guid !== recipient.guid && depth < deepest) return destinationOf(organization, next, depth + 1);
  return [{ kind: 'remote', address: target, isAccepted: (await acceptedDomain(organization, smtpDomainOf(addressKey(target)))) !== undefined }];
}

async function membersOf(organization: Organization, guids: readonly string[], depth: number): Promise<readonly Destination[]> {
  const found: Destination[] = [];
  for (const guid of guids) {
    const member = await organization.directory.byGuid(guid);
    if (member !== undefined) found.push(...(await destinationOf(organization, member, depth)));
  }
  return found;
}
