import type { ModifiedOccurrence, NewCalendarItem } from '../calendars/calendar-item.ts';
import { contentSlot, copySlot, removeContent } from './content-store.ts';
import type { FoundAttachment } from './found-attachment.ts';
import type { OccurrenceTimes } from './item.ts';
import type { ItemRow } from './item-row.ts';
import { calendarOfRow, contentOf } from './item-row.ts';
import type { MailboxWrite } from './mailbox-write.ts';
import type { StoredAttachment } from './store-attachment.ts';
import { readBag, writeBag } from './stored-bag.ts';

// An exception of a series has attachments of its own ([MS-OXOCAL] §2.2.10.2). Which it begins with is not published there;
// as in Outlook it begins with those of the series (*unverified*), so that adding one takes none away.

/**
 * Gives an occurrence copies of what is attached to its series, unless it has attachments of its own already. The row's count
 * is brought up to date in place.
 *
 * @returns position of each that it showed before, and its position now
 */
export async function ownAttachments(to: MailboxWrite, row: ItemRow, all: readonly FoundAttachment[], { originalStart }: OccurrenceTimes): Promise<ReadonlyMap<number, number>> {
  const isOwn = calendarOfRow(row)?.modifiedOccurrences?.find((modified) => modified.originalStart === originalStart)?.hasAttachments !== undefined;
  if (isOwn) return new Map(all.map(({ position }) => [position, position]));
  const places = new Map<number, number>();
  const content = contentOf(row);
  // What is attached to an attached item comes after that.
  for (const { position, stored, size } of all) {
    const parent = stored.parent === undefined ? undefined : places.get(stored.parent);
    if (stored.originalStart !== undefined || (stored.parent !== undefined && parent === undefined)) continue;
    const place = ++row.attachment_count;
    const copy: StoredAttachment = { ...stored, ...(parent === undefined ? { originalStart } : { parent }) };
    await to.db.insertInto('mailbox_attachment').values({ content, position: place, attachment: writeBag({ ...copy }), size }).execute();
    await copySlot(to.db, content, contentSlot.firstAttachment + position - 1, contentSlot.firstAttachment + place - 1);
    places.set(position, place);
  }
  return places;
}

/** The changed occurrences of a series in which one has attachments of its own, as they are. */
export function withOwnAttachments(calendar: NewCalendarItem | undefined, all: readonly FoundAttachment[], { originalStart, start, end }: OccurrenceTimes): readonly ModifiedOccurrence[] {
  const others = (calendar?.modifiedOccurrences ?? []).filter((modified) => modified.originalStart !== originalStart);
  const former = calendar?.modifiedOccurrences?.find((modified) => modified.originalStart === originalStart);
  return [...others, { ...former, originalStart, start, end, hasAttachments: all.some(({ stored }) => stored.originalStart === originalStart && !stored.isInline) }];
}

/** Removes what was attached to occurrences that a series has no more, or that have nothing of their own any more. */
export async function removeOrphanedAttachments(to: MailboxWrite, row: ItemRow, calendar: NewCalendarItem | undefined): Promise<void> {
  const content = contentOf(row);
  const kept = new Set((calendar?.modifiedOccurrences ?? []).filter(({ hasAttachments }) => hasAttachments !== undefined).map(({ originalStart }) => originalStart));
  const rows = await to.db.selectFrom('mailbox_attachment').select(['position', 'attachment']).where('content', '=', content).orderBy('position').execute();
  const gone = new Set<number>();
  for (const { position, attachment } of rows) {
    const { originalStart, parent } = readBag(attachment) as unknown as StoredAttachment;
    if ((originalStart !== undefined && !kept.has(originalStart)) || (parent !== undefined && gone.has(parent))) gone.add(position);
  }
  await removePositions(to, row, gone);
}

/** Removes attachments with their bytes. The row's size is for the caller to bring up to date. */
export async function removePositions(to: MailboxWrite, row: ItemRow, positions: Iterable<number>): Promise<void> {
  const content = contentOf(row);
  for (const position of positions) {
    await to.db.deleteFrom('mailbox_attachment').where('content', '=', content).where('position', '=', position).execute();
    await removeContent(to.db, content, contentSlot.firstAttachment + position - 1);
  }
}
