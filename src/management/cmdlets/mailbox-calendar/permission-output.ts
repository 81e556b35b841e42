import type { OutputObject } from '../define-cmdlet.ts';

/** One entry as Get-MailboxFolderPermission shows it. */
export function permissionOutput(user: string, accessRights: string): OutputObject {
  return { FolderName: 'Calendar', User: user, AccessRights: [accessRights], SharingPermissionFlags: null, Identity: user, IsValid: true, ObjectState: 'New' };
}
