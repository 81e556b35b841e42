import { OrganizationError } from '../organization-error.ts';

/** Roles that `Set-MailboxFolderPermission -AccessRights` takes on a calendar. */
export type CalendarAccessRights =
  | 'None'
  | 'AvailabilityOnly'
  | 'LimitedDetails'
  | 'Reviewer'
  | 'Contributor'
  | 'NonEditingAuthor'
  | 'Author'
  | 'PublishingAuthor'
  | 'Editor'
  | 'PublishingEditor'
  | 'Owner';

/** What of a calendar a person sees when looking up free/busy. */
export type FreeBusyAccess = 'None' | 'AvailabilityOnly' | 'LimitedDetails' | 'FullDetails';

export interface CalendarPermission {
  /** `Default`, `Anonymous`, or the guid of a recipient. */
  user: string;
  accessRights: CalendarAccessRights;
}

/**
 * Every role that may read items sees all of a lookup. To a Contributor the contents of the folder do not appear
 * ([MS-OXWSMTGS] 2.2.5.4); that its lookups see nothing either is *unverified*.
 */
const access: Readonly<Record<CalendarAccessRights, FreeBusyAccess>> = {
  None: 'None',
  AvailabilityOnly: 'AvailabilityOnly',
  LimitedDetails: 'LimitedDetails',
  Reviewer: 'FullDetails',
  Contributor: 'None',
  NonEditingAuthor: 'FullDetails',
  Author: 'FullDetails',
  PublishingAuthor: 'FullDetails',
  Editor: 'FullDetails',
  PublishingEditor: 'FullDetails',
  Owner: 'FullDetails',
};

/** What a new calendar grants before anyone changes it. */
export const defaultCalendarPermissions: readonly CalendarPermission[] = [
  { user: 'Default', accessRights: 'AvailabilityOnly' },
  { user: 'Anonymous', accessRights: 'None' },
];

export function freeBusyAccessOf(accessRights: CalendarAccessRights): FreeBusyAccess {
  return access[accessRights];
}

/** @throws OrganizationError `ORGANIZATION_INVALID_CALENDAR_PERMISSION` */
export function checkAccessRights(accessRights: string): asserts accessRights is CalendarAccessRights {
  if (Object.hasOwn(access, accessRights)) return;
  throw new OrganizationError('ORGANIZATION_INVALID_CALENDAR_PERMISSION', 'The access rights are not known.', {
    facts: { accessRights: accessRights.slice(0, 100) },
    remedy: `Use one of ${Object.keys(access).join(', ')}.`,
  });
}

/** The form in which a grantee is stored: the two built-in ones as Exchange writes them, guids in lower case. */
export function granteeOf(user: string): string {
  const key = user.toLowerCase();
  if (key === 'default') return 'Default';
  return key === 'anonymous' ? 'Anonymous' : key;
}
