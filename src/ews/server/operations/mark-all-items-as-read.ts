import { decodeFolderReferences, messageMembers } from '../../codec/references.ts';
import { readBoolean, readSequence, required } from '../../codec/schema-reader.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';

/** MarkAllItemsAsRead ([MS-OXWSCORE] §3.1.4.5). Read receipts are not sent in any case. */
export const markAllItemsAsReadOperation: MailboxOperation = {
  name: 'MarkAllItemsAsRead',
  plan(element, session) {
    const parts = readSequence(element, messageMembers('ReadFlag', 'SuppressReadReceipts', 'FolderIds'));
    const isRead = readBoolean(required(element, parts['ReadFlag'], 'ReadFlag'));
    readBoolean(required(element, parts['SuppressReadReceipts'], 'SuppressReadReceipts'));
    return decodeFolderReferences(required(element, parts['FolderIds'], 'FolderIds')).map((reference) => async () => {
      const { mailbox, folder } = await session.folder(reference, 'edit');
      await mailbox.items.markAllRead(folder.id, isRead);
      return () => undefined;
    });
  },
};
