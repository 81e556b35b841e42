import type { Folder, FolderPermission, FolderRights, Mailbox } from '../../../organization/index.ts';
import type { XmlWriter } from '../../../xml/index.ts';
import type { FolderElementName } from '../../codec/folders/folder-types.ts';
import { elementOfFolderClass, folderTypes } from '../../codec/folders/folder-types.ts';
import type { PermissionEntry } from '../../codec/folders/permission-kind.ts';
import { encodeObject } from '../../codec/items/encode-item.ts';
import type { EffectiveRights } from '../../codec/items/item-kinds.ts';
import type { ResponseShape } from '../../codec/items/response-shape.ts';
import type { Selection } from '../../codec/items/selection.ts';
import { select } from '../../codec/items/selection.ts';
import type { MailboxSession } from './mailbox-session.ts';
import type { WriteContent } from './mailbox-operation.ts';

/** Chooses and writes folders of one answer. */
export interface FolderWriter {
  /** Everything that writing needs is looked up before. */
  prepare(mailbox: Mailbox, folder: Folder): Promise<WriteContent>;
}

export function createFolderWriter(session: MailboxSession, shape: ResponseShape): FolderWriter {
  const selections = new Map<FolderElementName, Selection>();
  return {
    async prepare(mailbox, folder) {
      const element = elementOfFolderClass(folder.folderClass);
      let selection = selections.get(element);
      if (selection === undefined) {
        selection = select(folderTypes[element], shape, true);
        selections.set(element, selection);
      }
      const asked = new Set(selection.properties.map(({ uri }) => uri));
      const rights = asked.has('folder:EffectiveRights') ? await session.rights(mailbox, folder.id) : undefined;
      const permissions = asked.has('folder:PermissionSet') ? await permissionEntries(session, await mailbox.folders.permissions(folder.id)) : undefined;
      const values: Readonly<Record<string, unknown>> = {
        'folder:FolderId': { id: folder.id, changeKey: folder.changeKey },
        'folder:ParentFolderId': folder.parentId === undefined ? undefined : { id: folder.parentId },
        'folder:FolderClass': folder.folderClass === '' ? undefined : folder.folderClass,
        'folder:DisplayName': folder.displayName,
        'folder:TotalCount': folder.totalCount,
        'folder:ChildFolderCount': folder.childFolderCount,
        'folder:UnreadCount': folder.unreadCount,
        'folder:EffectiveRights': rights === undefined ? undefined : effectiveRights(rights),
        'folder:DistinguishedFolderId': folder.distinguishedName,
        'folder:PermissionSet': permissions,
      };
      const chosen = selection;
      return (writer: XmlWriter) => encodeObject(writer, `t:${element}`, chosen, { value: (uri) => values[uri], bag: folder.properties });
    },
  };
}

/** Rights as EffectiveRightsType has them. */
export function effectiveRights(rights: FolderRights): EffectiveRights {
  return {
    createAssociated: rights.isFolderOwner,
    createContents: rights.canCreateItems,
    createHierarchy: rights.canCreateSubFolders,
    delete: rights.deleteItems === 'All',
    modify: rights.editItems === 'All',
    read: rights.readItems === 'FullDetails',
    viewPrivateItems: rights.isFolderOwner,
  };
}

async function permissionEntries(session: MailboxSession, permissions: readonly FolderPermission[]): Promise<readonly PermissionEntry[]> {
  const entries: PermissionEntry[] = [];
  for (const { user, level, rights } of permissions) {
    if (user === 'Default' || user === 'Anonymous') {
      entries.push({ user: { distinguished: user }, level, rights });
      continue;
    }
    const recipient = await session.services.directory.byGuid(user);
    if (recipient !== undefined) entries.push({ user: { smtpAddress: recipient.primarySmtpAddress, displayName: recipient.displayName }, level, rights });
  }
  return entries;
}
