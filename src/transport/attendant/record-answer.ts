import { addressKey, isSeries } from '../../organization/index.ts';
import type { Attendee, Recipient } from '../../organization/index.ts';
import type { TransportContext } from '../submission.ts';
import type { MeetingMessage } from './attend.ts';
import { attendeeKeys, isSamePerson, meetingInCalendar } from './enter-meeting.ts';

/**
 * Enters an attendee's answer into the organiser's list. An answer about one happening of a series says nothing of the
 * others, and one of somebody who was not invited changes nothing.
 */
export async function recordAnswer(context: TransportContext, organizer: Recipient, { calendar, bag, from }: MeetingMessage): Promise<void> {
  const present = await meetingInCalendar(context.organization.mailboxes, organizer, calendar.uid);
  if (present?.calendar === undefined) return;
  if (typeof bag['calendar:RecurrenceId'] === 'number' && isSeries(present.calendar)) return;
  const responseType = bag['meeting:ResponseType'] as Attendee['responseType'] | undefined;
  // Answers may overtake one another: the later one counts.
  const answeredAt = Number(bag['item:DateTimeSent'] ?? context.clock.now());
  if (responseType === undefined) return;
  const sender = await context.organization.directory.resolve(from);
  const own = new Set([from, ...(sender?.emailAddresses ?? []), ...(sender?.externalEmailAddress === undefined ? [] : [sender.externalEmailAddress])].map(addressKey));
  const set: Record<string, readonly Attendee[]> = {};
  for (const key of attendeeKeys) {
    const list = present.properties[key] as readonly Attendee[] | undefined;
    const isIn = ({ mailbox }: Attendee): boolean => own.has(addressKey(mailbox.address ?? ''));
    if (list?.some((entry) => isIn(entry) && (entry.lastResponseTime ?? 0) <= answeredAt) !== true) continue;
    set[key] = list.map((entry) => (isIn(entry) ? { ...entry, responseType, lastResponseTime: answeredAt } : entry));
  }
  if (Object.keys(set).length === 0) return;
  if (!(await isSamePerson(context, organizer.primarySmtpAddress, (present.properties['calendar:Organizer'] as { address?: string } | undefined)?.address ?? organizer.primarySmtpAddress))) return;
  await context.organization.mailboxes.of(organizer.guid).items.update(present.id, { set }, { conflictResolution: 'AlwaysOverwrite' });
}
