import { isMailbox } from '../../../organization/index.ts';
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

/** As whom a message goes out, and who sends it. */
export interface Sender {
  sender: Recipient;
  from: Recipient;
}

/**
 * Who sends a message out of a mailbox, and as whom it shows: by default as the mailbox' owner. In the name of others sends
 * who may (Set-Mailbox -GrantSendOnBehalfTo, which delegates are given).
 *
 * @throws EwsFault `ErrorSendAsDenied`
 */
export async function checkSender(session: MailboxSession, mailbox: Mailbox, bag: PropertyBag): Promise<Sender> {
  const { directory, mailSettings } = session.services;
  const named = (bag['message:From'] as EmailAddress | undefined)?.address;
  const from = named !== undefined ? await directory.resolve(named) : session.isOwner(mailbox) ? session.actor : await directory.byGuid(mailbox.guid);
  if (from?.guid === session.actor.guid) return { sender: from, from };
  if (from !== undefined && isMailbox(from) && (await mailSettings.of(from.guid)).GrantSendOnBehalfTo.includes(session.actor.guid)) return { sender: session.actor, from };
  throw new EwsFault('ErrorSendAsDenied', 'The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account.');
}
