import { isSeries } from '../../organization/index.ts';
import type { Recipient } from '../../organization/index.ts';
import type { TransportContext } from '../submission.ts';
import type { MeetingMessage } from './attend.ts';
import { isCurrent, meetingInCalendar } from './enter-meeting.ts';

/** Marks a meeting, or removes one happening of it, as its organiser has cancelled it. */
export async function strikeMeeting(context: TransportContext, owner: Recipient, message: MeetingMessage, { isRemoved }: { isRemoved: boolean }): Promise<void> {
  const present = await meetingInCalendar(context.organization.mailboxes, owner, message.calendar.uid);
  if (present?.calendar === undefined || !(await isCurrent(context, present, message))) return;
  const { items } = context.organization.mailboxes.of(owner.guid);
  const originalStart = message.bag['calendar:RecurrenceId'];
  if (typeof originalStart === 'number' && isSeries(present.calendar)) {
    const { deletedOccurrences = [], modifiedOccurrences = [] } = present.calendar;
    await items.update(present.id, { calendar: { deletedOccurrences: [...deletedOccurrences.filter((each) => each !== originalStart), originalStart], modifiedOccurrences: modifiedOccurrences.filter((each) => each.originalStart !== originalStart) } });
    return;
  }
  // Invited to one happening alone, somebody has it as if it were single: others of its series do not concern it.
  const only = present.properties['calendar:RecurrenceId'];
  if (typeof originalStart === 'number' && typeof only === 'number' && only !== originalStart) return;
  if (isRemoved) {
    await items.delete(present.id, 'MoveToDeletedItems');
    return;
  }
  const { subject } = present.calendar;
  const cancelled = subject.startsWith('Canceled: ') ? subject : `Canceled: ${subject}`;
  await items.update(present.id, { set: { 'calendar:IsCancelled': true, 'item:Subject': cancelled }, calendar: { freeBusyStatus: 'Free', subject: cancelled } }, { conflictResolution: 'AlwaysOverwrite' });
}
