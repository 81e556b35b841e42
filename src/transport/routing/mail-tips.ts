import { addressKey, isAway, isMailbox, isSmtpAddress, smtpDomainOf } from '../../organization/index.ts';
import type { OofSettings, Recipient } from '../../organization/index.ts';
import type { TransportContext } from '../submission.ts';
import { expandGroup, refusalOf } from './expand-group.ts';
import { nextHop } from './next-hop.ts';
import { acceptedDomain } from './resolve-recipient.ts';

/** What is known of an address before somebody sends to it ([MS-OXWSMTIP] 2.2.4.4). What is not known is absent. */
export interface MailTips {
  /** Of a mailbox here; `isAway` says whether it holds now. */
  outOfOffice?: { settings: OofSettings; isAway: boolean };
  isMailboxFull?: boolean;
  /** HTML that the recipient shows to people who write to it. */
  customMailTip?: string;
  /** Everybody in a group and in the groups in it, each once, and how many of these are outside of the organisation. */
  totalMemberCount?: number;
  externalMemberCount?: number;
  /** Bytes. */
  largestMessage?: number;
  /** The sender may not send to it. */
  isRestricted?: boolean;
  /** Somebody has to let messages through; nobody does here. */
  isModerated?: boolean;
  /** There is nobody of that address, or no way to it. */
  isInvalid: boolean;
}

/** The mail tips of an address for a sender. */
export async function mailTipsOf({ organization, side, clock }: TransportContext, sender: Recipient, address: string): Promise<MailTips> {
  const { directory, configuration, mailboxes, mailSettings } = organization;
  const key = addressKey(address);
  if (!isSmtpAddress(key)) return { isInvalid: true };
  const recipient = await directory.resolve(key);
  if (recipient === undefined) {
    const group = await configuration.get('DistributionGroup', key);
    if (group === undefined || addressKey(group.properties.PrimarySmtpAddress) !== key) return (await acceptedDomain(organization, smtpDomainOf(key))) === 'Authoritative' ? { isInvalid: true } : wayTo(key);
    const from = { address: sender.primarySmtpAddress, isInternal: true };
    const { MailTip } = group.properties;
    // Counted are all, whoever may write to the groups in it.
    const { members } = await expandGroup(organization, group, undefined);
    const external = await Promise.all(members.map(({ recipient: member }) => isExternal(member)));
    return {
      isInvalid: false,
      isRestricted: (await refusalOf(organization, group, from)) !== undefined,
      isModerated: false,
      totalMemberCount: members.length,
      externalMemberCount: external.filter(Boolean).length,
      ...(MailTip === null ? {} : { customMailTip: MailTip }),
    };
  }
  if (!isMailbox(recipient)) return recipient.externalEmailAddress === undefined ? { isInvalid: true } : wayTo(addressKey(recipient.externalEmailAddress));
  const mailbox = mailboxes.of(recipient.guid);
  const settings = await mailbox.oofSettings();
  const { MailTip } = await mailSettings.of(recipient.guid);
  return {
    isInvalid: false,
    outOfOffice: { settings, isAway: isAway(settings, clock.now()) },
    isMailboxFull: await mailbox.isFull(),
    largestMessage: mailboxes.largestItem,
    isRestricted: false,
    isModerated: false,
    ...(MailTip === null ? {} : { customMailTip: MailTip }),
  };

  async function wayTo(target: string): Promise<MailTips> {
    const domain = smtpDomainOf(target);
    const hop = await nextHop(organization, side, domain, (await acceptedDomain(organization, domain)) !== undefined);
    return { isInvalid: hop === undefined, ...(hop?.maximumBytes === undefined ? {} : { largestMessage: hop.maximumBytes }) };
  }

  async function isExternal({ externalEmailAddress }: Recipient): Promise<boolean> {
    return externalEmailAddress !== undefined && (await acceptedDomain(organization, smtpDomainOf(addressKey(externalEmailAddress)))) === undefined;
  }
}
