import { toLocal } from '../../organization/index.ts';
import type { Instant, LocalTime, TimeZone } from '../../organization/index.ts';

/** An xs:dateTime: its fields as a wall-clock time, and the offset where the text has one. */
export interface ParsedDateTime {
  local: LocalTime;
  /** Milliseconds east of UTC; absent for a time without zone. */
  offset?: number;
}

const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,30})?(Z|[+-]\d\d:\d\d)?$/;

/** Reads an xs:dateTime of the years 1 to 9999; undefined for anything else. `24:00:00` is the next midnight. */
export function parseDateTime(text: string): ParsedDateTime | undefined {
  const match = pattern.exec(text.trim());
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  const fraction = match[7] === undefined ? 0 : Math.trunc(Number(match[7]) * 1000);
  const isEndOfDay = hour === 24 && minute === 0 && second === 0 && fraction === 0;
  if (year < 1 || (hour > 23 && !isEndOfDay) || minute > 59 || second > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const local = date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + fraction;
  const zone = match[8];
  if (zone === undefined) return { local };
  if (zone === 'Z') return { local, offset: 0 };
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 14 || minutes > 59 || (hours === 14 && minutes > 0)) return undefined;
  return { local, offset: (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000 };
}

/** The instant of a parsed time; one without an offset is read in `zone`. */
export function toInstant(time: ParsedDateTime, zone: TimeZone): Instant {
  return time.offset === undefined ? zone.toInstant(time.local) : time.local - time.offset;
}

/** A wall-clock time of a zone, without offset, whole seconds: how the Availability service writes all its times. */
export function formatLocalDateTime(zone: TimeZone, instant: Instant): string {
  return new Date(toLocal(zone, instant)).toISOString().slice(0, 19);
}
