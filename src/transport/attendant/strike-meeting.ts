import { isSeries } from '../../organization/index.ts';
import type { Recipient } from '../../organization/index.ts';
import type { TransportContext } from '../submission.ts';
import type { MeetingMessage } from './attend.ts';
import { entriesOfMeeting, isCurrent, isLoneHappening } from './enter-meeting.ts';
import { withoutHappening } from './happening.ts';

/** Marks a meeting, or removes one happening of it, as its organiser has cancelled it. */
export async function strikeMeeting(context: TransportContext, owner: Recipient, message: MeetingMessage, { isRemoved }: { isRemoved: boolean }): Promise<void> {
  const { items } = context.organization.mailboxes.of(owner.guid);
  const originalStart = message.bag['calendar:RecurrenceId'];
  for (const entry of await entriesOfMeeting(context.organization.mailboxes, owner, message.calendar.uid)) {
    // Of a series, who is invited to some of its happenings alone has each by itself.
    if (typeof originalStart === 'number' && isLoneHappening(entry) && entry.properties['calendar:RecurrenceId'] !== originalStart) continue;
    if (!(await isCurrent(context, entry, message))) continue;
    if (typeof originalStart === 'number' && entry.calendar !== undefined && isSeries(entry.calendar)) {
      await items.change(entry.id, (present) => withoutHappening(present, originalStart));
    } else if (isRemoved) {
      await items.delete(entry.id, 'MoveToDeletedItems');
    } else {
      await items.change(entry.id, ({ calendar }) => {
        const subject = calendar?.subject ?? '';
        const cancelled = subject.startsWith('Canceled: ') ? subject : `Canceled: ${subject}`;
        return { set: { 'calendar:IsCancelled': true, 'item:Subject': cancelled }, calendar: { freeBusyStatus: 'Free', subject: cancelled } };
      });
    }
  }
}
