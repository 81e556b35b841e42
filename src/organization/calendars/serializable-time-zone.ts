import type { DayOfWeek } from './recurrence.ts';

/** [MS-OXWAVLS] SerializableTimeZone. Biases in minutes, UTC = local + bias, as Windows counts. */
export interface SerializableTimeZone {
  bias: number;
  standardTime: SerializableTimeZoneTransition;
  daylightTime: SerializableTimeZoneTransition;
}

export interface SerializableTimeZoneTransition {
  /** Minutes added to the zone's own bias. */
  bias: number;
  /** `HH:mm:ss`. */
  time: string;
  /** 1 to 5 (5 = last) with `year` absent; a day of the month with it. */
  dayOrder: number;
  /** 1 to 12; 0 or equal transitions mean: no daylight saving. */
  month: number;
  dayOfWeek: DayOfWeek;
  year?: number;
}
