import type { DayOfWeek } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';

const days: readonly DayOfWeek[] = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const groups: Readonly<Record<string, readonly DayOfWeek[]>> = { alldays: days, weekdays: days.slice(1, 6), weekenddays: ['Sunday', 'Saturday'], none: [] };

/** Work days as published: `Weekdays`, `AllDays`, `WeekendDays`, or days in a row with commas. */
export function formatWorkDays(workDays: readonly DayOfWeek[]): string {
  const ordered = days.filter((day) => workDays.includes(day));
  for (const name of ['AllDays', 'Weekdays', 'WeekendDays', 'None']) {
    const group = groups[name.toLowerCase()] ?? [];
    if (group.length === ordered.length && group.every((day) => ordered.includes(day))) return name;
  }
  return ordered.join(', ');
}

/** Reads days and groups of days. @throws ManagementError `MANAGEMENT_PARAMETER_INVALID` */
export function parseWorkDays(values: readonly string[]): DayOfWeek[] {
  const wanted = new Set<DayOfWeek>();
  for (const word of values.flatMap((value) => value.split(',')).map((value) => value.trim()).filter((value) => value !== '')) {
    const named = groups[word.toLowerCase()] ?? days.filter((day) => day.toLowerCase() === word.toLowerCase());
    if (named.length === 0 && word.toLowerCase() !== 'none') {
      throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', `Cannot process argument transformation on parameter 'WorkDays'. Unable to match the identifier name ${word.slice(0, 50)} to a valid enumerator name. Specify one of the following enumerator names and try again: None, ${days.join(', ')}, Weekdays, WeekendDays, AllDays`);
    }
    for (const day of named) wanted.add(day);
  }
  return days.filter((day) => wanted.has(day));
}

/** Minutes after midnight as a TimeSpan is shown: `08:00:00`; 1440 is `1.00:00:00`. */
export function formatTimeOfDay(minutes: number): string {
  if (minutes === 1440) return '1.00:00:00';
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}:00`;
}
