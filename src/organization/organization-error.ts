import { HybridgeError } from '../foundation/index.ts';

/** Codes of the calendars. */
export type CalendarErrorCode =
  | 'ORGANIZATION_UNKNOWN_TIME_ZONE'
  | 'ORGANIZATION_INVALID_TIME_ZONE'
  | 'ORGANIZATION_INVALID_RECURRENCE'
  | 'ORGANIZATION_INVALID_CALENDAR_ITEM'
  | 'ORGANIZATION_INVALID_CALENDAR_CONFIGURATION'
  | 'ORGANIZATION_INVALID_CALENDAR_PERMISSION'
  | 'ORGANIZATION_TOO_MANY_OCCURRENCES';

export type OrganizationErrorCode = CalendarErrorCode;

export class OrganizationError extends HybridgeError<OrganizationErrorCode> {
  override readonly name = 'OrganizationError';
}
