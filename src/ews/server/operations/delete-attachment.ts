import { decodeAttachmentIds, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { resolveAttachment } from '../mailbox/resolve-attachment.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';

/** DeleteAttachment ([MS-OXWSATT] §3.1.4.2). */
export const deleteAttachmentOperation: MailboxOperation = {
  name: 'DeleteAttachment',
  plan(element, session) {
    const parts = readSequence(element, messageMembers('AttachmentIds'));
    return decodeAttachmentIds(required(element, parts['AttachmentIds'], 'AttachmentIds')).map((id) => async () => {
      const { mailbox } = await resolveAttachment(session, id, 'edit');
      const root = await mailbox.items.removeAttachment(id);
      return (writer) => writer.element('m:RootItemId', '', { RootItemId: root.id, RootItemChangeKey: root.changeKey });
    });
  },
};
