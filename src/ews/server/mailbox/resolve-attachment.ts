import { readMailboxId } from '../../../organization/index.ts';
import type { Attachment, Mailbox } from '../../../organization/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import { asMailboxFault } from './mailbox-error.ts';
import type { Access, MailboxSession } from './mailbox-session.ts';
import { isHiddenFrom } from './mailbox-session.ts';
import { occurrenceAt } from './resolve-item.ts';
import type { Occurrence } from './resolve-item.ts';

/**
 * Finds an attachment, and the occurrence that shows it, and proves that the actor may do that with its item.
 *
 * @throws EwsFault `ErrorInvalidAttachmentId`, `ErrorItemNotFound`, `ErrorAccessDenied`
 */
export async function resolveAttachment(session: MailboxSession, id: string, access: Access): Promise<{ mailbox: Mailbox; attachment: Attachment; occurrence?: Occurrence }> {
  const named = readMailboxId(id);
  if (named?.kind !== 'attachment') throw new EwsFault('ErrorInvalidAttachmentId', 'The attachment Id is invalid.');
  const mailbox = session.services.mailboxes.of(named.mailbox);
  try {
    const attachment = await mailbox.items.attachment(id);
    const item = await mailbox.items.get(attachment.itemId);
    await session.allow(mailbox, item.folderId, access);
    if (isHiddenFrom(session, mailbox, item)) throw new EwsFault('ErrorItemNotFound', 'The specified object was not found in the store.');
    if (attachment.originalStart === undefined) return { mailbox, attachment };
    const occurrence = item.calendar === undefined ? undefined : occurrenceAt(item.calendar, attachment.originalStart);
    if (occurrence === undefined) throw new EwsFault('ErrorItemNotFound', 'The specified object was not found in the store.');
    return { mailbox, attachment, occurrence };
  } catch (error) {
    throw asMailboxFault(error) ?? error;
  }
}
