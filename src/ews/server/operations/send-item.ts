import { EwsFault } from '../../codec/ews-fault.ts';
import { decodeItemReferences, decodeTargetFolder, booleanAttribute, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';
import { resolveItem } from '../mailbox/resolve-item.ts';
import { sendStored } from '../mailbox/send-stored.ts';

/** SendItem ([MS-OXWSCORE] §3.1.4.8). Delivery is within the organisation. */
export const sendItemOperation: MailboxOperation = {
  name: 'SendItem',
  plan(element, session) {
    const parts = readSequence(element, messageMembers('ItemIds', 'SavedItemFolderId?'));
    const isSaved = booleanAttribute(element, 'SaveItemToFolder', true);
    if (!isSaved && parts['SavedItemFolderId'] !== undefined) throw new EwsFault('ErrorInvalidSendItemSaveSettings', 'Cannot save sent item: SaveItemToFolder is false and SavedItemFolderId is set.');
    const target = parts['SavedItemFolderId'] === undefined ? undefined : decodeTargetFolder(parts['SavedItemFolderId']);
    return decodeItemReferences(required(element, parts['ItemIds'], 'ItemIds')).map((reference) => async () => {
      const { mailbox, item, occurrence } = await resolveItem(session, reference, 'edit');
      const isMessage = /^(ipm\.note|ipm\.schedule|ipm\.post)/i.test(item.itemClass);
      if (occurrence !== undefined || !isMessage) throw new EwsFault('ErrorInvalidItemForOperationSendItem', 'Cannot send the item: only messages can be sent.');
      const { changeKey } = reference;
      if (changeKey !== undefined && changeKey !== item.changeKey) throw new EwsFault('ErrorIrresolvableConflict', 'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.');
      await sendStored(session, mailbox, item, isSaved ? (target ?? { distinguished: 'sentitems' }) : undefined);
      return () => undefined;
    });
  },
};
