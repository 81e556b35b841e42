import { addressKey, isSeries, occurrenceBag } from '../../organization/index.ts';
import type { Attendee, PropertyBag, Recipient } from '../../organization/index.ts';
import { addressOf } from '../address-of.ts';
import type { TransportContext } from '../submission.ts';
import type { MeetingMessage } from './attend.ts';
import { attendeeKeys, isSamePerson, meetingInCalendar } from './enter-meeting.ts';
import { changeHappening, happeningOf } from './happening.ts';

/**
 * Enters an attendee's answer into the organiser's list. An answer about one happening of a series is entered in the list of
 * that one and says nothing of the others. Somebody of the organisation who was not invited by name, but through a group or by an attendee who passed the
 * request on, becomes an optional attendee; a stranger who was not invited changes nothing.
 */
export async function recordAnswer(context: TransportContext, organizer: Recipient, { calendar, bag, from }: MeetingMessage, isInternal: boolean): Promise<void> {
  const present = await meetingInCalendar(context.organization.mailboxes, organizer, calendar.uid);
  if (present?.calendar === undefined) return;
  const recurrenceId = bag['calendar:RecurrenceId'];
  const isOfOne = typeof recurrenceId === 'number' && isSeries(present.calendar);
  const happening = isOfOne ? happeningOf(present.calendar, recurrenceId) : undefined;
  if (isOfOne && happening === undefined) return;
  const lists: PropertyBag = occurrenceBag(present.properties, happening);
  const responseType = bag['meeting:ResponseType'] as Attendee['responseType'] | undefined;
  // Answers may overtake one another: the later one counts.
  const answeredAt = Number(bag['item:DateTimeSent'] ?? context.clock.now());
  if (responseType === undefined) return;
  const { 'meeting:ProposedStart': proposedStart, 'meeting:ProposedEnd': proposedEnd } = bag;
  const answer = { responseType, lastResponseTime: answeredAt, ...(typeof proposedStart === 'number' && typeof proposedEnd === 'number' ? { proposedStart, proposedEnd } : {}) };
  const sender = await context.organization.directory.resolve(from);
  const own = new Set([from, ...(sender?.emailAddresses ?? []), ...(sender?.externalEmailAddress === undefined ? [] : [sender.externalEmailAddress])].map(addressKey));
  const set: Record<string, readonly Attendee[]> = {};
  for (const key of attendeeKeys) {
    const list = lists[key] as readonly Attendee[] | undefined;
    const isIn = ({ mailbox }: Attendee): boolean => own.has(addressKey(mailbox.address ?? ''));
    if (list?.some((entry) => isIn(entry) && (entry.lastResponseTime ?? 0) <= answeredAt) !== true) continue;
    set[key] = list.map((entry) => (isIn(entry) ? { mailbox: entry.mailbox, ...answer } : entry));
  }
  const isListed = attendeeKeys.some((key) => (lists[key] as readonly Attendee[] | undefined)?.some(({ mailbox }) => own.has(addressKey(mailbox.address ?? ''))));
  if (!isListed && isInternal && sender !== undefined) {
    const list = (lists['calendar:OptionalAttendees'] as readonly Attendee[] | undefined) ?? [];
    set['calendar:OptionalAttendees'] = [...list, { mailbox: addressOf(sender), ...answer }];
  }
  if (Object.keys(set).length === 0) return;
  if (!(await isSamePerson(context, organizer.primarySmtpAddress, (present.properties['calendar:Organizer'] as { address?: string } | undefined)?.address ?? organizer.primarySmtpAddress))) return;
  await context.organization.mailboxes.of(organizer.guid).items.update(present.id, happening === undefined ? { set } : changeHappening(present, happening, set), { conflictResolution: 'AlwaysOverwrite' });
}
