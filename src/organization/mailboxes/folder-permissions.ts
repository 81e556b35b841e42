import type { CalendarAccessRights } from '../calendars/calendar-permission.ts';
import { defaultCalendarPermissions, granteeOf } from '../calendars/calendar-permission.ts';
import { OrganizationError } from '../organization-error.ts';
import type { FolderPermission, FolderRights } from './folder.ts';
import type { FolderRow } from './folder-row.ts';
import type { MailboxDatabase } from './mailbox-database.ts';

type Level = Exclude<FolderPermission['level'], 'Custom'>;

const nothing: FolderRights = { canCreateItems: false, canCreateSubFolders: false, isFolderOwner: false, isFolderVisible: false, isFolderContact: false, editItems: 'None', deleteItems: 'None', readItems: 'None' };
const reviewer: FolderRights = { ...nothing, isFolderVisible: true, readItems: 'FullDetails' };

/** What the levels stand for ([MS-OXWSMTGS] 2.2.5.3 and 2.2.5.4, PermissionLevelType and CalendarPermissionLevelType). */
const levels: Readonly<Record<Level, FolderRights>> = {
  None: nothing,
  Owner: { ...reviewer, canCreateItems: true, canCreateSubFolders: true, isFolderOwner: true, isFolderContact: true, editItems: 'All', deleteItems: 'All' },
  PublishingEditor: { ...reviewer, canCreateItems: true, canCreateSubFolders: true, editItems: 'All', deleteItems: 'All' },
  Editor: { ...reviewer, canCreateItems: true, editItems: 'All', deleteItems: 'All' },
  PublishingAuthor: { ...reviewer, canCreateItems: true, canCreateSubFolders: true, editItems: 'Owned', deleteItems: 'Owned' },
  Author: { ...reviewer, canCreateItems: true, editItems: 'Owned', deleteItems: 'Owned' },
  NoneditingAuthor: { ...reviewer, canCreateItems: true, deleteItems: 'Owned' },
  Reviewer: reviewer,
  Contributor: { ...nothing, canCreateItems: true, isFolderVisible: true },
  FreeBusyTimeOnly: { ...nothing, readItems: 'TimeOnly' },
  FreeBusyTimeAndSubjectAndLocation: { ...nothing, readItems: 'TimeAndSubjectAndLocation' },
};

/** Names that cmdlets and EWS spell differently. */
const calendarLevels: Readonly<Partial<Record<CalendarAccessRights, Level>>> = { AvailabilityOnly: 'FreeBusyTimeOnly', LimitedDetails: 'FreeBusyTimeAndSubjectAndLocation', NonEditingAuthor: 'NoneditingAuthor' };
const accessRights = new Map(Object.entries(calendarLevels).map(([rights, level]) => [level, rights as CalendarAccessRights]));

/** The entries of a folder, `Default` and `Anonymous` first. Those of the default calendar are the calendar's own. */
export async function folderPermissions(db: MailboxDatabase, guid: string, folder: FolderRow): Promise<readonly FolderPermission[]> {
  const stored = folder.distinguished === 'calendar' ? await calendarEntries(db, guid) : await folderEntries(db, folder.number);
  const builtIn = ['Default', 'Anonymous'].map((user) => stored.find((entry) => entry.user === user) ?? defaultEntry(user, folder));
  return [...builtIn, ...stored.filter(({ user }) => user !== 'Default' && user !== 'Anonymous')];
}

/**
 * Replaces a folder's entries.
 *
 * @throws OrganizationError `ORGANIZATION_INVALID_FOLDER_PERMISSION`: a user twice, a level that the folder does not
 *   have, or a Custom one on the default calendar
 */
export async function replaceFolderPermissions(db: MailboxDatabase, guid: string, folder: FolderRow, permissions: readonly FolderPermission[]): Promise<void> {
  const entries = permissions.map((permission) => ({ ...permission, user: granteeOf(permission.user) }));
  if (new Set(entries.map(({ user }) => user)).size !== entries.length) throw invalid('a user has two entries');
  const isCalendar = folder.class.startsWith('IPF.Appointment');
  for (const { level } of entries) {
    if (level === 'Custom' ? folder.distinguished === 'calendar' : !Object.hasOwn(levels, level)) throw invalid(`the level ${level.slice(0, 40)} is not available on this folder`);
    if (!isCalendar && level.startsWith('FreeBusy')) throw invalid(`the level ${level} is for calendars`);
  }
  if (folder.distinguished === 'calendar') {
    await db.deleteFrom('calendar_permission').where('mailbox', '=', guid).execute();
    for (const { user, level } of entries) await db.insertInto('calendar_permission').values({ mailbox: guid, grantee: user, access_rights: accessRights.get(level as Level) ?? level }).execute();
    return;
  }
  await db.deleteFrom('mailbox_folder_permission').where('folder', '=', folder.number).execute();
  for (const { user, level, rights } of entries) {
    const stored = level === 'Custom' ? rights : levels[level];
    await db.insertInto('mailbox_folder_permission').values({ folder: folder.number, grantee: user, level, rights: JSON.stringify(stored) }).execute();
  }
}

/** By the user's own entry, or else by `Default`; `Anonymous` for nobody known. */
export function rightsOf(permissions: readonly FolderPermission[], user: string | undefined): FolderRights {
  const own = permissions.find((entry) => entry.user === (user === undefined ? 'Anonymous' : granteeOf(user)));
  return (own ?? permissions.find((entry) => entry.user === 'Default'))?.rights ?? nothing;
}

async function calendarEntries(db: MailboxDatabase, guid: string): Promise<FolderPermission[]> {
  const rows = await db.selectFrom('calendar_permission').select(['grantee', 'access_rights']).where('mailbox', '=', guid).orderBy('grantee').execute();
  return rows.map((row) => calendarEntry(row.grantee, row.access_rights as CalendarAccessRights));
}

function calendarEntry(user: string, rights: CalendarAccessRights): FolderPermission {
  const level = calendarLevels[rights] ?? (rights as Level);
  return { user, level, rights: levels[level] };
}

async function folderEntries(db: MailboxDatabase, folder: number): Promise<FolderPermission[]> {
  const rows = await db.selectFrom('mailbox_folder_permission').select(['grantee', 'level', 'rights']).where('folder', '=', folder).orderBy('grantee').execute();
  return rows.map((row) => ({ user: row.grantee, level: row.level as FolderPermission['level'], rights: JSON.parse(row.rights) as FolderRights }));
}

function defaultEntry(user: string, folder: FolderRow): FolderPermission {
  const calendar = folder.distinguished === 'calendar' ? defaultCalendarPermissions.find((permission) => permission.user === user) : undefined;
  return calendar === undefined ? { user, level: 'None', rights: nothing } : calendarEntry(user, calendar.accessRights);
}

function invalid(reason: string): OrganizationError {
  return new OrganizationError('ORGANIZATION_INVALID_FOLDER_PERMISSION', `The permissions cannot be set: ${reason}.`);
}
