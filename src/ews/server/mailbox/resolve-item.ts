import { expandItem, isSeries } from '../../../organization/index.ts';
import type { CalendarItem, CalendarOccurrence, Instant, Item, Mailbox, ModifiedOccurrence } from '../../../organization/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import type { ItemReference } from '../../codec/references.ts';
import type { Access, MailboxSession } from './mailbox-session.ts';
import { isHiddenFrom } from './mailbox-session.ts';
import { masterOfOccurrence } from './occurrence-id.ts';

/** One happening of a series, and when the pattern puts it. */
export interface Occurrence extends CalendarOccurrence {
  originalStart: Instant;
}

/** An item that a client named: stored, or one happening of a stored series. */
export interface ResolvedItem {
  mailbox: Mailbox;
  item: Item;
  occurrence?: Occurrence;
}

/** Happenings that are counted out for an index. */
const maximumIndex = 100_000;

/**
 * Finds an item, and proves that the actor may do that with it. A change key is not checked here.
 *
 * @throws EwsFault, and what `items.get` throws
 */
export async function resolveItem(session: MailboxSession, reference: ItemReference, access: Access): Promise<ResolvedItem> {
  const id = reference.kind === 'item' ? reference.id : reference.kind === 'master' ? reference.occurrenceId : reference.masterId;
  const mailbox = session.mailboxOfItem(id);
  const of = masterOfOccurrence(id);
  const item = await mailbox.items.get(of?.masterId ?? id);
  await session.allow(mailbox, item.folderId, access);
  if (isHiddenFrom(session, mailbox, item)) throw new EwsFault('ErrorItemNotFound', 'The specified object was not found in the store.');
  if (reference.kind === 'master') {
    if (of === undefined) throw new EwsFault('ErrorCalendarCannotUseIdForOccurrenceId', 'Cannot use an occurrence Id here: the Id is not that of an occurrence.');
    return { mailbox, item };
  }
  if (reference.kind === 'occurrence') {
    if (of !== undefined || item.calendar === undefined || !isSeries(item.calendar)) throw new EwsFault('ErrorCalendarCannotUseIdForRecurringMasterId', 'Cannot use this Id as the Id of a recurring master.');
    return { mailbox, item, occurrence: occurrenceByIndex(item.calendar, reference.index) };
  }
  if (of === undefined) return { mailbox, item };
  const occurrence = item.calendar === undefined ? undefined : occurrenceAt(item.calendar, of.originalStart);
  if (occurrence === undefined) throw new EwsFault('ErrorItemNotFound', 'The specified object was not found in the store.');
  return { mailbox, item, occurrence };
}

/** The happening that the pattern puts at an instant; undefined where it was deleted or never was. */
export function occurrenceAt(calendar: CalendarItem, originalStart: Instant): Occurrence | undefined {
  const modified = calendar.modifiedOccurrences?.find((candidate) => candidate.originalStart === originalStart);
  const window = modified === undefined ? { start: originalStart, end: originalStart + 1 } : { start: modified.start, end: Math.max(modified.end, modified.start + 1) };
  for (const occurrence of occurrencesIn(calendar, window)) if (occurrence.originalStart === originalStart) return occurrence;
  return undefined;
}

/** The happenings in a window, as they are found. */
export function* occurrencesIn(calendar: CalendarItem, window: { start: Instant; end: Instant }): Generator<Occurrence> {
  for (const occurrence of expandItem(calendar, window)) {
    const modified = occurrence.isException ? calendar.modifiedOccurrences?.find(({ start, end }) => start === occurrence.start && end === occurrence.end) : undefined;
    yield { ...occurrence, originalStart: modified?.originalStart ?? occurrence.start };
  }
}

/** Counts from 1 by the order of original starts; deleted ones count too. */
function occurrenceByIndex(calendar: CalendarItem, index: number): Occurrence {
  const outOfRange = (): EwsFault => new EwsFault('ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange', 'Occurrence index is out of recurrence range.');
  if (index < 1 || index > maximumIndex) throw outOfRange();
  const whole: CalendarItem = { ...calendar, modifiedOccurrences: [], deletedOccurrences: [] };
  let count = 0;
  for (const { start } of expandItem(whole, { start: -62_135_596_800_000, end: 253_402_300_799_000 })) {
    count += 1;
    if (count < index) continue;
    if (calendar.deletedOccurrences?.includes(start) === true) throw new EwsFault('ErrorCalendarOccurrenceIsDeletedFromRecurrence', 'The occurrence has been deleted from the recurrence.');
    const found = occurrenceAt(calendar, start);
    if (found !== undefined) return found;
    break;
  }
  throw outOfRange();
}

/** How one happening differs from its series, where it does. */
export function modifiedOf({ item, occurrence }: Pick<ResolvedItem, 'item' | 'occurrence'>): ModifiedOccurrence | undefined {
  return occurrence === undefined ? undefined : item.calendar?.modifiedOccurrences?.find(({ originalStart }) => originalStart === occurrence.originalStart);
}
