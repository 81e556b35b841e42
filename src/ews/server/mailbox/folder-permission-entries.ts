import type { FolderPermission, FolderRights } from '../../../organization/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import type { PermissionEntry } from '../../codec/folders/permission-kind.ts';
import type { MailboxSession } from './mailbox-session.ts';

const none: FolderRights = { canCreateItems: false, canCreateSubFolders: false, isFolderOwner: false, isFolderVisible: false, isFolderContact: false, editItems: 'None', deleteItems: 'None', readItems: 'None' };

/**
 * The permissions that a PermissionSet means: users by address, rights as far as the level is `Custom`.
 *
 * @throws EwsFault `ErrorInvalidUserSid`, `ErrorMailRecipientNotFound`
 */
export async function folderPermissions(session: MailboxSession, entries: readonly PermissionEntry[]): Promise<readonly FolderPermission[]> {
  const permissions: FolderPermission[] = [];
  for (const { user, level, rights } of entries) {
    const entry = { level: level as FolderPermission['level'], rights: { ...none, ...rights } };
    if (user.distinguished !== undefined) {
      permissions.push({ user: user.distinguished, ...entry });
      continue;
    }
    if (user.smtpAddress === undefined) throw new EwsFault('ErrorInvalidUserSid', 'The user SID is invalid: name the user by PrimarySmtpAddress.');
    const recipient = await session.services.directory.resolve(user.smtpAddress);
    if (recipient === undefined) throw new EwsFault('ErrorMailRecipientNotFound', 'The mail recipient is not found in the directory.');
    permissions.push({ user: recipient.guid, ...entry });
  }
  return permissions;
}
