import { decodeAttachments } from '../../codec/items/decode-attachments.ts';
import { decodeItem } from '../../codec/items/decode-item.ts';
import { attachmentElement } from '../../codec/items/attachment-kind.ts';
import { decodeItemReference, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';
import { newAttachmentOf } from '../mailbox/new-item.ts';
import { occurrenceId } from '../mailbox/occurrence-id.ts';
import { resolveItem } from '../mailbox/resolve-item.ts';
import { typesNamespace } from '../../codec/namespaces.ts';

/** CreateAttachment ([MS-OXWSATT] §3.1.4.1). Files and items; a ReferenceAttachment is refused. An occurrence becomes an exception. */
export const createAttachmentOperation: MailboxOperation = {
  name: 'CreateAttachment',
  emptyOnError: ['Attachments'],
  plan(element, session) {
    const parts = readSequence(element, messageMembers('ParentItemId', 'Attachments'));
    const parent = required(element, parts['ParentItemId'], 'ParentItemId');
    const reference = decodeItemReference({ ...parent, local: 'ItemId', namespace: typesNamespace });
    return decodeAttachments(required(element, parts['Attachments'], 'Attachments'), session.zone, decodeItem).map((decoded) => async () => {
      const { mailbox, item, occurrence } = await resolveItem(session, reference, 'edit');
      const added = newAttachmentOf(decoded, { now: session.services.clock.now(), timeZone: session.itemZone });
      const { attachment, changeKey } = await mailbox.items.addAttachment(item.id, added, occurrence);
      const root = occurrence === undefined ? item.id : occurrenceId({ masterId: item.id, originalStart: occurrence.originalStart });
      return (writer) => {
        writer.open('m:Attachments');
        writer.open(attachmentElement(attachment));
        writer.element('t:AttachmentId', '', { Id: attachment.id, RootItemId: root, RootItemChangeKey: changeKey });
        writer.close();
        writer.close();
      };
    });
  },
};
