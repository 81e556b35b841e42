import { expandItem, isSeries } from '../../../organization/index.ts';
import type { Folder, Item, Mailbox, Page } from '../../../organization/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import type { View } from '../../codec/views.ts';
import type { Occurrence, ResolvedItem } from './resolve-item.ts';
import { occurrencesIn } from './resolve-item.ts';

/** Happenings in one answer: Exchange's limit for a view without MaxEntriesReturned. */
const maximumOccurrences = 5_000;

/**
 * What happens in a calendar in a half-open window, series expanded, by start. What only touches the window's end is no
 * part of it, nor what ends as it begins.
 *
 * @throws EwsFault `ErrorCalendarViewRangeTooBig`, `ErrorCannotCreateCalendarItemInNonCalendarFolder`
 */
export async function calendarViewOf(mailbox: Mailbox, folder: Folder, view: Extract<View, { kind: 'calendar' }>): Promise<Page<ResolvedItem>> {
  if (!folder.folderClass.toLowerCase().startsWith('ipf.appointment')) throw new EwsFault('ErrorInvalidOperation', 'A calendar view can only be used on a calendar folder.');
  const found: ResolvedItem[] = [];
  for await (const items of mailbox.items.inWindow(folder.id, view)) {
    for (const resolved of items.flatMap((item) => [...happenings(mailbox, item, view)])) {
      found.push(resolved);
      if (found.length > maximumOccurrences) throw new EwsFault('ErrorExceededFindCountLimit', `The search found more than ${maximumOccurrences} items. Ask for a shorter time.`);
    }
  }
  found.sort((a, b) => startOf(a) - startOf(b) || (a.item.id < b.item.id ? -1 : 1));
  const entries = found.slice(0, view.limit);
  return { entries, total: found.length, nextOffset: entries.length, includesLast: entries.length === found.length };
}

function* happenings(mailbox: Mailbox, item: Item, window: { start: number; end: number }): Generator<ResolvedItem> {
  const { calendar } = item;
  if (calendar === undefined) return;
  if (isSeries(calendar)) {
    for (const occurrence of occurrencesIn(calendar, window)) if (isInside(occurrence, window)) yield { mailbox, item, occurrence };
    return;
  }
  for (const happening of expandItem(calendar, window)) if (isInside(happening, window)) yield { mailbox, item };
}

function isInside({ start, end }: Pick<Occurrence, 'start' | 'end'>, window: { start: number; end: number }): boolean {
  return start < window.end && (end > window.start || (end === start && start >= window.start));
}

function startOf({ item, occurrence }: ResolvedItem): number {
  return occurrence?.start ?? item.calendar?.start ?? 0;
}
