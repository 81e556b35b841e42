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
  const found = await meetingInCalendar(context.organization.mailboxes, organizer, calendar.uid);
  const responseType = bag['meeting:ResponseType'] as Attendee['responseType'] | undefined;
  if (found === undefined || responseType === undefined) return;
  if (!(await isSamePerson(context, organizer.primarySmtpAddress, (found.properties['calendar:Organizer'] as { address?: string } | undefined)?.address ?? organizer.primarySmtpAddress))) return;
  // Answers may overtake one another: the later one counts.
  const answeredAt = Number(bag['item:DateTimeSent'] ?? context.clock.now());
  const { 'calendar:RecurrenceId': recurrenceId, 'meeting:ProposedStart': proposedStart, 'meeting:ProposedEnd': proposedEnd } = bag;
  const answer = { responseType, lastResponseTime: answeredAt, ...(typeof proposedStart === 'number' && typeof proposedEnd === 'number' ? { proposedStart, proposedEnd } : {}) };
  const sender = await context.organization.directory.resolve(from);
  const own = new Set([from, ...(sender?.emailAddresses ?? []), ...(sender?.externalEmailAddress === undefined ? [] : [sender.externalEmailAddress])].map(addressKey));
  const isIn = ({ mailbox }: Attendee): boolean => own.has(addressKey(mailbox.address ?? ''));
  await context.organization.mailboxes.of(organizer.guid).items.change(found.id, (present) => {
    if (present.calendar === undefined) return undefined;
    const isOfOne = typeof recurrenceId === 'number' && isSeries(present.calendar);
    const happening = isOfOne ? happeningOf(present.calendar, recurrenceId) : undefined;
    if (isOfOne && happening === undefined) return undefined;
    const lists: PropertyBag = occurrenceBag(present.properties, happening);
    const listOf = (key: string): readonly Attendee[] => (lists[key] as readonly Attendee[] | undefined) ?? [];
    const set: Record<string, readonly Attendee[]> = {};
    for (const key of attendeeKeys) {
      if (!listOf(key).some((entry) => isIn(entry) && (entry.lastResponseTime ?? 0) <= answeredAt)) continue;
      set[key] = listOf(key).map((entry) => (isIn(entry) ? { mailbox: entry.mailbox, ...answer } : entry));
    }
    if (isInternal && sender !== undefined && !attendeeKeys.some((key) => listOf(key).some(isIn))) {
      set['calendar:OptionalAttendees'] = [...listOf('calendar:OptionalAttendees'), { mailbox: addressOf(sender), ...answer }];
    }
    if (Object.keys(set).length === 0) return undefined;
    return happening === undefined ? { set } : changeHappening(present, happening, set);
  });
}
