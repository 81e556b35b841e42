import type { EmailAddress, Mailbox, PropertyBag, Recipient } from '../../../organization/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import type { MailboxSession } from './mailbox-session.ts';

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
