import { randomUUID } from 'node:crypto';
import { isMailbox } from '../organization/index.ts';
import type { EmailAddress, PropertyBag, Recipient } from '../organization/index.ts';

/** A person as a message names them. */
export function addressOf(recipient: Recipient): EmailAddress {
  return { name: recipient.displayName, address: recipient.primarySmtpAddress, routingType: 'SMTP', mailboxType: isMailbox(recipient) ? 'Mailbox' : 'Contact' };
}

/** What a message carries once it has been sent by that person. */
export function sentProperties(sender: Recipient, bag: PropertyBag, now: number): PropertyBag {
  const from: EmailAddress = { name: sender.displayName, address: sender.primarySmtpAddress, routingType: 'SMTP', mailboxType: 'Mailbox' };
  const domain = sender.primarySmtpAddress.slice(sender.primarySmtpAddress.indexOf('@') + 1);
  const { '0x0e07': _flags, ...kept } = bag;
  const subject = bag['item:Subject'];
  return {
    ...kept,
    'message:From': bag['message:From'] ?? from,
    'message:Sender': from,
    'message:InternetMessageId': bag['message:InternetMessageId'] ?? `<${randomUUID()}@${domain}>`,
    'message:ConversationTopic': bag['message:ConversationTopic'] ?? (typeof subject === 'string' ? subject : ''),
    'item:DateTimeSent': now,
    'item:DateTimeReceived': now,
    'item:IsDraft': false,
    'item:IsSubmitted': true,
  };
}
