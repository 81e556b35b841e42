import { HybridgeError } from '../foundation/index.ts';

/** Codes of the calendars. */
export type CalendarErrorCode =
  | 'ORGANIZATION_UNKNOWN_TIME_ZONE'
  | 'ORGANIZATION_INVALID_TIME_ZONE'
  | 'ORGANIZATION_INVALID_RECURRENCE'
  | 'ORGANIZATION_INVALID_CALENDAR_ITEM'
  | 'ORGANIZATION_INVALID_CALENDAR_CONFIGURATION'
  | 'ORGANIZATION_INVALID_CALENDAR_PERMISSION'
  | 'ORGANIZATION_ICALENDAR_REFUSED'
  | 'ORGANIZATION_TOO_MANY_OCCURRENCES';

/** Codes of the directory and of the configuration. */
export type DirectoryErrorCode =
  | 'ORGANIZATION_ADDRESS_TAKEN'
  | 'ORGANIZATION_NAME_TAKEN'
  | 'ORGANIZATION_INVALID_RECIPIENT'
  | 'ORGANIZATION_RECIPIENT_NOT_FOUND'
  | 'ORGANIZATION_OBJECT_NOT_FOUND'
  | 'ORGANIZATION_OBJECT_AMBIGUOUS'
  | 'ORGANIZATION_INVALID_OBJECT'
  | 'ORGANIZATION_DOMAIN_TAKEN'
  | 'ORGANIZATION_NT_HASH_KEY'
  | 'ORGANIZATION_SINGLETON';

export type OrganizationErrorCode = CalendarErrorCode | DirectoryErrorCode;

export class OrganizationError extends HybridgeError<OrganizationErrorCode> {
  override readonly name = 'OrganizationError';
}
