import { isMailbox } from '../../../organization/index.ts';
import type { Attendee, CalendarItem, EmailAddress, Item, Mailbox, NewCalendarItem, NewItem, PropertyBag, Recipient } from '../../../organization/index.ts';
import { addressOf, deliver, sentProperties } from './deliver.ts';
import type { MailboxSession } from './mailbox-session.ts';
import { addressesOf, attendeeKeys, attendeesOf } from './meeting-state.ts';
import type { Occurrence } from './resolve-item.ts';
import { asText } from './as-text.ts';

/** What of a meeting its messages carry. */
const carried = ['item:Subject', 'item:Body', 'item:Sensitivity', 'item:Importance', 'item:Categories', ...attendeeKeys, 'calendar:AppointmentSequenceNumber', 'calendar:AllowNewTimeProposal', 'calendar:IsResponseRequested', 'calendar:When'] as const;

export interface MeetingMessageOptions {
  saveCopy: boolean;
  /** Only one happening of a series. */
  occurrence?: Occurrence;
  /** Default: all attendees. */
  only?: readonly EmailAddress[];
}

/** Invites the attendees of a meeting, or tells them of its changes, and enters it tentatively into the calendars of those who are new to it. */
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
    properties: {
      'meetingRequest:MeetingRequestType': options.isUpdate ? 'FullUpdate' : 'NewMeetingRequest',
      'meetingRequest:IntendedFreeBusyStatus': item.calendar.freeBusyStatus,
      'calendar:IsResponseRequested': bag['calendar:IsResponseRequested'] ?? true,
    },
  });
  for (const person of people) {
    const attendee = person.address === undefined ? undefined : await session.services.directory.resolve(person.address);
    const placed = attendee === undefined || !isMailbox(attendee) ? undefined : await enterMeeting(session, attendee, organizer, bag, item.calendar);
    const linked = placed === undefined ? message : withProperties(message, { 'meeting:AssociatedCalendarItemId': { id: placed.id, changeKey: placed.changeKey } });
    await deliver(session, organizer, [person], () => linked);
  }
  if (options.saveCopy) await saveSent(mailbox, message);
}

/** Tells the attendees that a meeting, or one happening of it, will not take place, and marks it so in their calendars. */
export async function cancelMeeting(session: MailboxSession, mailbox: Mailbox, item: Item, options: MeetingMessageOptions & { body?: PropertyBag[string] }): Promise<void> {
  const organizer = await ownerOf(session, mailbox);
  const bag = { ...item.properties, ...(await mailbox.items.content(item.id)).properties };
  if (item.calendar === undefined || organizer === undefined) return;
  const people = options.only ?? addressesOf(attendeesOf(bag));
  const message = messageOf(session, organizer, options.body === undefined ? bag : { ...bag, 'item:Body': options.body }, people, {
    itemClass: 'IPM.Schedule.Meeting.Canceled',
    subject: `Canceled: ${asText(bag['item:Subject'])}`,
    calendar: { ...scheduleOf(item.calendar, options.occurrence), freeBusyStatus: 'Free' },
    properties: { 'calendar:IsCancelled': true },
  });
  for (const person of people) {
    const attendee = person.address === undefined ? undefined : await session.services.directory.resolve(person.address);
    if (attendee !== undefined && isMailbox(attendee)) await strikeMeeting(session, attendee, item.calendar.uid, options.occurrence);
    await deliver(session, organizer, [person], () => message);
  }
  if (options.saveCopy) await saveSent(mailbox, message);
}

export type MeetingAnswer = 'Accept' | 'Tentative' | 'Decline';

const answerClasses: Readonly<Record<MeetingAnswer, readonly [itemClass: string, prefix: string]>> = {
  Accept: ['IPM.Schedule.Meeting.Resp.Pos', 'Accepted'],
  Tentative: ['IPM.Schedule.Meeting.Resp.Tent', 'Tentative'],
  Decline: ['IPM.Schedule.Meeting.Resp.Neg', 'Declined'],
};

/** Sends an attendee's answer to the organiser, and enters it into the organiser's list of attendees. */
export async function answerMeeting(session: MailboxSession, mailbox: Mailbox, meeting: { bag: PropertyBag; calendar: NewCalendarItem }, answer: MeetingAnswer, options: { saveCopy: boolean; body?: PropertyBag[string] }): Promise<void> {
  const attendee = await ownerOf(session, mailbox);
  const organizer = meeting.bag['calendar:Organizer'] as EmailAddress | undefined;
  if (attendee === undefined || organizer?.address === undefined) return;
  const [itemClass, prefix] = answerClasses[answer];
  const message = messageOf(session, attendee, options.body === undefined ? {} : { 'item:Body': options.body }, [organizer], {
    itemClass,
    subject: `${prefix}: ${meeting.calendar.subject}`,
    calendar: meeting.calendar,
    properties: { 'meeting:ResponseType': answer },
  });
  await recordAnswer(session, organizer, attendee, meeting.calendar.uid, answer);
  await deliver(session, attendee, [organizer], () => message);
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
  properties: PropertyBag;
}

function messageOf(session: MailboxSession, sender: Recipient, bag: PropertyBag, people: readonly EmailAddress[], parts: MessageParts): NewItem {
  const kept = Object.fromEntries(carried.flatMap((key) => (bag[key] === undefined ? [] : [[key, bag[key]]])));
  const organizer = bag['calendar:Organizer'] ?? addressOf(sender);
  return {
    itemClass: parts.itemClass,
    calendar: { ...parts.calendar, subject: parts.subject },
    properties: sentProperties(session, sender, { ...kept, 'item:Subject': parts.subject, 'message:ToRecipients': people, ...(parts.itemClass.includes('.Resp.') ? {} : { 'calendar:Organizer': organizer }), 'calendar:DateTimeStamp': session.services.clock.now(), ...parts.properties }),
  };
}

function withProperties(item: NewItem, properties: PropertyBag): NewItem {
  return { ...item, properties: { ...item.properties, ...properties } };
}

async function saveSent(mailbox: Mailbox, message: NewItem): Promise<void> {
  const sent = await mailbox.folders.distinguished('sentitems');
  await mailbox.items.create(sent.id, withProperties(message, { 'message:IsRead': true }));
}

/** The item of a meeting in somebody's calendar, by its UID. */
export async function meetingInCalendar(session: MailboxSession, person: Recipient, uid: string): Promise<Item | undefined> {
  const mailbox = session.services.mailboxes.of(person.guid);
  const calendar = await mailbox.folders.distinguished('calendar');
  const { entries } = await mailbox.items.find(calendar.id, { limit: 1, restriction: { type: 'IsEqualTo', key: 'calendar:UID', to: { constant: uid } } });
  return entries[0];
}

/** Enters a meeting into an attendee's calendar, tentatively, or brings what is there up to date. */
async function enterMeeting(session: MailboxSession, attendee: Recipient, organizer: Recipient, bag: PropertyBag, schedule: CalendarItem): Promise<Item> {
  const mailbox = session.services.mailboxes.of(attendee.guid);
  const { id: _, ...calendar } = schedule;
  const kept = Object.fromEntries(carried.flatMap((key) => (bag[key] === undefined ? [] : [[key, bag[key]]])));
  const properties: PropertyBag = { ...kept, 'calendar:Organizer': addressOf(organizer), 'meetingRequest:IntendedFreeBusyStatus': schedule.freeBusyStatus };
  const present = await meetingInCalendar(session, attendee, calendar.uid);
  if (present !== undefined) {
    const isAnswered = ['Accept', 'Tentative'].includes(asText(present.properties['calendar:MyResponseType']));
    const freeBusyStatus = isAnswered && present.properties['calendar:MyResponseType'] === 'Accept' ? schedule.freeBusyStatus : 'Tentative';
    return mailbox.items.update(present.id, { set: properties, calendar: { ...calendar, isMeeting: true, freeBusyStatus } }, { conflictResolution: 'AlwaysOverwrite' });
  }
  const folder = await mailbox.folders.distinguished('calendar');
  return mailbox.items.create(folder.id, {
    itemClass: 'IPM.Appointment',
    properties: { ...properties, 'calendar:MyResponseType': 'NoResponseReceived' },
    calendar: { ...calendar, isMeeting: true, freeBusyStatus: 'Tentative' },
  });
}

async function strikeMeeting(session: MailboxSession, attendee: Recipient, uid: string, occurrence: Occurrence | undefined): Promise<void> {
  const present = await meetingInCalendar(session, attendee, uid);
  if (present?.calendar === undefined) return;
  const mailbox = session.services.mailboxes.of(attendee.guid);
  if (occurrence !== undefined) {
    await mailbox.items.update(present.id, { calendar: { deletedOccurrences: [...(present.calendar.deletedOccurrences ?? []), occurrence.originalStart] } });
    return;
  }
  const { subject } = present.calendar;
  const cancelled = subject.startsWith('Canceled: ') ? subject : `Canceled: ${subject}`;
  await mailbox.items.update(present.id, { set: { 'calendar:IsCancelled': true, 'item:Subject': cancelled }, calendar: { freeBusyStatus: 'Free', subject: cancelled } }, { conflictResolution: 'AlwaysOverwrite' });
}

async function recordAnswer(session: MailboxSession, organizer: EmailAddress, attendee: Recipient, uid: string, answer: MeetingAnswer): Promise<void> {
  const person = organizer.address === undefined ? undefined : await session.services.directory.resolve(organizer.address);
  const present = person === undefined || !isMailbox(person) ? undefined : await meetingInCalendar(session, person, uid);
  if (person === undefined || present === undefined) return;
  const own = new Set(attendee.emailAddresses.map((address) => address.toLowerCase()));
  const set: Record<string, readonly Attendee[]> = {};
  for (const key of attendeeKeys) {
    const list = present.properties[key] as readonly Attendee[] | undefined;
    if (list?.some(({ mailbox }) => own.has(mailbox.address?.toLowerCase() ?? '')) !== true) continue;
    set[key] = list.map((entry) => (own.has(entry.mailbox.address?.toLowerCase() ?? '') ? { ...entry, responseType: answer, lastResponseTime: session.services.clock.now() } : entry));
  }
  await session.services.mailboxes.of(person.guid).items.update(present.id, { set }, { conflictResolution: 'AlwaysOverwrite' });
}
