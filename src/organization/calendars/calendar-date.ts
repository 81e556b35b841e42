import type { DayOfWeek } from './recurrence.ts';
import type { LocalTime } from './time-zone.ts';

/** Milliseconds of a day on a wall clock. */
export const dayMs = 86_400_000;

/** In the order of JavaScript's day numbers. */
export const daysOfWeek: readonly DayOfWeek[] = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Midnight of a date. Months are 1 to 12; those beyond run on into the neighbouring years. */
export function dateOf(year: number, month: number, day: number): LocalTime {
  const date = new Date(0);
  // Date.UTC would read the years 0 to 99 as 1900 to 1999.
  return date.setUTCFullYear(year, month - 1, day);
}

/** Midnight of the day that a wall-clock time falls on. */
export function startOfDay(local: LocalTime): LocalTime {
  return Math.floor(local / dayMs) * dayMs;
}

/** 0 is Sunday. */
export function dayNumber(local: LocalTime): number {
  // 1970-01-01 was a Thursday.
  return (((Math.floor(local / dayMs) + 4) % 7) + 7) % 7;
}

export function daysInMonth(year: number, month: number): number {
  return new Date(dateOf(year, month + 1, 0)).getUTCDate();
}

export function yearOf(local: LocalTime): number {
  return new Date(local).getUTCFullYear();
}

/** Months since year 0, so that months can be counted across years. */
export function monthNumber(local: LocalTime): number {
  const date = new Date(local);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
