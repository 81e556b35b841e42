import { dayMs } from './calendar-date.ts';
import type { InstantWindow } from './expand-item.ts';

/**
 * How calendars find what touches a window without reading what does not. Items are sorted into classes by the length of
 * their span, and within a class by its start: whatever touches the window began no earlier than the class's length
 * before it. So the two-hour meetings of years past are never read, nor series that ended or have not begun.
 */
const lengths: readonly number[] = [dayMs / 6, dayMs, 8 * dayMs, 64 * dayMs, 512 * dayMs, 4096 * dayMs];

/** Series have classes of their own, as their span touching a window does not mean that they do. */
const seriesOffset = 10;

/** What `span_end` says of a series without end: the last instant that a date can name. */
export const endOfTime = 8.64e15;

export function spanClass(span: InstantWindow, isSeries: boolean): number {
  const length = span.end - span.start;
  const index = lengths.findIndex((longest) => length <= longest);
  return (index === -1 ? lengths.length : index) + (isSeries ? seriesOffset : 0);
}

/** Each class, with the earliest start that can still reach a window. */
export function spanClassesFor(windowStart: number, series: boolean): readonly { spanClass: number; earliest: number }[] {
  return [...lengths, Number.POSITIVE_INFINITY].map((length, index) => ({
    spanClass: index + (series ? seriesOffset : 0),
    earliest: Math.max(-endOfTime, windowStart - length),
  }));
}
