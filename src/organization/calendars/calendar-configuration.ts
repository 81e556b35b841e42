import { OrganizationError } from '../organization-error.ts';
import { daysOfWeek } from './calendar-date.ts';
import { createTimeZone } from './create-time-zone.ts';
import type { DayOfWeek } from './recurrence.ts';

/** What `Get-MailboxCalendarConfiguration` shows of a mailbox's working hours. */
export interface CalendarConfiguration {
  workDays: readonly DayOfWeek[];
  /** Minutes after midnight, in the zone of the working hours. */
  workingHoursStartTime: number;
  workingHoursEndTime: number;
  /** Windows id. */
  workingHoursTimeZone: string;
}

/** Monday to Friday, 08:00 to 17:00, in the mailbox's zone. */
export function defaultCalendarConfiguration(timeZone: string): CalendarConfiguration {
  return { workDays: daysOfWeek.slice(1, 6), workingHoursStartTime: 480, workingHoursEndTime: 1020, workingHoursTimeZone: timeZone };
}

/**
 * @throws OrganizationError `ORGANIZATION_INVALID_CALENDAR_CONFIGURATION` (`facts.property` names what is wrong) or
 *   `ORGANIZATION_UNKNOWN_TIME_ZONE`
 */
export function checkCalendarConfiguration(configuration: CalendarConfiguration): void {
  const { workDays, workingHoursStartTime, workingHoursEndTime, workingHoursTimeZone } = configuration;
  if (new Set(workDays).size !== workDays.length || workDays.some((day) => !daysOfWeek.includes(day))) throw invalid('WorkDays', 'it must name different days of the week');
  if (!isMinute(workingHoursStartTime)) throw invalid('WorkingHoursStartTime', 'it must be a time of day');
  if (!isMinute(workingHoursEndTime)) throw invalid('WorkingHoursEndTime', 'it must be a time of day');
  if (workingHoursEndTime <= workingHoursStartTime) throw invalid('WorkingHoursEndTime', 'it must be later than WorkingHoursStartTime');
  createTimeZone(workingHoursTimeZone);
}

/** 1440 is the midnight that ends the day. */
function isMinute(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 1440;
}

function invalid(property: string, reason: string): OrganizationError {
  return new OrganizationError('ORGANIZATION_INVALID_CALENDAR_CONFIGURATION', `The calendar configuration is not valid: ${property}: ${reason}.`, { facts: { property } });
}
