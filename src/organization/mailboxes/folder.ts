import type { PropertyBag, PropertyKey } from './property.ts';
import type { Restriction, SortBy } from './restriction.ts';

/** [MS-OXWSCDATA] DistinguishedFolderIdNameType: those that a mailbox here has. They exist in every mailbox. */
export const distinguishedFolderNames = [
  'root',
  'msgfolderroot',
  'inbox',
  'drafts',
  'sentitems',
  'deleteditems',
  'outbox',
  'junkemail',
  'calendar',
  'contacts',
  'tasks',
  'notes',
  'journal',
  'searchfolders',
  'recoverableitemsroot',
  'recoverableitemsdeletions',
  'recoverableitemsversions',
  'recoverableitemspurges',
] as const;

export type DistinguishedFolderName = (typeof distinguishedFolderNames)[number];

/** Opaque; base64. It names its mailbox too: see `readMailboxId`. */
export type FolderId = string;

export interface FolderRef {
  id: FolderId;
  /** Another with every change of the folder's own properties; not with its contents or counters. */
  changeKey: string;
}

export interface Folder extends FolderRef {
  /** Absent for `root` only. */
  parentId?: FolderId;
  distinguishedName?: DistinguishedFolderName;
  displayName: string;
  /** `IPF.Note`, `IPF.Appointment`, `IPF.Contact`, `IPF.Task`, `IPF.StickyNote`, `IPF.Journal` or one's own. */
  folderClass: string;
  totalCount: number;
  unreadCount: number;
  /** Direct children. */
  childFolderCount: number;
  /** Extended properties that were set, and the computed ones (0x3613 container class, 0x3001 display name are aliases). */
  properties: PropertyBag;
}

export interface NewFolder {
  displayName: string;
  /** Default: that of the parent, or `IPF.Note`. */
  folderClass?: string;
  properties?: PropertyBag;
}

export interface FolderChanges {
  displayName?: string;
  folderClass?: string;
  set?: PropertyBag;
  remove?: readonly PropertyKey[];
}

/** HardDelete is for good, SoftDelete goes to `recoverableitemsdeletions` ([MS-OXWSCDATA] DisposalType). */
export type DeleteType = 'HardDelete' | 'SoftDelete' | 'MoveToDeletedItems';

/** One page of a view. */
export interface PageRequest {
  /** Items to skip; from the end of the view backwards where `from` is `End`. Default 0. */
  offset?: number;
  from?: 'Beginning' | 'End';
  limit: number;
}

export interface FolderQuery extends PageRequest {
  /** `Shallow`: direct children. `Deep`: all below. `SoftDeleted`: none. */
  traversal: 'Shallow' | 'Deep' | 'SoftDeleted';
  restriction?: Restriction;
  /** Default: by display name. */
  sortBy?: readonly SortBy[];
}

export interface Page<T> {
  entries: readonly T[];
  /** Number of entries of the whole view. */
  total: number;
  /** Offset at which the next page begins (in the direction of `from`). */
  nextOffset: number;
  /** True when the view ends with this page. */
  includesLast: boolean;
}

export type FolderPermissionLevel = 'None' | 'Owner' | 'PublishingEditor' | 'Editor' | 'PublishingAuthor' | 'Author' | 'NoneditingAuthor' | 'Reviewer' | 'Contributor' | 'Custom';

export type PermissionScope = 'None' | 'Owned' | 'All';

/** [MS-OXWSFOLD] PermissionType. */
export interface FolderPermission {
  /** `Default`, `Anonymous`, or the guid of a recipient in lower case. */
  user: string;
  level: FolderPermissionLevel | 'FreeBusyTimeOnly' | 'FreeBusyTimeAndSubjectAndLocation';
  /** What the level stands for, or what was chosen for `Custom`. */
  rights: FolderRights;
}

export interface FolderRights {
  canCreateItems: boolean;
  canCreateSubFolders: boolean;
  isFolderOwner: boolean;
  isFolderVisible: boolean;
  isFolderContact: boolean;
  editItems: PermissionScope;
  deleteItems: PermissionScope;
  readItems: 'None' | 'TimeOnly' | 'TimeAndSubjectAndLocation' | 'FullDetails';
}

/** Folders of one mailbox. Every method throws `ORGANIZATION_FOLDER_NOT_FOUND` for an id that is not there. */
export interface Folders {
  /** Each mailbox has them; they are made on first use. */
  distinguished(name: DistinguishedFolderName): Promise<Folder>;
  get(id: FolderId): Promise<Folder>;
  find(parent: FolderId, query: FolderQuery): Promise<Page<Folder>>;
  /** @throws OrganizationError `ORGANIZATION_FOLDER_EXISTS` when a sibling has the name (case is no difference) */
  create(parent: FolderId, folder: NewFolder): Promise<Folder>;
  /** @throws OrganizationError `ORGANIZATION_CHANGE_CONFLICT` when `changeKey` is given and not the present one; `ORGANIZATION_FOLDER_EXISTS` */
  update(id: FolderId, changes: FolderChanges, changeKey?: string): Promise<Folder>;
  /** With all below. @throws OrganizationError `ORGANIZATION_DISTINGUISHED_FOLDER` */
  delete(id: FolderId, type: DeleteType): Promise<void>;
  /** The id stays. @throws OrganizationError `ORGANIZATION_DISTINGUISHED_FOLDER`, `ORGANIZATION_FOLDER_EXISTS`, `ORGANIZATION_FOLDER_CYCLE` */
  move(id: FolderId, target: FolderId): Promise<Folder>;
  /** With all below. Throws as `move` does. */
  copy(id: FolderId, target: FolderId): Promise<Folder>;
  /** Removes the items and, where asked, the folders below. */
  empty(id: FolderId, type: DeleteType, deleteSubFolders: boolean): Promise<void>;
  permissions(id: FolderId): Promise<readonly FolderPermission[]>;
  /**
   * Replaces all entries. Those of the default calendar are the ones of `calendars.permissions`. A function is given the
   * entries as they are at that very moment.
   */
  setPermissions(id: FolderId, permissions: readonly FolderPermission[] | ((present: readonly FolderPermission[]) => readonly FolderPermission[])): Promise<void>;
  /** Rights of a user in a folder: its own entry, or else `Default`. The owner of the mailbox has all; callers know who that is. */
  rights(id: FolderId, user: string | undefined): Promise<FolderRights>;
}
