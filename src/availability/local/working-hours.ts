import type { WorkingHours } from '../../ews/index.ts';
import type { CalendarConfiguration, Instant } from '../../organization/index.ts';
import { createTimeZone, toSerializable } from '../../organization/index.ts';

/**
 * The working hours of a calendar, with the rules of its zone in force at `at`; undefined when they end before they
 * begin, which Exchange refuses to answer with.
 */
export function workingHoursOf(configuration: CalendarConfiguration, at: Instant): WorkingHours | undefined {
  const { workDays, workingHoursStartTime, workingHoursEndTime, workingHoursTimeZone } = configuration;
  if (workingHoursEndTime < workingHoursStartTime) return undefined;
  return {
    timeZone: toSerializable(createTimeZone(workingHoursTimeZone), at),
    periods: [{ daysOfWeek: workDays, startTimeInMinutes: workingHoursStartTime, endTimeInMinutes: workingHoursEndTime }],
  };
}
