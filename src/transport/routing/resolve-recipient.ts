import { addressKey, isMailbox, isSmtpAddress, smtpDomainOf } from '../../organization/index.ts';
import type { Organization, Recipient } from '../../organization/index.ts';
import { deliveryStatuses } from '../delivery-status.ts';
import type { DeliveryStatus } from '../delivery-status.ts';
import { expandGroup } from './expand-group.ts';

/** Where mail for one address ends up. */
export type Destination =
  | { kind: 'mailbox'; recipient: Recipient; isOofSuppressed: boolean }
  /** Elsewhere: a target address, or one that is not ours. */
  | { kind: 'remote'; address: string; isAccepted: boolean; isOofSuppressed: boolean }
  | { kind: 'failed'; address: string; why: DeliveryStatus };

/** Of whom a message is, as groups that take mail of some people only ask it. */
export interface MessageSender {
  /** Empty for reports. */
  address: string;
  /** Signed in here, or in the other half of the hybrid. */
  isInternal: boolean;
}

/** A destination, and whom the message was for that leads there. */
export interface Reached<Addressed> {
  destination: Destination;
  addressed: Addressed;
}

/**
 * Where a message for several addresses goes, each place once. Who is meant directly and through a group is answered for
 * as if directly.
 */
export async function resolveRecipients<Addressed extends { address?: string; isOofSuppressed?: boolean }>(organization: Organization, recipients: readonly Addressed[], sender: MessageSender): Promise<readonly Reached<Addressed>[]> {
  const reached = new Map<string, Reached<Addressed>>();
  for (const addressed of recipients) {
    for (const found of await resolveRecipient(organization, addressed.address ?? '', sender)) {
      const key = found.kind === 'mailbox' ? found.recipient.guid : `${found.kind} ${addressKey(found.address)}`;
      const known = reached.get(key);
      if (found.kind === 'failed') {
        reached.set(key, known ?? { destination: found, addressed });
        continue;
      }
      const isOofSuppressed = (found.isOofSuppressed || addressed.isOofSuppressed === true) && (known === undefined || (known.destination.kind !== 'failed' && known.destination.isOofSuppressed));
      reached.set(key, { destination: { ...found, isOofSuppressed }, addressed: known?.addressed ?? addressed });
    }
  }
  return [...reached.values()];
}

/** Target addresses that lead to one another end somewhere. */
const deepest = 5;

/**
 * Who an address means, through the directory: a mailbox here, everybody in a group, or the target address of a mail user,
 * contact or remote mailbox. Nobody in an authoritative domain is a failure.
 */
export async function resolveRecipient(organization: Organization, address: string, sender: MessageSender): Promise<readonly Destination[]> {
  const key = addressKey(address);
  if (!isSmtpAddress(key)) return [{ kind: 'failed', address, why: deliveryStatuses.invalidAddress }];
  const recipient = await organization.directory.resolve(key);
  if (recipient !== undefined) return [await destinationOf(organization, recipient)];
  const group = await organization.configuration.get('DistributionGroup', key);
  if (group !== undefined && addressKey(group.properties.PrimarySmtpAddress) === key) {
    const { members, refused } = await expandGroup(organization, group, sender);
    const reached: Destination[] = refused.map(({ group: { properties }, why }) => ({ kind: 'failed', address: properties.PrimarySmtpAddress, why }));
    for (const member of members) {
      const destination = await destinationOf(organization, member.recipient);
      reached.push(destination.kind === 'failed' ? destination : { ...destination, isOofSuppressed: member.isOofSuppressed });
    }
    return reached;
  }
  const domain = await acceptedDomain(organization, smtpDomainOf(key));
  if (domain === 'Authoritative') return [{ kind: 'failed', address, why: deliveryStatuses.unknownRecipient }];
  return [{ kind: 'remote', address, isAccepted: domain !== undefined, isOofSuppressed: false }];
}

/** The type of the accepted domain that an address' domain belongs to. */
export async function acceptedDomain({ configuration }: Organization, domain: string): Promise<'Authoritative' | 'InternalRelay' | 'ExternalRelay' | undefined> {
  const domains = await configuration.list('AcceptedDomain');
  const found = domains.find(({ properties }) => properties.DomainName.toLowerCase() === domain) ?? domains.find(({ properties }) => properties.MatchSubDomains && domain.endsWith(`.${properties.DomainName.toLowerCase()}`));
  return found?.properties.DomainType;
}

async function destinationOf(organization: Organization, recipient: Recipient, depth = 0): Promise<Destination> {
  if (isMailbox(recipient)) return { kind: 'mailbox', recipient, isOofSuppressed: false };
  const target = recipient.externalEmailAddress;
  if (target === undefined) return { kind: 'failed', address: recipient.primarySmtpAddress, why: deliveryStatuses.unknownRecipient };
  const next = await organization.directory.resolve(target);
  if (next !== undefined && next.guid !== recipient.guid && depth < deepest) return destinationOf(organization, next, depth + 1);
  return { kind: 'remote', address: target, isAccepted: (await acceptedDomain(organization, smtpDomainOf(addressKey(target)))) !== undefined, isOofSuppressed: false };
}
