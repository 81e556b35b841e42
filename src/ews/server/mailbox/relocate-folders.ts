import { EwsFault } from '../../codec/ews-fault.ts';
import { idOnly } from '../../codec/items/response-shape.ts';
import { decodeFolderReferences, decodeTargetFolder, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { createFolderWriter } from './folder-source.ts';
import type { MailboxOperation } from './mailbox-operation.ts';

/** MoveFolder and CopyFolder, which differ in one word ([MS-OXWSFOLD] §3.1.4.1, §3.1.4.7). Within one mailbox only. */
export function relocateFolders(name: 'MoveFolder' | 'CopyFolder'): MailboxOperation {
  return {
    name,
    emptyOnError: ['Folders'],
    plan(element, session) {
      const parts = readSequence(element, messageMembers('ToFolderId', 'FolderIds'));
      const target = decodeTargetFolder(required(element, parts['ToFolderId'], 'ToFolderId'));
      const folders = createFolderWriter(session, idOnly);
      return decodeFolderReferences(required(element, parts['FolderIds'], 'FolderIds')).map((reference) => async () => {
        const from = await session.folder(reference, name === 'MoveFolder' ? 'own' : 'read');
        const to = await session.folder(target, 'createFolder');
        if (from.mailbox.guid !== to.mailbox.guid) throw new EwsFault('ErrorMoveCopyFailed', 'The move or copy operation failed. Folders stay within their mailbox here.');
        if (name === 'MoveFolder' && from.folder.distinguishedName !== undefined) throw new EwsFault('ErrorMoveDistinguishedFolder', 'Distinguished folders cannot be moved.');
        const { folders: store } = from.mailbox;
        const moved = name === 'MoveFolder' ? await store.move(from.folder.id, to.folder.id) : await store.copy(from.folder.id, to.folder.id);
        const write = await folders.prepare(to.mailbox, moved);
        return (writer) => {
          writer.open('m:Folders');
          write(writer);
          writer.close();
        };
      });
    },
  };
}
