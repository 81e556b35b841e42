import type { StsGroup, StsUser } from '../../../identity/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';

/** A security group as Get-MsolGroup shows it. */
export function groupOutput(group: StsGroup): OutputObject {
  return { CommonName: group.displayName, Description: null, DisplayName: group.displayName, EmailAddress: null, GroupType: 'Security', IsSystem: false, LastDirSyncTime: null, ManagedBy: null, ObjectId: group.objectId };
}

/** A person as Get-MsolGroupMember shows members. */
export function groupMemberOutput(user: StsUser): OutputObject {
  return { CommonName: user.displayName, DisplayName: user.displayName, EmailAddress: user.mail ?? user.userPrincipalName, GroupMemberType: 'User', ObjectId: user.objectId };
}

/** A person as Get-MsolRoleMember shows members. */
export function roleMemberOutput(user: StsUser): OutputObject {
  return { DisplayName: user.displayName, EmailAddress: user.userPrincipalName, LastDirSyncTime: user.onPremisesLastSync === null ? null : new Date(user.onPremisesLastSync).toISOString(), ObjectId: user.objectId, RoleMemberType: 'User' };
}

/** Those whose name or address begins so, at most so many. */
export function memberPage(users: readonly StsUser[], { SearchString, MaxResults, All }: { SearchString?: string; MaxResults?: number; All?: boolean }): readonly StsUser[] {
  const wanted = SearchString?.toLowerCase() ?? '';
  return users.filter((user) => [user.displayName, user.userPrincipalName, user.mail ?? ''].some((text) => text.toLowerCase().startsWith(wanted))).slice(0, All === true ? undefined : (MaxResults ?? 250));
}
