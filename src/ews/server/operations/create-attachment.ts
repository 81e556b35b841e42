import { decodeAttachments } from '../../codec/items/decode-attachments.ts';
import { decodeItem } from '../../codec/items/decode-item.ts';
import { attachmentElement } from '../../codec/items/attachment-kind.ts';
import { decodeItemReference, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';
import { withMime } from '../mailbox/nested-attachments.ts';
import { newAttachmentOf } from '../mailbox/new-item.ts';
import { resolveItem } from '../mailbox/resolve-item.ts';
import { typesNamespace } from '../../codec/namespaces.ts';

/** CreateAttachment ([MS-OXWSATT] §3.1.4.1). Files and items; a ReferenceAttachment is refused. */
export const createAttachmentOperation: MailboxOperation = {
  name: 'CreateAttachment',
  emptyOnError: ['Attachments'],
  plan(element, session) {
    const parts = readSequence(element, messageMembers('ParentItemId', 'Attachments'));
    const parent = required(element, parts['ParentItemId'], 'ParentItemId');
    const reference = decodeItemReference({ ...parent, local: 'ItemId', namespace: typesNamespace });
    return decodeAttachments(required(element, parts['Attachments'], 'Attachments'), session.zone, decodeItem).map((decoded) => async () => {
      const { mailbox, item, occurrence } = await resolveItem(session, reference, 'edit');
      if (occurrence !== undefined) throw new EwsFault('ErrorInvalidItemForOperationCreateItemAttachment', 'An occurrence cannot have attachments of its own here.');
      const { attachment, changeKey } = await mailbox.items.addAttachment(item.id, await withMime(newAttachmentOf(decoded, { now: session.services.clock.now(), timeZone: session.itemZone })));
      return (writer) => {
        writer.open('m:Attachments');
        writer.open(attachmentElement(attachment));
        writer.element('t:AttachmentId', '', { Id: attachment.id, RootItemId: item.id, RootItemChangeKey: changeKey });
        writer.close();
        writer.close();
      };
    });
  },
};
