import { addressKey, isAway, isMailbox } from '../../organization/index.ts';
import type { NewItem, PropertyBag, Recipient } from '../../organization/index.ts';
import { sentProperties } from '../address-of.ts';
import type { Origin } from '../deliver-to-mailbox.ts';
import type { TransportContext } from '../submission.ts';
import { chooseReply } from './choose-reply.ts';
import { mayBeAnswered } from './may-be-answered.ts';

/**
 * Tells the sender of a message that its recipient is away, where that is so, the sender may hear of it, and has not heard
 * of this absence before. The reply goes to the return path and has none itself (RFC 3834 §4, §3.3), so that nothing
 * answers it.
 */
export async function replyWhileAway(context: TransportContext, owner: Recipient, item: NewItem, origin: Origin): Promise<void> {
  const { organization, clock } = context;
  const mailbox = organization.mailboxes.of(owner.guid);
  const settings = await mailbox.oofSettings();
  if (origin.isOofSuppressed || !isAway(settings, clock.now())) return;
  const bag = item.properties ?? {};
  const sender = addressKey(origin.returnPath);
  if (!mayBeAnswered({ returnPath: sender, itemClass: item.itemClass ?? '', bag, fields: await origin.headFields() })) return;
  const known = await organization.directory.resolve(sender);
  if (known?.guid === owner.guid) return;
  const content = await chooseReply(organization, owner, settings, sender, origin.isInternal);
  if (content === undefined || !(await mailbox.claimOofReply(known?.primarySmtpAddress ?? sender))) return;
  const recipient = { address: sender, routingType: 'SMTP', ...(known === undefined ? {} : { name: known.displayName, mailboxType: isMailbox(known) ? 'Mailbox' : 'Contact' }) };
  const messageId = bag['message:InternetMessageId'];
  const references = bag['message:References'];
  const properties: PropertyBag = {
    'item:Subject': `Automatic reply: ${typeof bag['item:Subject'] === 'string' ? bag['item:Subject'] : ''}`.slice(0, 500),
    'item:Body': { type: /<[a-z!/][^>]*>/i.test(content) ? 'HTML' : 'Text', content },
    'message:ToRecipients': [recipient],
    '0x3fdf': -1,
    ...(typeof messageId === 'string' ? { 'item:InReplyTo': messageId, 'message:References': typeof references === 'string' ? `${references} ${messageId}` : messageId } : {}),
    ...(typeof bag['message:ConversationTopic'] === 'string' ? { 'message:ConversationTopic': bag['message:ConversationTopic'] } : {}),
  };
  const reply: NewItem = { itemClass: 'IPM.Note.Rules.OofTemplate.Microsoft', properties: sentProperties(owner, properties, clock.now()) };
  await context.submit({ sender: owner, recipients: [recipient], makeItem: () => reply, isAutomatic: true });
}
