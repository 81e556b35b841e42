import { toLocal } from '../organization/index.ts';
import type { Instant, LocalTime, TimeZone } from '../organization/index.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The midnight that a wall-clock time's day began with. */
export function midnightOf(local: LocalTime): LocalTime {
  return Math.floor(local / day) * day;
}

/** `Tue 24 Nov` */
export function dayText(local: LocalTime): string {
  const date = new Date(local);
  return `${dayNames[date.getUTCDay()] ?? ''} ${String(date.getUTCDate()).padStart(2)} ${monthNames[date.getUTCMonth()] ?? ''}`;
}

/** `Tue 24 Nov 2026` */
export function dateText(local: LocalTime): string {
  return `${dayText(local)} ${new Date(local).getUTCFullYear()}`;
}

/** `09:30` */
export function timeText(local: LocalTime): string {
  return new Date(local).toISOString().slice(11, 16);
}

/** `W. Europe Standard Time (UTC+01:00)`; both offsets where the clocks change within the window. */
export function zoneText(zone: TimeZone, window: { start: Instant; end: Instant }): string {
  const first = offsetText(zone.offsetAt(window.start));
  const last = offsetText(zone.offsetAt(window.end - 1));
  const offsets = first === last ? first : `${first}, later ${last}`;
  return zone.id === offsets ? offsets : `${zone.id} (${offsets})`;
}

function offsetText(offset: number): string {
  if (offset === 0) return 'UTC';
  const minutes = Math.abs(offset) / minute;
  return `UTC${offset < 0 ? '-' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(Math.floor(minutes % 60)).padStart(2, '0')}`;
}

/** From when to when, in a zone: `Tue 24 Nov  09:00–10:30`, `Tue 24 Nov  all day`, `Tue 24 Nov – Fri 27 Nov  all day`, `Tue 24 Nov 22:00 – Wed 25 Nov 06:00`. */
export function spanText(zone: TimeZone, start: Instant, end: Instant): string {
  const from = toLocal(zone, start);
  const to = toLocal(zone, end);
  if (from === midnightOf(from) && to === midnightOf(to) && to > from) {
    const lastDay = to - day;
    return lastDay === from ? `${dayText(from)}  all day` : `${dayText(from)} – ${dayText(lastDay)}  all day`;
  }
  // A meeting that ends at midnight belongs to the day before it.
  if (midnightOf(from) === midnightOf(to) || (to === midnightOf(to) && to - midnightOf(from) === day)) return `${dayText(from)}  ${timeText(from)}–${timeText(to)}`;
  return `${dayText(from)} ${timeText(from)} – ${dayText(to)} ${timeText(to)}`;
}
