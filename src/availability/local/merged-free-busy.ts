import type { CalendarEvent, TimeWindow } from '../../ews/index.ts';
import type { FreeBusyStatus } from '../../organization/index.ts';

/**
 * The digit of each status in the merged stream. The EWS reference (MergedFreeBusy) knows 0 to 4, where 4 means that
 * there is no data; [MS-OXWAVLS] §4.3 says that 4 is not returned for a calendar that could be read, so an item marked
 * `NoData` merges as free. Working elsewhere has no digit of its own in that table; Microsoft Graph, the newer view of
 * the same service, documents 0 as "free or working elsewhere", and we write the same.
 */
const digitOf: Readonly<Record<FreeBusyStatus, number>> = { Free: 0, WorkingElsewhere: 0, NoData: 0, Tentative: 1, Busy: 2, OOF: 3 };

const statusOf: readonly FreeBusyStatus[] = ['Free', 'Tentative', 'Busy', 'OOF', 'NoData'];

/**
 * The merged stream of a window: one digit per interval, the highest status that touches it (EWS reference,
 * MergedFreeBusy: "the largest number is used"). The last interval may reach past the window; what happens beyond the
 * window does not count in it.
 */
export function mergedFreeBusy(events: readonly CalendarEvent[], window: TimeWindow, intervalInMinutes: number): string {
  const interval = intervalInMinutes * 60_000;
  const digits = new Uint8Array(Math.max(0, Math.ceil((window.end - window.start) / interval)));
  for (const event of events) {
    const digit = digitOf[event.busyType];
    const start = Math.max(event.start, window.start);
    const end = Math.min(event.end, window.end);
    if (digit === 0 || end <= start) continue;
    const last = Math.ceil((end - window.start) / interval);
    for (let index = Math.floor((start - window.start) / interval); index < last; index += 1) {
      if (digit > (digits[index] ?? 0)) digits[index] = digit;
    }
  }
  return digits.join('');
}

/**
 * Reads a merged stream back into blocks, for answers that hold nothing else. Neighbouring intervals of one status become
 * one block; free ones make none. What is not a known digit is read as no data.
 */
export function blocksOfMergedFreeBusy(merged: string, window: TimeWindow, intervalInMinutes: number): CalendarEvent[] {
  const interval = intervalInMinutes * 60_000;
  const blocks: CalendarEvent[] = [];
  for (let index = 0; index < merged.length; index += 1) {
    const busyType = statusOf[Number(merged[index])] ?? 'NoData';
    if (busyType === 'Free') continue;
    const start = window.start + index * interval;
    if (start >= window.end) break;
    const end = Math.min(start + interval, window.end);
    const before = blocks.at(-1);
    if (before?.busyType === busyType && before.end === start) before.end = end;
    else blocks.push({ start, end, busyType });
  }
  return blocks;
}
