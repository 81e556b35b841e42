import type { FolderChanges, PropertyKey, PropertyValue } from '../../../organization/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { EwsFault, schemaViolation } from '../../codec/ews-fault.ts';
import { decodeFolder } from '../../codec/folders/decode-folder.ts';
import type { DecodedFolder } from '../../codec/folders/decode-folder.ts';
import { isFolderElement } from '../../codec/folders/folder-types.ts';
import { decodePath, keyOfPath, pathChild } from '../../codec/items/property-path.ts';
import type { PropertyPath } from '../../codec/items/property-path.ts';
import { idOnly } from '../../codec/items/response-shape.ts';
import { decodeFolderReference, messageMembers } from '../../codec/references.ts';
import { readList, readSequence, required } from '../../codec/schema-reader.ts';
import { folderPermissions } from '../mailbox/folder-permission-entries.ts';
import { createFolderWriter } from '../mailbox/folder-source.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';

interface FolderUpdate {
  action: 'Set' | 'Append' | 'Delete';
  path: PropertyPath;
  folder?: DecodedFolder;
}

/** UpdateFolder ([MS-OXWSFOLD] §3.1.4.8). */
export const updateFolderOperation: MailboxOperation = {
  name: 'UpdateFolder',
  emptyOnError: ['Folders'],
  plan(element, session) {
    const parts = readSequence(element, messageMembers('FolderChanges'));
    const writer = createFolderWriter(session, idOnly);
    return readList(required(element, parts['FolderChanges'], 'FolderChanges'), { name: 'FolderChange' }).map((change) => {
      const [named, updates, ...rest] = change.children;
      if (named === undefined || updates?.local !== 'Updates' || rest.length > 0) throw schemaViolation(change, "The element 'FolderChange' has incomplete content.");
      const reference = decodeFolderReference(named);
      const decoded = updates.children.map(decodeUpdate);
      return async () => {
        const { mailbox, folder } = await session.folder(reference, 'own');
        const changes = changesOf(decoded);
        const permissions = decoded.findLast(({ folder: sent }) => sent?.permissions !== undefined)?.folder?.permissions;
        const entries = permissions === undefined ? undefined : await folderPermissions(session, permissions);
        const updated = await mailbox.folders.update(folder.id, changes, 'changeKey' in reference ? reference.changeKey : undefined);
        if (entries !== undefined) await mailbox.folders.setPermissions(folder.id, entries);
        const write = await writer.prepare(mailbox, updated);
        return (out) => {
          out.open('m:Folders');
          write(out);
          out.close();
        };
      };
    });
  },
};

function decodeUpdate(element: XmlElement): FolderUpdate {
  const path = decodePath(pathChild(element));
  if (element.local === 'DeleteFolderField') return { action: 'Delete', path };
  if (element.local !== 'SetFolderField' && element.local !== 'AppendToFolderField') throw schemaViolation(element, `The element '${element.local}' in namespace '${element.namespace}' is no change of a folder.`);
  const sent = element.children[1];
  if (sent === undefined || !isFolderElement(sent.local)) throw schemaViolation(element, `The element '${element.local}' in namespace '${element.namespace}' has incomplete content.`);
  return { action: element.local === 'SetFolderField' ? 'Set' : 'Append', path, folder: decodeFolder(sent, sent.local) };
}

function changesOf(updates: readonly FolderUpdate[]): FolderChanges {
  const set: Record<PropertyKey, PropertyValue> = {};
  const remove: PropertyKey[] = [];
  const changes: { displayName?: string } = {};
  for (const { action, path, folder } of updates) {
    const uri = path.kind === 'field' ? path.uri : undefined;
    if (action === 'Append') throw new EwsFault('ErrorInvalidPropertyAppend', 'Append action is invalid for property.', { path });
    if (action === 'Delete') {
      // Clients that write a folder back whole delete what they did not read: that must not cost others their permissions.
      if (uri === 'folder:PermissionSet') continue;
      if (path.kind !== 'extended') throw new EwsFault('ErrorInvalidPropertyDelete', 'Delete action is invalid for property.', { path });
      remove.push(keyOfPath(path));
    } else if (path.kind === 'extended') {
      const value = folder?.properties?.[keyOfPath(path)];
      if (value === undefined) throw new EwsFault('ErrorUpdatePropertyMismatch', 'The property path and the property that is set do not match.', { path });
      set[keyOfPath(path)] = value;
    } else if (uri === 'folder:DisplayName') {
      if (folder === undefined || folder.displayName.trim() === '') throw new EwsFault('ErrorUpdatePropertyMismatch', 'The property path and the property that is set do not match.', { path });
      changes.displayName = folder.displayName;
    } else if (uri !== 'folder:PermissionSet') throw new EwsFault('ErrorInvalidPropertySet', 'Set action is invalid for property.', { path });
  }
  return { ...changes, set, remove };
}
