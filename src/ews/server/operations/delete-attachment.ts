import { decodeAttachmentIds, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { resolveAttachment } from '../mailbox/resolve-attachment.ts';
import { occurrenceId } from '../mailbox/occurrence-id.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';

/** DeleteAttachment ([MS-OXWSATT] §3.1.4.2). What an occurrence shows goes from that occurrence, which becomes an exception. */
export const deleteAttachmentOperation: MailboxOperation = {
  name: 'DeleteAttachment',
  plan(element, session) {
    const parts = readSequence(element, messageMembers('AttachmentIds'));
    return decodeAttachmentIds(required(element, parts['AttachmentIds'], 'AttachmentIds')).map((id) => async () => {
      const { mailbox, occurrence } = await resolveAttachment(session, id, 'edit');
      const root = await mailbox.items.removeAttachment(id, occurrence);
      const rootId = occurrence === undefined ? root.id : occurrenceId({ masterId: root.id, originalStart: occurrence.originalStart });
      return (writer) => writer.element('m:RootItemId', '', { RootItemId: rootId, RootItemChangeKey: root.changeKey });
    });
  },
};
