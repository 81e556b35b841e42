import { occurrenceBag, occurrenceMeetingPrefix } from '../../../organization/index.ts';
import type { Attendee, EmailAddress, Item, ItemChanges, Mailbox, ModifiedOccurrence, PropertyBag } from '../../../organization/index.ts';
import { attendeeKeys, changeHappening, isSameTime } from '../../../transport/index.ts';
import type { MailboxSession } from './mailbox-session.ts';
import { cancelMeeting, inviteToMeeting } from './meeting-messages.ts';
import { addressesOf, attendeesOf } from './meeting-state.ts';
import { occurrenceAt } from './resolve-item.ts';
import type { Occurrence } from './resolve-item.ts';

/** A meeting before and after a change; with `occurrence`, as it was before, the change is to that one of a series. */
export interface MeetingChange {
  before: Item;
  after: Item;
  occurrence?: Occurrence;
}

/** Tells attendees of a changed meeting: those who stay, those who are new, and those who are no longer invited. */
export async function updateAttendees(session: MailboxSession, mailbox: Mailbox, { before, after, occurrence }: MeetingChange, how: string): Promise<void> {
  const saveCopy = how.endsWith('AndSaveCopy');
  const [formerOne, presentOne] = [modifiedIn(before, occurrence), modifiedIn(after, occurrence)];
  const former = addressesOf(attendeesOf(occurrenceBag(before.properties, formerOne)));
  const present = addressesOf(attendeesOf(occurrenceBag(after.properties, presentOne)));
  const [formerKeys, presentKeys] = [keysOf(former), keysOf(present)];
  const added = present.filter((person) => !formerKeys.has(keyOf(person)));
  const gone = former.filter((person) => !presentKeys.has(keyOf(person)));
  const isChangedOnly = how.includes('Changed');
  const kept = isChangedOnly && (added.length > 0 || gone.length > 0) ? [] : present.filter((person) => !added.includes(person));
  const item = await mailbox.items.change(after.id, (current) => {
    const one = modifiedIn(current, occurrence);
    const reset = occurrence === undefined || one === undefined ? { set: { ...unanswered(before, current), ...inHappenings(current.properties, added, gone) } } : changeHappening(current, one, unansweredOne(current, one, occurrence));
    const sequence = Number(current.properties['calendar:AppointmentSequenceNumber'] ?? 0) + 1;
    return { ...reset, set: { ...reset.set, 'calendar:AppointmentSequenceNumber': sequence, 'calendar:MeetingRequestWasSent': true } };
  });
  // The messages are about the happening as it is now.
  const now = occurrence === undefined || item.calendar === undefined ? undefined : occurrenceAt(item.calendar, occurrence.originalStart);
  const one = now === undefined ? {} : { occurrence: now };
  if (kept.length > 0) await inviteToMeeting(session, mailbox, item, { isUpdate: true, saveCopy, only: kept, ...one });
  if (added.length > 0) await inviteToMeeting(session, mailbox, item, { isUpdate: false, saveCopy, only: added, ...one });
  if (gone.length > 0) await cancelMeeting(session, mailbox, before, { saveCopy, only: gone, ...(occurrence === undefined ? {} : { occurrence }) });
  if (occurrence === undefined) await cancelLostHappenings(session, mailbox, { before, after }, saveCopy);
}

/** Who was invited only to a happening that the series has no longer is told so. */
async function cancelLostHappenings(session: MailboxSession, mailbox: Mailbox, { before, after }: MeetingChange, saveCopy: boolean): Promise<void> {
  const ofSeries = keysOf(addressesOf([...attendeesOf(before.properties), ...attendeesOf(after.properties)]));
  for (const modified of before.calendar?.modifiedOccurrences ?? []) {
    const lost = before.calendar === undefined || after.calendar?.modifiedOccurrences?.some(({ originalStart }) => originalStart === modified.originalStart) === true ? undefined : occurrenceAt(before.calendar, modified.originalStart);
    const only = lost === undefined ? [] : addressesOf(attendeesOf(occurrenceBag(before.properties, modified))).filter((person) => !ofSeries.has(keyOf(person)));
    if (lost !== undefined && only.length > 0) await cancelMeeting(session, mailbox, before, { saveCopy, only, occurrence: lost });
  }
}

function keyOf({ address }: EmailAddress): string {
  return (address ?? '').toLowerCase();
}

function keysOf(people: readonly EmailAddress[]): Set<string> {
  return new Set(people.map(keyOf));
}

function modifiedIn({ calendar }: Item, occurrence: Occurrence | undefined): ModifiedOccurrence | undefined {
  return occurrence === undefined ? undefined : calendar?.modifiedOccurrences?.find(({ originalStart }) => originalStart === occurrence.originalStart);
}

/** What attendees answered to another time is no answer any more. */
function unanswered(before: Item, after: Item): PropertyBag {
  if (before.calendar === undefined || after.calendar === undefined || isSameTime(before.calendar, after.calendar)) return {};
  return withoutAnswers(after.properties);
}

function unansweredOne(after: Item, present: ModifiedOccurrence, former: Occurrence): PropertyBag {
  return present.start === former.start && present.end === former.end ? {} : withoutAnswers(occurrenceBag(after.properties, present));
}

function withoutAnswers(bag: PropertyBag): PropertyBag {
  return Object.fromEntries(
    attendeeKeys.flatMap((key) => {
      const list = bag[key] as readonly Attendee[] | undefined;
      return list === undefined ? [] : [[key, list.map(({ mailbox }) => ({ mailbox }))]];
    }),
  );
}

/** Who comes to a series, or leaves it, does so in its happenings with lists of their own, too. */
function inHappenings(bag: PropertyBag, added: readonly EmailAddress[], gone: readonly EmailAddress[]): NonNullable<ItemChanges['set']> {
  const [addedKeys, goneKeys] = [keysOf(added), keysOf(gone)];
  const changed: Record<string, PropertyBag> = {};
  for (const [happening, own] of Object.entries(bag)) {
    if (!happening.startsWith(occurrenceMeetingPrefix)) continue;
    const lists: Record<string, readonly Attendee[]> = {};
    for (const key of attendeeKeys) {
      const list = (own as PropertyBag)[key] as readonly Attendee[] | undefined;
      if (list === undefined) continue;
      const isIn = keysOf(list.map(({ mailbox }) => mailbox));
      const more = ((bag[key] as readonly Attendee[] | undefined) ?? []).filter(({ mailbox }) => addedKeys.has(keyOf(mailbox)) && !isIn.has(keyOf(mailbox)));
      lists[key] = [...list.filter(({ mailbox }) => !goneKeys.has(keyOf(mailbox))), ...more];
    }
    if (Object.keys(lists).length > 0) changed[happening] = { ...(own as PropertyBag), ...lists };
  }
  return changed;
}
