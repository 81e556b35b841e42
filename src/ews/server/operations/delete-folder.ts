import { decodeFolderReferences, enumeratedAttribute, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';

export const disposalTypes = ['HardDelete', 'SoftDelete', 'MoveToDeletedItems'] as const;

/** DeleteFolder ([MS-OXWSFOLD] §3.1.4.3). */
export const deleteFolderOperation: MailboxOperation = {
  name: 'DeleteFolder',
  plan(element, session) {
    const parts = readSequence(element, messageMembers('FolderIds'));
    const type = enumeratedAttribute(element, 'DeleteType', disposalTypes);
    return decodeFolderReferences(required(element, parts['FolderIds'], 'FolderIds')).map((reference) => async () => {
      const { mailbox, folder } = await session.folder(reference, 'own');
      await mailbox.folders.delete(folder.id, type);
      return () => undefined;
    });
  },
};
