import { booleanAttribute, decodeFolderReferences, enumeratedAttribute, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';
import { disposalTypes } from './delete-folder.ts';

/** EmptyFolder ([MS-OXWSFOLD] §3.1.4.4). Of calendars the events behind the items go with them. */
export const emptyFolderOperation: MailboxOperation = {
  name: 'EmptyFolder',
  plan(element, session) {
    const parts = readSequence(element, messageMembers('FolderIds'));
    const type = enumeratedAttribute(element, 'DeleteType', disposalTypes);
    const deleteSubFolders = booleanAttribute(element, 'DeleteSubFolders', false);
    return decodeFolderReferences(required(element, parts['FolderIds'], 'FolderIds')).map((reference) => async () => {
      const { mailbox, folder } = await session.folder(reference, deleteSubFolders ? 'own' : 'delete');
      await mailbox.folders.empty(folder.id, type, deleteSubFolders);
      return () => undefined;
    });
  },
};
