import { HybridgeError } from '../foundation/index.ts';
import type { Instant, TimeZone } from '../organization/index.ts';

export type TimeArgumentErrorCode = 'CLI_TIME_UNREADABLE' | 'CLI_WINDOW_EMPTY' | 'CLI_OPTION';

const shape = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * Reads `2026-11-23`, `2026-11-23T08:00` (wall-clock time of `zone`) or `2026-11-23T08:00Z` (an instant).
 *
 * @throws HybridgeError `CLI_TIME_UNREADABLE`, also for a day that does not exist
 */
export function readTime(text: string, zone: TimeZone): Instant {
  const match = shape.exec(text.trim());
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (match ?? []).slice(1, 7).map((part) => Number(part ?? 0));
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(local);
  if (match === null || back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) {
    throw new HybridgeError<TimeArgumentErrorCode>('CLI_TIME_UNREADABLE', `"${text}" is not a time.`, { remedy: 'Write it as 2026-11-23 or 2026-11-23T08:00, with Z for UTC.' });
  }
  const offset = match[7];
  if (offset === undefined) return zone.toInstant(local);
  if (offset === 'Z') return local;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return local - (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}
