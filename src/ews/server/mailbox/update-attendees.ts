import type { Attendee, Item, Mailbox, PropertyBag } from '../../../organization/index.ts';
import { attendeeKeys, isSameTime } from '../../../transport/index.ts';
import type { MailboxSession } from './mailbox-session.ts';
import { cancelMeeting, inviteToMeeting } from './meeting-messages.ts';
import { addressesOf, attendeesOf } from './meeting-state.ts';
import type { Occurrence } from './resolve-item.ts';

/** Tells attendees of a changed meeting: those who stay, those who are new, and those who are no longer invited. */
export async function updateAttendees(session: MailboxSession, mailbox: Mailbox, { before, after }: { before: Item; after: Item }, how: string, occurrence: Occurrence | undefined): Promise<void> {
  const saveCopy = how.endsWith('AndSaveCopy');
  const former = addressesOf(attendeesOf(before.properties));
  const present = addressesOf(attendeesOf(after.properties));
  const keys = (people: typeof former): Set<string> => new Set(people.map(({ address }) => (address ?? '').toLowerCase()));
  const [formerKeys, presentKeys] = [keys(former), keys(present)];
  const added = present.filter(({ address }) => !formerKeys.has((address ?? '').toLowerCase()));
  const gone = former.filter(({ address }) => !presentKeys.has((address ?? '').toLowerCase()));
  const isChangedOnly = how.includes('Changed');
  const kept = isChangedOnly && (added.length > 0 || gone.length > 0) ? [] : present.filter((person) => !added.includes(person));
  const one = occurrence === undefined ? {} : { occurrence };
  const sequence = Number(before.properties['calendar:AppointmentSequenceNumber'] ?? 0) + 1;
  const item = await mailbox.items.update(after.id, { set: { ...unanswered(before, after), 'calendar:AppointmentSequenceNumber': sequence, 'calendar:MeetingRequestWasSent': true } });
  if (kept.length > 0) await inviteToMeeting(session, mailbox, item, { isUpdate: true, saveCopy, only: kept, ...one });
  if (added.length > 0) await inviteToMeeting(session, mailbox, item, { isUpdate: false, saveCopy, only: added, ...one });
  if (gone.length > 0) await cancelMeeting(session, mailbox, before, { saveCopy, only: gone, ...one });
}

/** What attendees answered to another time is no answer any more. */
function unanswered(before: Item, after: Item): PropertyBag {
  if (before.calendar === undefined || after.calendar === undefined || isSameTime(before.calendar, after.calendar)) return {};
  return Object.fromEntries(
    attendeeKeys.flatMap((key) => {
      const list = after.properties[key] as readonly Attendee[] | undefined;
      return list === undefined ? [] : [[key, list.map(({ mailbox }) => ({ mailbox }))]];
    }),
  );
}
