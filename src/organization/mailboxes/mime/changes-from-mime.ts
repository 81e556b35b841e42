import type { ItemChanges } from '../item.ts';
import type { PropertyKey } from '../property.ts';
import { newItemFromMime } from './new-item-from-mime.ts';

/** What a message's MIME content says: of the content before, nothing of it stays. */
const said: readonly PropertyKey[] = [
  'item:Subject',
  'item:Body',
  'item:TextBody',
  'item:InternetMessageHeaders',
  'item:DateTimeSent',
  'item:Importance',
  'item:Sensitivity',
  'item:InReplyTo',
  'message:From',
  'message:Sender',
  'message:ToRecipients',
  'message:CcRecipients',
  'message:BccRecipients',
  'message:ReplyTo',
  'message:InternetMessageId',
  'message:References',
  'message:ConversationTopic',
  'message:IsReadReceiptRequested',
];

/** New MIME content for a stored message, as changes of it. What `changes` set besides wins. */
export async function changesFromMime(changes: ItemChanges & { mime: Uint8Array }): Promise<ItemChanges> {
  const { properties = {} } = await newItemFromMime(changes.mime);
  const { 'item:DateTimeReceived': _received, ...read } = properties;
  const set = { ...read, ...changes.set };
  return { ...changes, set, remove: [...(changes.remove ?? []), ...said.filter((key) => set[key] === undefined)] };
}
