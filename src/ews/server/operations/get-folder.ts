import { decodeResponseShape } from '../../codec/items/response-shape.ts';
import { decodeFolderReferences, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { createFolderWriter } from '../mailbox/folder-source.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';

/** GetFolder ([MS-OXWSFOLD] §3.1.4.6). */
export const getFolderOperation: MailboxOperation = {
  name: 'GetFolder',
  emptyOnError: ['Folders'],
  plan(element, session) {
    const parts = readSequence(element, messageMembers('FolderShape', 'FolderIds'));
    const folders = createFolderWriter(session, decodeResponseShape(required(element, parts['FolderShape'], 'FolderShape')));
    return decodeFolderReferences(required(element, parts['FolderIds'], 'FolderIds')).map((reference) => async () => {
      const { mailbox, folder } = await session.folder(reference, 'see');
      const write = await folders.prepare(mailbox, folder);
      return (writer) => {
        writer.open('m:Folders');
        write(writer);
        writer.close();
      };
    });
  },
};
