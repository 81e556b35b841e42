import type { Attachment } from '../../../organization/index.ts';
import type { XmlWriter } from '../../../xml/index.ts';
import { readOnly } from './item-kinds.ts';
import type { PropertyKind } from './property-kind.ts';
import { formatInstant } from './scalar-kinds.ts';

/** The attachments of an item as its `Attachments` property lists them: without their contents. */
export const attachmentsKind: PropertyKind<readonly Attachment[]> = {
  type: 't:NonEmptyArrayOfAttachmentsType',
  read: readOnly,
  write(writer, name, attachments) {
    if (attachments.length === 0) return;
    writer.open(name);
    for (const attachment of attachments) {
      writer.open(attachmentElement(attachment));
      writeAttachmentHead(writer, attachment);
      if (attachment.kind === 'file') writer.element('t:IsContactPhoto', attachment.isContactPhoto ?? false);
      writer.close();
    }
    writer.close();
  },
};

export function attachmentElement({ kind }: Pick<Attachment, 'kind'>): 't:FileAttachment' | 't:ItemAttachment' {
  return kind === 'file' ? 't:FileAttachment' : 't:ItemAttachment';
}

/** AttachmentType: what files and attached items have in common, in order ([MS-OXWSATT] §2.2.4.4). */
export function writeAttachmentHead(writer: XmlWriter, attachment: Attachment): void {
  writer.element('t:AttachmentId', '', { Id: attachment.id });
  writer.element('t:Name', attachment.name);
  writer.element('t:ContentType', attachment.contentType);
  writer.element('t:ContentId', attachment.contentId);
  writer.element('t:ContentLocation', attachment.contentLocation);
  writer.element('t:Size', attachment.size);
  writer.element('t:LastModifiedTime', formatInstant(attachment.lastModifiedTime));
  writer.element('t:IsInline', attachment.isInline);
}
