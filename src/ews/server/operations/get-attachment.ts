import type { AttachmentId, Mailbox } from '../../../organization/index.ts';
import { attachmentElement, writeAttachmentHead } from '../../codec/items/attachment-kind.ts';
import { decodeResponseShape } from '../../codec/items/response-shape.ts';
import type { ResponseShape } from '../../codec/items/response-shape.ts';
import { decodeAttachmentIds, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { attachedItemWriter } from '../mailbox/attached-item.ts';
import { attachedMimeContent, contentToSend } from '../mailbox/item-mime.ts';
import type { MailboxOperation, WriteContent } from '../mailbox/mailbox-operation.ts';
import { resolveAttachment } from '../mailbox/resolve-attachment.ts';

const everything: ResponseShape = { base: 'AllProperties', additional: [], includeMimeContent: false, bodyType: 'Best' };

/** GetAttachment ([MS-OXWSATT] §3.1.4.3). */
export const getAttachmentOperation: MailboxOperation = {
  name: 'GetAttachment',
  emptyOnError: ['Attachments'],
  plan(element, session) {
    const parts = readSequence(element, messageMembers('AttachmentShape?', 'AttachmentIds'));
    const shape = parts['AttachmentShape'] === undefined ? everything : { ...decodeResponseShape(parts['AttachmentShape']), base: 'AllProperties' as const };
    return decodeAttachmentIds(required(element, parts['AttachmentIds'], 'AttachmentIds')).map((id) => async () => {
      const { mailbox, attachment } = await resolveAttachment(session, id, 'read');
      const content = attachment.kind === 'file' ? await contentToSend(await mailbox.items.attachmentBytes(id), attachment.size) : undefined;
      const writeItem = attachment.kind === 'item' ? await itemWriter(mailbox, id, shape) : undefined;
      return (writer) => {
        writer.open('m:Attachments');
        writer.open(attachmentElement(attachment));
        writeAttachmentHead(writer, attachment);
        if (content !== undefined) {
          writer.element('t:IsContactPhoto', attachment.isContactPhoto ?? false);
          if (typeof content === 'string') writer.element('t:Content', content);
          else writer.base64('t:Content', content);
        }
        writeItem?.(writer);
        writer.close();
        writer.close();
      };
    });
  },
};

async function itemWriter(mailbox: Mailbox, id: AttachmentId, shape: ResponseShape): Promise<WriteContent> {
  const attached = await mailbox.items.attachedItem(id);
  return attachedItemWriter(attached, shape, shape.includeMimeContent ? await attachedMimeContent(mailbox, id, attached) : undefined);
}
