import { guidsOfGroup } from '../../organization/index.ts';
import type { Organization, Recipient, Stored } from '../../organization/index.ts';
import { deliveryStatuses } from '../delivery-status.ts';
import type { DeliveryStatus } from '../delivery-status.ts';
import type { MessageSender } from './resolve-recipient.ts';

type Group = Stored<'DistributionGroup'>;

export interface ExpandedGroup {
  /** Everybody in it and in the groups in it, each once. */
  members: readonly { recipient: Recipient; isOofSuppressed: boolean }[];
  /** Groups, it or others in it, that do not take mail of this sender. */
  refused: readonly { group: Group; why: DeliveryStatus }[];
}

/**
 * Who is in a group, through the groups that are in it. Groups that hold one another are gone through once. Each asks by
 * itself whether it takes mail of the sender, so that nobody gets by its door through another group. Without a sender none
 * asks.
 */
export async function expandGroup(organization: Organization, group: Group, sender: MessageSender | undefined): Promise<ExpandedGroup> {
  const members = new Map<string, { recipient: Recipient; isOofSuppressed: boolean }>();
  const refused: { group: Group; why: DeliveryStatus }[] = [];
  const seen = new Set<string>([group.guid]);
  const left = [group];
  for (let one = left.shift(); one !== undefined; one = left.shift()) {
    const why = sender === undefined ? undefined : await refusalOf(organization, one, sender);
    if (why !== undefined) {
      refused.push({ group: one, why });
      continue;
    }
    const isOofSuppressed = !one.properties.SendOofMessageToOriginatorEnabled;
    for (const guid of one.properties.Members) {
      const recipient = await organization.directory.byGuid(guid);
      if (recipient !== undefined) {
        // Whose mail was taken away is left out, as in Exchange.
        if (recipient.recipientTypeDetails === 'User') continue;
        // Who is in two groups is answered for if one of them says so.
        const known = members.get(recipient.guid);
        members.set(recipient.guid, { recipient, isOofSuppressed: isOofSuppressed && (known?.isOofSuppressed ?? true) });
        continue;
      }
      const inner = seen.has(guid) ? undefined : await organization.configuration.get('DistributionGroup', guid);
      if (inner === undefined) continue;
      seen.add(guid);
      left.push(inner);
    }
  }
  return { members: [...members.values()], refused };
}

/** Why a group does not take mail of a sender; undefined where it does. */
export async function refusalOf(organization: Organization, { properties }: Group, sender: MessageSender): Promise<DeliveryStatus | undefined> {
  if (properties.RequireSenderAuthenticationEnabled && !sender.isInternal) return deliveryStatuses.senderNotAuthenticated;
  const { AcceptMessagesOnlyFromSendersOrMembers: accepted, RejectMessagesFromSendersOrMembers: rejected } = properties;
  if (accepted.length === 0 && rejected.length === 0) return undefined;
  const person = sender.address === '' ? undefined : await organization.directory.resolve(sender.address);
  if (rejected.length > 0 && person !== undefined && (await isAmong(organization, person.guid, rejected))) return deliveryStatuses.senderNotAllowed;
  if (accepted.length > 0 && (person === undefined || !(await isAmong(organization, person.guid, accepted)))) return deliveryStatuses.senderNotAllowed;
  return undefined;
}

/** Whether somebody is in a list of people and groups, or in a group of it however deep. */
export async function isAmong({ configuration }: Organization, guid: string, list: readonly string[]): Promise<boolean> {
  if (list.some((one) => one.toLowerCase() === guid)) return true;
  for (const one of list) if ((await guidsOfGroup(configuration, one)).has(guid)) return true;
  return false;
}
