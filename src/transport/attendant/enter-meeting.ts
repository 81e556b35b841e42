import { isDeepStrictEqual } from 'node:util';
import { addressKey, isSeries } from '../../organization/index.ts';
import type { EmailAddress, Item, ItemChanges, Mailboxes, ModifiedOccurrence, NewCalendarItem, PropertyBag, Recipient } from '../../organization/index.ts';
import type { TransportContext } from '../submission.ts';
import type { MeetingMessage } from './attend.ts';
import { changeHappening, happeningOf } from './happening.ts';

/** Lists of people who are invited. */
export const attendeeKeys = ['calendar:RequiredAttendees', 'calendar:OptionalAttendees', 'calendar:Resources'] as const;

/** What of a meeting its messages carry. */
export const carriedKeys = ['item:Subject', 'item:Body', 'item:Sensitivity', 'item:Importance', 'item:Categories', ...attendeeKeys, 'calendar:AppointmentSequenceNumber', 'calendar:AllowNewTimeProposal', 'calendar:IsResponseRequested', 'calendar:When'] as const;

/** The item of a meeting in somebody's calendar, by its UID. */
export async function meetingInCalendar(mailboxes: Mailboxes, person: Pick<Recipient, 'guid'>, uid: string): Promise<Item | undefined> {
  const mailbox = mailboxes.of(person.guid);
  const calendar = await mailbox.folders.distinguished('calendar');
  const { entries } = await mailbox.items.find(calendar.id, { limit: 1, restriction: { type: 'IsEqualTo', key: 'calendar:UID', to: { constant: uid } } });
  return entries[0];
}

/** Whether two addresses are of one person. */
export async function isSamePerson({ organization: { directory } }: Pick<TransportContext, 'organization'>, one: string | undefined, other: string | undefined): Promise<boolean> {
  if (one === undefined || other === undefined) return false;
  if (addressKey(one) === addressKey(other)) return true;
  const [first, second] = [await directory.resolve(one), await directory.resolve(other)];
  return first !== undefined && first.guid === second?.guid;
}

/** A message older than what the calendar has, or not from who organises the meeting there, changes nothing. */
export async function isCurrent(context: TransportContext, present: Item, { bag, from }: MeetingMessage): Promise<boolean> {
  const sequence = (of: PropertyBag): number => Number(of['calendar:AppointmentSequenceNumber'] ?? 0);
  if (sequence(bag) < sequence(present.properties)) return false;
  return isSamePerson(context, (present.properties['calendar:Organizer'] as EmailAddress | undefined)?.address, from);
}

/** What a meeting is in an attendee's calendar. */
export interface Entry {
  /** Default: tentative until it is answered. */
  answer?: 'Accept' | 'Tentative';
  /** Changes to what the message says. */
  adjust?: (calendar: NewCalendarItem, properties: PropertyBag) => { calendar: NewCalendarItem; properties: PropertyBag };
}

/**
 * Enters a meeting into an attendee's calendar, tentatively, or brings what is there up to date. Undefined where the
 * message is out of date, or the mailbox's owner organises the meeting.
 */
export async function enterMeeting(context: TransportContext, owner: Recipient, message: MeetingMessage, entry: Entry = {}): Promise<Item | undefined> {
  const { bag } = message;
  const organizer = (bag['calendar:Organizer'] ?? bag['message:From']) as EmailAddress | undefined;
  if (await isSamePerson(context, organizer?.address, owner.primarySmtpAddress)) return undefined;
  const intended = message.calendar.freeBusyStatus;
  const kept = Object.fromEntries(carriedKeys.flatMap((key) => (bag[key] === undefined ? [] : [[key, bag[key]]])));
  const said: PropertyBag = { ...kept, ...(organizer === undefined ? {} : { 'calendar:Organizer': organizer }), 'meetingRequest:IntendedFreeBusyStatus': intended, ...(entry.answer === undefined ? {} : { 'calendar:MyResponseType': entry.answer, 'calendar:AppointmentReplyTime': context.clock.now() }) };
  const { calendar, properties } = entry.adjust?.(message.calendar, said) ?? { calendar: message.calendar, properties: said };
  const mailbox = context.organization.mailboxes.of(owner.guid);
  const present = await meetingInCalendar(context.organization.mailboxes, owner, calendar.uid);
  const originalStart = bag['calendar:RecurrenceId'];
  // Who said yes to one time has not said it to another ([MS-OXOCAL] 3.1.4.7.4, full update).
  const isMoved = present?.calendar !== undefined && typeof originalStart !== 'number' && !isSameTime(present.calendar, calendar);
  const answer = entry.answer ?? (isMoved ? 'NoResponseReceived' : present?.properties['calendar:MyResponseType']);
  const freeBusyStatus = answer === 'Accept' ? intended : 'Tentative';
  if (present?.calendar === undefined) {
    const folder = await mailbox.folders.distinguished('calendar');
    return mailbox.items.create(folder.id, { itemClass: 'IPM.Appointment', properties: { 'calendar:MyResponseType': 'NoResponseReceived', ...properties, ...(typeof originalStart === 'number' ? { 'calendar:RecurrenceId': originalStart } : {}) }, calendar: { ...calendar, isMeeting: true, freeBusyStatus } });
  }
  if (!(await isCurrent(context, present, message))) return undefined;
  const changes = typeof originalStart === 'number' && isSeries(present.calendar) ? oneHappening(present, { ...calendar, freeBusyStatus: intended }, properties, originalStart, entry.answer, context.clock.now()) : { set: { ...properties, ...(isMoved && entry.answer === undefined ? { 'calendar:MyResponseType': 'NoResponseReceived' } : {}) }, calendar: { ...goneParts, ...calendar, isMeeting: true, freeBusyStatus } };
  return mailbox.items.update(present.id, changes, { conflictResolution: 'AlwaysOverwrite' });
}

/** Whether two states of a meeting happen at the same times. */
export function isSameTime(one: NewCalendarItem, other: NewCalendarItem): boolean {
  return one.start === other.start && one.end === other.end && isDeepStrictEqual(one.recurrence, other.recurrence);
}

/** Parts of a calendar item that are gone where an update does not have them. */
const goneParts = { recurrence: undefined, modifiedOccurrences: undefined, deletedOccurrences: undefined, addedOccurrences: undefined, timeZoneRules: undefined } as const;

/** One happening of a series as a message has it. Moved to another time, it waits for an answer of its own. */
function oneHappening(present: Item, calendar: NewCalendarItem, properties: PropertyBag, originalStart: number, answer: Entry['answer'], now: number): ItemChanges {
  if (present.calendar === undefined) return {};
  const former = happeningOf(present.calendar, originalStart);
  const isMoved = former === undefined || former.start !== calendar.start || former.end !== calendar.end;
  const people = Object.fromEntries(attendeeKeys.flatMap((key) => (properties[key] === undefined ? [] : [[key, properties[key]]])));
  const said: PropertyBag = answer === undefined ? (isMoved ? { 'calendar:MyResponseType': 'NoResponseReceived' } : {}) : { 'calendar:MyResponseType': answer, 'calendar:AppointmentReplyTime': now };
  const status = answer === 'Accept' ? calendar.freeBusyStatus : answer === 'Tentative' || isMoved ? 'Tentative' : former.freeBusyStatus;
  const { start, end, subject, location } = calendar;
  const happening: ModifiedOccurrence = { ...former, originalStart, start, end, subject, location, ...(status === undefined ? {} : { freeBusyStatus: status }) };
  return changeHappening(present, happening, { ...people, ...said });
}
