import { copyOfItem } from '../../../organization/index.ts';
import type { Item, Mailbox } from '../../../organization/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import type { FolderReference } from '../../codec/references.ts';
import { addressOf, sentProperties } from '../../../transport/index.ts';
import { checkSender, recipientsOf } from './sender-and-recipients.ts';
import type { MailboxSession } from './mailbox-session.ts';

/**
 * Sends a stored message, and then moves it to a folder or, without one, removes it.
 *
 * @throws EwsFault `ErrorMissingRecipients`, `ErrorSendAsDenied`
 */
export async function sendStored(session: MailboxSession, mailbox: Mailbox, item: Item, saveTo: FolderReference | undefined): Promise<void> {
  const bag = { ...item.properties, ...(await mailbox.items.content(item.id)).properties };
  const recipients = recipientsOf(bag);
  if (recipients.length === 0) throw new EwsFault('ErrorMissingRecipients', 'The message has no recipients.');
  const { sender, from } = await checkSender(session, mailbox, bag);
  const sent = sentProperties(sender, { 'message:From': addressOf(from), ...bag }, session.services.clock.now());
  // The folder is found before anything leaves.
  const target = saveTo === undefined ? undefined : await session.folder(saveTo, 'create');
  await session.services.mail.submit({ sender, recipients, makeItem: () => copyOfItem(mailbox, item, sent) });
  if (target === undefined) {
    await mailbox.items.delete(item.id, 'HardDelete');
    return;
  }
  const set = Object.fromEntries(['message:From', 'message:Sender', 'message:InternetMessageId', 'item:DateTimeSent', 'item:DateTimeReceived', 'item:IsDraft', 'item:IsSubmitted'].flatMap((key) => (sent[key] === undefined ? [] : [[key, sent[key]]])));
  await mailbox.items.update(item.id, { set: { ...set, 'message:IsRead': true } });
  await mailbox.items.move(item.id, target.folder.id);
}
