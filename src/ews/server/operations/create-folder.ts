import { EwsFault, schemaViolation } from '../../codec/ews-fault.ts';
import { decodeFolder } from '../../codec/folders/decode-folder.ts';
import { isFolderElement } from '../../codec/folders/folder-types.ts';
import { idOnly } from '../../codec/items/response-shape.ts';
import { decodeTargetFolder, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { folderPermissions } from '../mailbox/folder-permission-entries.ts';
import { createFolderWriter } from '../mailbox/folder-source.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';

/** CreateFolder ([MS-OXWSFOLD] §3.1.4.2). Search folders are refused: nothing here would fill them. */
export const createFolderOperation: MailboxOperation = {
  name: 'CreateFolder',
  emptyOnError: ['Folders'],
  plan(element, session) {
    const parts = readSequence(element, messageMembers('ParentFolderId', 'Folders'));
    const parent = decodeTargetFolder(required(element, parts['ParentFolderId'], 'ParentFolderId'));
    const writer = createFolderWriter(session, idOnly);
    return required(element, parts['Folders'], 'Folders').children.map((child) => {
      if (!isFolderElement(child.local)) throw schemaViolation(child, `The element '${child.local}' in namespace '${child.namespace}' is no folder.`);
      const decoded = decodeFolder(child, child.local);
      return async () => {
        if (child.local === 'SearchFolder') throw new EwsFault('ErrorInvalidOperation', 'Search folders are not supported by this server.');
        const { permissions, readOnlyProperty, ...folder } = decoded;
        if (readOnlyProperty !== undefined) throw new EwsFault('ErrorInvalidPropertySet', 'Set action is invalid for property.', { path: { kind: 'field', uri: readOnlyProperty } });
        if (folder.displayName.trim() === '') throw new EwsFault('ErrorMissingArgument', 'The display name of a folder may not be empty.', { path: { kind: 'field', uri: 'folder:DisplayName' } });
        const target = await session.folder(parent, 'createFolder');
        const entries = permissions === undefined ? undefined : await folderPermissions(session, permissions);
        const created = await target.mailbox.folders.create(target.folder.id, folder);
        if (entries !== undefined) {
          await target.mailbox.folders.setPermissions(created.id, entries).catch(async (error: unknown) => {
            await target.mailbox.folders.delete(created.id, 'HardDelete');
            throw error;
          });
        }
        const write = await writer.prepare(target.mailbox, created);
        return (out) => {
          out.open('m:Folders');
          write(out);
          out.close();
        };
      };
    });
  },
};
