import { copyOfAttachments, occurrenceBag } from '../../../organization/index.ts';
import type { CalendarItem, EmailAddress, Item, Mailbox, NewCalendarItem, NewItem, PropertyBag } from '../../../organization/index.ts';
import { addressOf, carriedKeys, meetingAnswer, sentProperties } from '../../../transport/index.ts';
import type { MeetingAnswer } from '../../../transport/index.ts';
import type { MailboxSession } from './mailbox-session.ts';
import { addressesOf, attendeesOf, everybodyIn } from './meeting-state.ts';
import { modifiedOf } from './resolve-item.ts';
import type { Occurrence } from './resolve-item.ts';
import { checkSender } from './sender-and-recipients.ts';
import type { Sender } from './sender-and-recipients.ts';

export interface MeetingMessageOptions {
  saveCopy: boolean;
  /** Only one happening of a series. */
  occurrence?: Occurrence;
  /** Default: all attendees. */
  only?: readonly EmailAddress[];
}

/** Invites the attendees of a meeting, or tells them of its changes. Where the messages arrive, calendars follow them. */
export async function inviteToMeeting(session: MailboxSession, mailbox: Mailbox, item: Item, options: MeetingMessageOptions & { isUpdate: boolean }): Promise<void> {
  if (item.calendar === undefined) return;
  const sender = await meetingSender(session, mailbox);
  const bag = await meetingBag(mailbox, item, options.occurrence);
  const people = options.only ?? addressesOf(attendeesOf(bag));
  const calendar = scheduleOf(item.calendar, options.occurrence);
  const message = messageOf(session, sender, bag, people, {
    itemClass: 'IPM.Schedule.Meeting.Request',
    subject: calendar.subject,
    calendar,
    occurrence: options.occurrence,
    properties: {
      'meetingRequest:MeetingRequestType': options.isUpdate ? 'FullUpdate' : 'NewMeetingRequest',
      'meetingRequest:IntendedFreeBusyStatus': calendar.freeBusyStatus,
      'calendar:IsResponseRequested': bag['calendar:IsResponseRequested'] ?? true,
    },
  });
  const makeItem = async (): Promise<NewItem> => ({ ...message, attachments: await copyOfAttachments(mailbox, item, options.occurrence?.originalStart) });
  await session.services.mail.submit({ sender: sender.sender, recipients: people, makeItem });
  if (options.saveCopy) await saveSent(session, mailbox, await makeItem());
}

/** Tells the attendees that a meeting, or one happening of it, will not take place. */
export async function cancelMeeting(session: MailboxSession, mailbox: Mailbox, item: Item, options: MeetingMessageOptions & { body?: PropertyBag[string] }): Promise<void> {
  if (item.calendar === undefined) return;
  const sender = await meetingSender(session, mailbox);
  const bag = await meetingBag(mailbox, item, options.occurrence);
  const people = options.only ?? addressesOf(options.occurrence === undefined ? everybodyIn(bag) : attendeesOf(bag));
  const calendar = scheduleOf(item.calendar, options.occurrence);
  const message = messageOf(session, sender, options.body === undefined ? bag : { ...bag, 'item:Body': options.body }, people, {
    itemClass: 'IPM.Schedule.Meeting.Canceled',
    subject: `Canceled: ${calendar.subject}`,
    calendar: { ...calendar, freeBusyStatus: 'Free' },
    occurrence: options.occurrence,
    properties: { 'calendar:IsCancelled': true },
  });
  await session.services.mail.submit({ sender: sender.sender, recipients: people, makeItem: () => message });
  if (options.saveCopy) await saveSent(session, mailbox, message);
}

/** Sends an attendee's answer to the organiser. */
export async function answerMeeting(session: MailboxSession, mailbox: Mailbox, meeting: { bag: PropertyBag; calendar: NewCalendarItem }, answer: MeetingAnswer, options: { saveCopy: boolean; body?: PropertyBag[string]; proposed?: { start: number; end: number } }): Promise<void> {
  const { sender, from: attendee } = await meetingSender(session, mailbox);
  const organizer = meeting.bag['calendar:Organizer'] as EmailAddress | undefined;
  if (organizer?.address === undefined) return;
  const { 'calendar:AppointmentSequenceNumber': sequence, 'calendar:RecurrenceId': recurrenceId } = meeting.bag;
  const message = meetingAnswer({ attendee, sentBy: sender, organizer, calendar: meeting.calendar, answer, now: session.services.clock.now(), ...(options.body === undefined ? {} : { body: options.body }), ...(options.proposed === undefined ? {} : { proposed: options.proposed }), sequence, recurrenceId });
  await session.services.mail.submit({ sender, recipients: [organizer], makeItem: () => message });
  if (options.saveCopy) await saveSent(session, mailbox, message);
}

/**
 * As whom messages about the meetings of a mailbox go out: as its owner, sent by a delegate where one acts. For a resource
 * it is the resource that speaks.
 *
 * @throws EwsFault `ErrorSendAsDenied`
 */
export async function meetingSender(session: MailboxSession, mailbox: Mailbox): Promise<Sender> {
  const owner = session.isOwner(mailbox) ? session.actor : await session.services.directory.byGuid(mailbox.guid);
  if (owner !== undefined && owner.recipientTypeDetails !== 'UserMailbox') return { sender: owner, from: owner };
  return checkSender(session, mailbox, {});
}

async function meetingBag(mailbox: Mailbox, item: Item, occurrence: Occurrence | undefined): Promise<PropertyBag> {
  return occurrenceBag({ ...item.properties, ...(await mailbox.items.content(item.id)).properties }, modifiedOf({ item, ...(occurrence === undefined ? {} : { occurrence }) }));
}

/** What a message says about when: all of a series, or one happening as if it were single. */
function scheduleOf(calendar: CalendarItem, occurrence: Occurrence | undefined): NewCalendarItem {
  const { id: _, ...schedule } = calendar;
  if (occurrence === undefined) return { ...schedule, isMeeting: true };
  const { recurrence: _r, modifiedOccurrences: _m, deletedOccurrences: _d, addedOccurrences: _a, ...single } = schedule;
  const { start, end, subject, location, freeBusyStatus, sensitivity, isAllDay } = occurrence;
  return { ...single, start, end, subject, location, freeBusyStatus, sensitivity, isAllDay, isMeeting: true };
}

interface MessageParts {
  itemClass: string;
  subject: string;
  calendar: NewCalendarItem;
  /** Only this happening of a series. */
  occurrence: Occurrence | undefined;
  properties: PropertyBag;
}

function messageOf(session: MailboxSession, { sender, from }: Sender, bag: PropertyBag, people: readonly EmailAddress[], parts: MessageParts): NewItem {
  const kept = Object.fromEntries(carriedKeys.flatMap((key) => (bag[key] === undefined ? [] : [[key, bag[key]]])));
  const organizer = bag['calendar:Organizer'] ?? addressOf(from);
  return {
    itemClass: parts.itemClass,
    calendar: { ...parts.calendar, subject: parts.subject },
    properties: sentProperties(
      sender,
      {
        ...kept,
        'message:From': addressOf(from),
        'item:Subject': parts.subject,
        'item:Sensitivity': parts.calendar.sensitivity,
        'message:ToRecipients': people,
        'calendar:Organizer': organizer,
        'calendar:DateTimeStamp': session.services.clock.now(),
        ...(parts.occurrence === undefined ? {} : { 'calendar:RecurrenceId': parts.occurrence.originalStart }),
        ...parts.properties,
      },
      session.services.clock.now(),
    ),
  };
}

function withProperties(item: NewItem, properties: PropertyBag): NewItem {
  return { ...item, properties: { ...item.properties, ...properties } };
}

/** What somebody sends on behalf of another stays among the own sent items. */
async function saveSent(session: MailboxSession, of: Mailbox, message: NewItem): Promise<void> {
  const addressIn = (key: string): string | undefined => (message.properties?.[key] as EmailAddress | undefined)?.address?.toLowerCase();
  const isOnBehalf = addressIn('message:Sender') !== addressIn('message:From');
  const mailbox = isOnBehalf ? session.own() : of;
  const sent = await mailbox.folders.distinguished('sentitems');
  await mailbox.items.create(sent.id, withProperties(message, { 'message:IsRead': true }));
}
