import type { CalendarItem, EmailAddress, Item, Mailbox, NewCalendarItem, NewItem, PropertyBag, Recipient } from '../../../organization/index.ts';
import { addressOf, carriedKeys, meetingAnswer, sentProperties } from '../../../transport/index.ts';
import type { MeetingAnswer } from '../../../transport/index.ts';
import type { MailboxSession } from './mailbox-session.ts';
import { addressesOf, attendeesOf } from './meeting-state.ts';
import type { Occurrence } from './resolve-item.ts';
import { asText } from './as-text.ts';

export interface MeetingMessageOptions {
  saveCopy: boolean;
  /** Only one happening of a series. */
  occurrence?: Occurrence;
  /** Default: all attendees. */
  only?: readonly EmailAddress[];
}

/** Invites the attendees of a meeting, or tells them of its changes. Where the messages arrive, calendars follow them. */
export async function inviteToMeeting(session: MailboxSession, mailbox: Mailbox, item: Item, options: MeetingMessageOptions & { isUpdate: boolean }): Promise<void> {
  const organizer = await ownerOf(session, mailbox);
  const bag = { ...item.properties, ...(await mailbox.items.content(item.id)).properties };
  if (item.calendar === undefined || organizer === undefined) return;
  const people = options.only ?? addressesOf(attendeesOf(bag));
  const calendar = scheduleOf(item.calendar, options.occurrence);
  const message = messageOf(session, organizer, bag, people, {
    itemClass: 'IPM.Schedule.Meeting.Request',
    subject: asText(bag['item:Subject']),
    calendar,
    occurrence: options.occurrence,
    properties: {
      'meetingRequest:MeetingRequestType': options.isUpdate ? 'FullUpdate' : 'NewMeetingRequest',
      'meetingRequest:IntendedFreeBusyStatus': item.calendar.freeBusyStatus,
      'calendar:IsResponseRequested': bag['calendar:IsResponseRequested'] ?? true,
    },
  });
  await session.services.mail.submit({ sender: organizer, recipients: people, makeItem: () => message });
  if (options.saveCopy) await saveSent(mailbox, message);
}

/** Tells the attendees that a meeting, or one happening of it, will not take place. */
export async function cancelMeeting(session: MailboxSession, mailbox: Mailbox, item: Item, options: MeetingMessageOptions & { body?: PropertyBag[string] }): Promise<void> {
  const organizer = await ownerOf(session, mailbox);
  const bag = { ...item.properties, ...(await mailbox.items.content(item.id)).properties };
  if (item.calendar === undefined || organizer === undefined) return;
  const people = options.only ?? addressesOf(attendeesOf(bag));
  const message = messageOf(session, organizer, options.body === undefined ? bag : { ...bag, 'item:Body': options.body }, people, {
    itemClass: 'IPM.Schedule.Meeting.Canceled',
    subject: `Canceled: ${asText(bag['item:Subject'])}`,
    calendar: { ...scheduleOf(item.calendar, options.occurrence), freeBusyStatus: 'Free' },
    occurrence: options.occurrence,
    properties: { 'calendar:IsCancelled': true },
  });
  await session.services.mail.submit({ sender: organizer, recipients: people, makeItem: () => message });
  if (options.saveCopy) await saveSent(mailbox, message);
}

/** Sends an attendee's answer to the organiser. */
export async function answerMeeting(session: MailboxSession, mailbox: Mailbox, meeting: { bag: PropertyBag; calendar: NewCalendarItem }, answer: MeetingAnswer, options: { saveCopy: boolean; body?: PropertyBag[string]; proposed?: { start: number; end: number } }): Promise<void> {
  const attendee = await ownerOf(session, mailbox);
  const organizer = meeting.bag['calendar:Organizer'] as EmailAddress | undefined;
  if (attendee === undefined || organizer?.address === undefined) return;
  const { 'calendar:AppointmentSequenceNumber': sequence, 'calendar:RecurrenceId': recurrenceId } = meeting.bag;
  const message = meetingAnswer({ attendee, organizer, calendar: meeting.calendar, answer, now: session.services.clock.now(), ...(options.body === undefined ? {} : { body: options.body }), ...(options.proposed === undefined ? {} : { proposed: options.proposed }), sequence, recurrenceId });
  await session.services.mail.submit({ sender: attendee, recipients: [organizer], makeItem: () => message });
  if (options.saveCopy) await saveSent(mailbox, message);
}

async function ownerOf(session: MailboxSession, mailbox: Mailbox): Promise<Recipient | undefined> {
  return session.isOwner(mailbox) ? session.actor : session.services.directory.byGuid(mailbox.guid);
}

/** What a message says about when: all of a series, or one happening as if it were single. */
function scheduleOf(calendar: CalendarItem, occurrence: Occurrence | undefined): NewCalendarItem {
  const { id: _, ...schedule } = calendar;
  if (occurrence === undefined) return { ...schedule, isMeeting: true };
  const { recurrence: _r, modifiedOccurrences: _m, deletedOccurrences: _d, addedOccurrences: _a, ...single } = schedule;
  return { ...single, start: occurrence.start, end: occurrence.end, subject: occurrence.subject, location: occurrence.location, isMeeting: true };
}

interface MessageParts {
  itemClass: string;
  subject: string;
  calendar: NewCalendarItem;
  /** Only this happening of a series. */
  occurrence: Occurrence | undefined;
  properties: PropertyBag;
}

function messageOf(session: MailboxSession, sender: Recipient, bag: PropertyBag, people: readonly EmailAddress[], parts: MessageParts): NewItem {
  const kept = Object.fromEntries(carriedKeys.flatMap((key) => (bag[key] === undefined ? [] : [[key, bag[key]]])));
  const organizer = bag['calendar:Organizer'] ?? addressOf(sender);
  return {
    itemClass: parts.itemClass,
    calendar: { ...parts.calendar, subject: parts.subject },
    properties: sentProperties(
      sender,
      {
        ...kept,
        'item:Subject': parts.subject,
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

async function saveSent(mailbox: Mailbox, message: NewItem): Promise<void> {
  const sent = await mailbox.folders.distinguished('sentitems');
  await mailbox.items.create(sent.id, withProperties(message, { 'message:IsRead': true }));
}
