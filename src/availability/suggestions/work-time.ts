import type { WorkingPeriod } from '../../ews/index.ts';
import type { DayOfWeek, Instant, TimeZone } from '../../organization/index.ts';
import { toLocal } from '../../organization/index.ts';

/** A person's working periods in the zone they are meant in. */
export interface WorkTime {
  zone: TimeZone;
  periods: readonly WorkingPeriod[];
}

const daysOfWeek: readonly DayOfWeek[] = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const dayMs = 86_400_000;

/** Working hours of somebody whose own are not known: Exchange's defaults, Monday to Friday, 8:00 to 17:00. */
export function defaultWorkTime(zone: TimeZone): WorkTime {
  return { zone, periods: [{ daysOfWeek: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'], startTimeInMinutes: 480, endTimeInMinutes: 1020 }] };
}

/** True when the whole time lies within one working period, on the wall clock of that zone. */
export function isWorkTime(work: WorkTime, start: Instant, end: Instant): boolean {
  const localStart = toLocal(work.zone, start);
  const midnight = Math.floor(localStart / dayMs) * dayMs;
  const day = daysOfWeek[new Date(localStart).getUTCDay()];
  const startMinute = (localStart - midnight) / 60_000;
  const endMinute = (toLocal(work.zone, end) - midnight) / 60_000;
  return work.periods.some(
    (period) => day !== undefined && period.daysOfWeek.includes(day) && startMinute >= period.startTimeInMinutes && endMinute <= period.endTimeInMinutes,
  );
}
