import type { Selectable } from 'kysely';
import { OrganizationError } from '../organization-error.ts';
import { changeKeyOf } from './change-key.ts';
import type { DistinguishedFolderName, Folder, FolderId } from './folder.ts';
import { malformedId, readMailboxId, writeMailboxId } from './mailbox-id.ts';
import type { MailboxFolderTable } from './mailbox-schema.ts';
import { readBag } from './stored-bag.ts';
import type { MailboxDatabase } from './mailbox-database.ts';

export type FolderRow = Selectable<MailboxFolderTable>;

export function folderId(guid: string, number: number): FolderId {
  return writeMailboxId({ kind: 'folder', mailbox: guid, number });
}

/** @throws OrganizationError `ORGANIZATION_MALFORMED_ID`, `ORGANIZATION_FOLDER_NOT_FOUND` for one of another mailbox */
export function folderNumber(guid: string, id: FolderId): number {
  const decoded = readMailboxId(id);
  if (decoded === undefined) throw malformedId(id);
  if (decoded.kind !== 'folder' || writeMailboxId({ ...decoded, mailbox: guid }) !== id) throw folderNotFound(id);
  return decoded.number;
}

export function folderNotFound(id: string): OrganizationError {
  return new OrganizationError('ORGANIZATION_FOLDER_NOT_FOUND', 'The folder could not be found.', { facts: { folder: id } });
}

/** @throws OrganizationError `ORGANIZATION_FOLDER_NOT_FOUND` */
export async function folderRow(db: MailboxDatabase, mailbox: number, number: number): Promise<FolderRow> {
  const row = await db.selectFrom('mailbox_folder').selectAll().where('number', '=', number).where('mailbox', '=', mailbox).executeTakeFirst();
  if (row === undefined) throw folderNotFound(String(number));
  return row;
}

export async function distinguishedRow(db: MailboxDatabase, mailbox: number, name: DistinguishedFolderName): Promise<FolderRow> {
  return db.selectFrom('mailbox_folder').selectAll().where('mailbox', '=', mailbox).where('distinguished', '=', name).executeTakeFirstOrThrow();
}

export function folderOfRow(guid: string, row: FolderRow, childFolderCount: number): Folder {
  return {
    id: folderId(guid, row.number),
    changeKey: changeKeyOf(row.changed),
    ...(row.parent === null ? {} : { parentId: folderId(guid, row.parent) }),
    ...(row.distinguished === null ? {} : { distinguishedName: row.distinguished as DistinguishedFolderName }),
    displayName: row.name,
    folderClass: row.class,
    totalCount: row.total,
    unreadCount: row.unread,
    childFolderCount,
    properties: {
      ...readBag(row.properties),
      'folder:DisplayName': row.name,
      'folder:FolderClass': row.class,
      'folder:TotalCount': row.total,
      'folder:UnreadCount': row.unread,
      'folder:ChildFolderCount': childFolderCount,
      // PidTagDisplayName, PidTagSubfolders, PidTagLastModificationTime (by the name that items have for it), PidTagLocalCommitTimeMax.
      '0x3001': row.name,
      '0x360a': childFolderCount > 0,
      'item:LastModifiedTime': row.modified_at,
    },
  };
}
