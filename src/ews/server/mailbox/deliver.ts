import { randomUUID } from 'node:crypto';
import { isMailbox } from '../../../organization/index.ts';
import type { EmailAddress, Mailbox, NewItem, PropertyBag, Recipient } from '../../../organization/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import type { MailboxSession } from './mailbox-session.ts';
import { asText } from './as-text.ts';

const recipientLists = ['message:ToRecipients', 'message:CcRecipients', 'message:BccRecipients'] as const;

/** Everybody whom a message names, each once. */
export function recipientsOf(bag: PropertyBag): readonly EmailAddress[] {
  const people = new Map<string, EmailAddress>();
  for (const key of recipientLists) {
    for (const person of (bag[key] as readonly EmailAddress[] | undefined) ?? []) {
      const address = person.address?.toLowerCase();
      if (address !== undefined && address !== '') people.set(address, person);
    }
  }
  return [...people.values()];
}

/** What a message carries once it has been sent by that person. */
export function sentProperties(session: MailboxSession, sender: Recipient, bag: PropertyBag): PropertyBag {
  const now = session.services.clock.now();
  const from: EmailAddress = { name: sender.displayName, address: sender.primarySmtpAddress, routingType: 'SMTP', mailboxType: 'Mailbox' };
  const domain = sender.primarySmtpAddress.slice(sender.primarySmtpAddress.indexOf('@') + 1);
  const { '0x0e07': _flags, ...kept } = bag;
  return {
    ...kept,
    'message:From': bag['message:From'] ?? from,
    'message:Sender': from,
    'message:InternetMessageId': bag['message:InternetMessageId'] ?? `<${randomUUID()}@${domain}>`,
    'message:ConversationTopic': bag['message:ConversationTopic'] ?? asText(bag['item:Subject']),
    'item:DateTimeSent': now,
    'item:DateTimeReceived': now,
    'item:IsDraft': false,
    'item:IsSubmitted': true,
  };
}

/**
 * The sender of a message out of a mailbox: its owner. Nobody sends in another's name.
 *
 * @throws EwsFault `ErrorSendAsDenied`
 */
export async function checkSender(session: MailboxSession, mailbox: Mailbox, bag: PropertyBag): Promise<Recipient> {
  const owner = session.isOwner(mailbox) ? session.actor : await session.services.directory.byGuid(mailbox.guid);
  const from = bag['message:From'] as EmailAddress | undefined;
  const named = from?.address === undefined ? owner : await session.services.directory.resolve(from.address);
  if (owner === undefined || named === undefined || named.guid !== owner.guid) throw new EwsFault('ErrorSendAsDenied', 'The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account.');
  return owner;
}

/**
 * Puts a message into the inbox of every recipient who has a mailbox in this organisation. There is no transport to
 * elsewhere: of recipients who cannot be reached the sender gets a report of non-delivery, as from Exchange.
 */
export async function deliver(session: MailboxSession, sender: Recipient, recipients: readonly EmailAddress[], makeItem: () => Promise<NewItem> | NewItem): Promise<void> {
  const { directory, mailboxes } = session.services;
  const unreached: EmailAddress[] = [];
  const reached = new Set<string>();
  for (const person of recipients) {
    const recipient = person.address === undefined ? undefined : await directory.resolve(person.address);
    if (recipient === undefined || !isMailbox(recipient)) {
      unreached.push(person);
      continue;
    }
    if (reached.has(recipient.guid)) continue;
    reached.add(recipient.guid);
    const mailbox = mailboxes.of(recipient.guid);
    const inbox = await mailbox.folders.distinguished('inbox');
    const item = await makeItem();
    const { 'message:BccRecipients': _hidden, ...properties } = item.properties ?? {};
    await mailbox.items.create(inbox.id, { ...item, properties: { ...properties, 'message:IsRead': false, 'message:ReceivedBy': addressOf(recipient), 'message:ReceivedRepresenting': addressOf(recipient) }, isNewMail: true });
  }
  if (unreached.length > 0) await report(session, sender, unreached, await makeItem());
}

/** A person as a message names them. */
export function addressOf(recipient: Recipient): EmailAddress {
  return { name: recipient.displayName, address: recipient.primarySmtpAddress, routingType: 'SMTP', mailboxType: isMailbox(recipient) ? 'Mailbox' : 'Contact' };
}

async function report(session: MailboxSession, sender: Recipient, unreached: readonly EmailAddress[], item: NewItem): Promise<void> {
  if (!isMailbox(sender)) return;
  const mailbox = session.services.mailboxes.of(sender.guid);
  const inbox = await mailbox.folders.distinguished('inbox');
  const domain = sender.primarySmtpAddress.slice(sender.primarySmtpAddress.indexOf('@') + 1);
  const system: EmailAddress = { name: 'Mail delivery', address: `MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@${domain}`, routingType: 'SMTP' };
  const list = unreached.map(({ name, address }) => `${name ?? address ?? ''} <${address ?? ''}>`).join('\r\n');
  const subject = asText(item.properties?.['item:Subject']);
  const now = session.services.clock.now();
  await mailbox.items.create(inbox.id, {
    itemClass: 'REPORT.IPM.Note.NDR',
    properties: {
      'item:Subject': `Undeliverable: ${subject}`,
      'item:Body': { type: 'Text', content: `Your message could not be delivered to:\r\n\r\n${list}\r\n\r\nThis organisation has no mailbox with that address, and it sends no mail elsewhere.\r\n` },
      'message:From': system,
      'message:Sender': system,
      'message:ToRecipients': [addressOf(sender)],
      'message:IsRead': false,
      'item:DateTimeSent': now,
      'item:DateTimeReceived': now,
    },
    isNewMail: true,
  });
}
