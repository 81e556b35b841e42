import { addressKey } from '../../organization/index.ts';
import type { ItemId, NewCalendarItem, NewItem, PropertyBag, Recipient } from '../../organization/index.ts';
import type { Origin } from '../deliver-to-mailbox.ts';
import type { TransportContext } from '../submission.ts';
import { bookResource } from './book-resource.ts';
import { enterMeeting, meetingInCalendar } from './enter-meeting.ts';
import { recordAnswer } from './record-answer.ts';
import { strikeMeeting } from './strike-meeting.ts';

/** A message about a meeting, as the attendants read it. */
export interface MeetingMessage {
  calendar: NewCalendarItem;
  bag: PropertyBag;
  /** Address of whoever sent it. */
  from: string;
}

/** What becomes of a message after the attendants have seen it. */
export interface Attended {
  /** More properties of the message. */
  properties: PropertyBag;
  /** It goes to the deleted items: nobody needs to look at it. */
  isDisposedOf: boolean;
  /** The meeting in the calendar, which is to have what is attached to the message. */
  entered?: ItemId;
}

const untouched: Attended = { properties: {}, isDisposedOf: false };

/**
 * The Calendar Attendant, and for resource mailboxes the booking attendant (Set-CalendarProcessing): bring the calendar of
 * a mailbox up to date with a message about a meeting before the message is in the inbox.
 */
export async function attend(context: TransportContext, owner: Recipient, item: NewItem, origin: Origin): Promise<Attended> {
  const { calendarProcessing } = context.organization;
  const itemClass = (item.itemClass ?? '').toLowerCase();
  const isResource = owner.recipientTypeDetails !== 'UserMailbox';
  const bag = item.properties ?? {};
  const { calendar } = item;
  const isMeeting = itemClass.startsWith('ipm.schedule.meeting.') && calendar !== undefined;
  if (!isMeeting && !isResource) return untouched;
  const settings = await calendarProcessing.of(owner, context.side === 'Cloud');
  const books = isResource && settings.AutomateProcessing === 'AutoAccept';
  if (!isMeeting) return books && settings.DeleteNonCalendarItems ? { properties: {}, isDisposedOf: true } : untouched;
  if (settings.AutomateProcessing === 'None') return untouched;
  // A delegate's own calendar has nothing to do with what the delegate decides for others.
  if (bag['message:ReceivedRepresenting'] !== undefined) return untouched;
  const from = (bag['message:From'] as { address?: string } | undefined)?.address;
  if (from === undefined) return untouched;
  const message: MeetingMessage = { calendar, bag, from: addressKey(from) };
  if (itemClass.includes('.resp.')) {
    await recordAnswer(context, owner, message, origin.isInternal);
    return { properties: {}, isDisposedOf: books };
  }
  if (!origin.isInternal && !settings.ProcessExternalMeetingMessages) return untouched;
  if (itemClass.includes('.canceled')) {
    await strikeMeeting(context, owner, message, { isRemoved: books });
    return { properties: {}, isDisposedOf: books };
  }
  if (!itemClass.includes('.request')) return untouched;
  if (books) return bookResource(context, owner, message, settings);
  if (!settings.AddNewRequestsTentatively && (await meetingInCalendar(context.organization.mailboxes, owner, calendar.uid, bag['calendar:RecurrenceId'])) === undefined) return untouched;
  const placed = await enterMeeting(context, owner, message);
  return placed === undefined ? { properties: { 'meetingRequest:MeetingRequestType': 'Outdated' }, isDisposedOf: false } : { properties: { 'meeting:AssociatedCalendarItemId': { id: placed.id, changeKey: placed.changeKey } }, isDisposedOf: false, ...(bag['calendar:RecurrenceId'] === undefined ? { entered: placed.id } : {}) };
}
