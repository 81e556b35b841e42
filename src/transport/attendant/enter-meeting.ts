import { isDeepStrictEqual } from 'node:util';
import { addressKey, isSeries, occurrenceBodyKey } from '../../organization/index.ts';
import type { EmailAddress, Item, ItemBody, ItemChanges, Mailbox, Mailboxes, ModifiedOccurrence, NewCalendarItem, PropertyBag, PropertyValue, Recipient } from '../../organization/index.ts';
import type { TransportContext } from '../submission.ts';
import type { MeetingMessage } from './attend.ts';
import { changeHappening, happeningOf } from './happening.ts';

/** Lists of people who are invited. */
export const attendeeKeys = ['calendar:RequiredAttendees', 'calendar:OptionalAttendees', 'calendar:Resources'] as const;

/** What of a meeting its messages carry. */
export const carriedKeys = ['item:Subject', 'item:Body', 'item:Sensitivity', 'item:Importance', 'item:Categories', ...attendeeKeys, 'calendar:AppointmentSequenceNumber', 'calendar:AllowNewTimeProposal', 'calendar:IsResponseRequested', 'calendar:When'] as const;

/** Everything that somebody's calendar has of a meeting: the whole, or the happenings to which that person is invited alone. */
export function entriesOfMeeting(mailboxes: Mailboxes, person: Pick<Recipient, 'guid'>, uid: string): Promise<readonly Item[]> {
  return mailboxes.of(person.guid).items.withUid(uid);
}

/** True for one happening of a series to which the mailbox's owner is invited, and not to the series. */
export function isLoneHappening({ properties }: Item): boolean {
  return typeof properties['calendar:RecurrenceId'] === 'number';
}

/**
 * The item of a meeting in somebody's calendar, by its UID: the whole meeting, or, of a series to which that person is not
 * invited as such, the happening that the series has at `originalStart`.
 */
export async function meetingInCalendar(mailboxes: Mailboxes, person: Pick<Recipient, 'guid'>, uid: string, originalStart?: PropertyValue): Promise<Item | undefined> {
  const entries = await entriesOfMeeting(mailboxes, person, uid);
  return entries.find((entry) => !isLoneHappening(entry)) ?? entries.find(({ properties }) => originalStart !== undefined && properties['calendar:RecurrenceId'] === originalStart);
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
export function enterMeeting(context: TransportContext, owner: Recipient, message: MeetingMessage, entry: Entry = {}): Promise<Item | undefined> {
  return inTurn(`${owner.guid} ${message.calendar.uid}`, () => enter(context, owner, message, entry));
}

/** What is being entered: messages about one meeting in one calendar take turns, or two at once would make two entries of it. */
const turns = new Map<string, Promise<unknown>>();

async function inTurn<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
  const before = turns.get(key);
  const turn = before === undefined ? work() : before.then(work, work);
  turns.set(key, turn);
  try {
    return await turn;
  } finally {
    if (turns.get(key) === turn) turns.delete(key);
  }
}

async function enter(context: TransportContext, owner: Recipient, message: MeetingMessage, entry: Entry): Promise<Item | undefined> {
  const { bag } = message;
  const organizer = (bag['calendar:Organizer'] ?? bag['message:From']) as EmailAddress | undefined;
  if (await isSamePerson(context, organizer?.address, owner.primarySmtpAddress)) return undefined;
  const intended = message.calendar.freeBusyStatus;
  const kept = Object.fromEntries(carriedKeys.flatMap((key) => (bag[key] === undefined ? [] : [[key, bag[key]]])));
  const said: PropertyBag = { ...kept, ...(organizer === undefined ? {} : { 'calendar:Organizer': organizer }), 'meetingRequest:IntendedFreeBusyStatus': intended, ...(entry.answer === undefined ? {} : { 'calendar:MyResponseType': entry.answer, 'calendar:AppointmentReplyTime': context.clock.now() }) };
  const { calendar, properties } = entry.adjust?.(message.calendar, said) ?? { calendar: message.calendar, properties: said };
  const { mailboxes } = context.organization;
  const mailbox = mailboxes.of(owner.guid);
  const { 'calendar:RecurrenceId': originalStart } = bag;
  const there = await entriesOfMeeting(mailboxes, owner, calendar.uid);
  const found = await meetingInCalendar(mailboxes, owner, calendar.uid, originalStart);
  if (found?.calendar === undefined) {
    const folder = await mailbox.folders.distinguished('calendar');
    const entered = await mailbox.items.create(folder.id, { itemClass: 'IPM.Appointment', properties: { 'calendar:MyResponseType': 'NoResponseReceived', ...properties, ...(typeof originalStart === 'number' ? { 'calendar:RecurrenceId': originalStart } : {}) }, calendar: { ...calendar, isMeeting: true, freeBusyStatus: entry.answer === 'Accept' ? intended : 'Tentative' } });
    return typeof originalStart === 'number' ? entered : takeIn(mailbox, entered, there.filter(isLoneHappening));
  }
  if (!(await isCurrent(context, found, message))) return undefined;
  const ownBody = typeof originalStart === 'number' && isSeries(found.calendar) ? await bodyOfOne(mailbox, found, properties) : undefined;
  return mailbox.items.change(found.id, (present) => {
    if (present.calendar === undefined) return undefined;
    if (typeof originalStart === 'number' && isSeries(present.calendar)) {
      return oneHappening(present, { ...calendar, freeBusyStatus: intended }, properties, { originalStart, now: context.clock.now(), ...(entry.answer === undefined ? {} : { answer: entry.answer }), ...(ownBody === undefined ? {} : { ownBody }) });
    }
    // Who said yes to one time has not said it to another ([MS-OXOCAL] 3.1.4.7.4, full update).
    const isMoved = (typeof originalStart !== 'number' || isLoneHappening(present)) && !isSameTime(present.calendar, calendar);
    const answer = entry.answer ?? (isMoved ? 'NoResponseReceived' : present.properties['calendar:MyResponseType']);
    return { set: { ...properties, ...(isMoved && entry.answer === undefined ? { 'calendar:MyResponseType': 'NoResponseReceived' } : {}) }, calendar: { ...goneParts, ...calendar, ...(isMoved ? {} : ownHappenings(present.calendar, calendar)), isMeeting: true, freeBusyStatus: answer === 'Accept' ? intended : 'Tentative' } };
  });
}

/** Who is invited to a series has its happenings in it, with the answers that they had while they stood alone. */
async function takeIn({ items }: Mailbox, series: Item, lone: readonly Item[]): Promise<Item> {
  let taken = series;
  for (const { id, calendar, properties } of lone) {
    const { 'calendar:RecurrenceId': originalStart, 'calendar:MyResponseType': answer } = properties;
    taken = await items.change(series.id, (present) => {
      const happening = present.calendar === undefined || typeof originalStart !== 'number' ? undefined : happeningOf(present.calendar, originalStart);
      if (calendar === undefined || happening?.start !== calendar.start || happening.end !== calendar.end || answer === undefined) return undefined;
      const { freeBusyStatus } = calendar;
      return changeHappening(present, { ...happening, freeBusyStatus }, { 'calendar:MyResponseType': answer });
    });
    await items.delete(id, 'HardDelete');
  }
  return taken;
}

/** Whether two states of a meeting happen at the same times. */
export function isSameTime(one: NewCalendarItem, other: NewCalendarItem): boolean {
  return one.start === other.start && one.end === other.end && isDeepStrictEqual(one.recurrence, other.recurrence);
}

/** Parts of a calendar item that are gone where an update does not have them. */
const goneParts = { recurrence: undefined, modifiedOccurrences: undefined, deletedOccurrences: undefined, addedOccurrences: undefined, timeZoneRules: undefined } as const;

/** Of a series whose times stay: what its attendee declined or was taken out of stays away, and what was answered by itself keeps that answer. */
function ownHappenings(present: NewCalendarItem, next: NewCalendarItem): Pick<NewCalendarItem, 'deletedOccurrences' | 'modifiedOccurrences'> {
  if (!isSeries(next)) return {};
  const deleted = new Set([...(present.deletedOccurrences ?? []), ...(next.deletedOccurrences ?? [])]);
  const own = new Map((present.modifiedOccurrences ?? []).map((each) => [each.originalStart, each]));
  const told = new Set((next.modifiedOccurrences ?? []).map(({ originalStart }) => originalStart));
  const changed = (next.modifiedOccurrences ?? []).map(({ freeBusyStatus: _organizers, ...each }) => {
    const { freeBusyStatus } = own.get(each.originalStart) ?? {};
    return freeBusyStatus === undefined ? each : { ...each, freeBusyStatus };
  });
  const modifiedOccurrences = [...changed, ...[...own.values()].filter(({ originalStart }) => !told.has(originalStart))].filter(({ originalStart }) => !deleted.has(originalStart));
  return { deletedOccurrences: [...deleted], modifiedOccurrences };
}

/** What a message about one happening says in its body, where that is not what the series has. */
async function bodyOfOne({ items }: Mailbox, series: Item, properties: PropertyBag): Promise<ItemBody | undefined> {
  const [said, present] = [properties['item:Body'], (await items.content(series.id)).properties['item:Body']] as readonly (ItemBody | undefined)[];
  return said === undefined || (present?.type === said.type && present.content.trim() === said.content.trim()) ? undefined : said;
}

interface Happening {
  originalStart: number;
  answer?: 'Accept' | 'Tentative';
  ownBody?: ItemBody;
  now: number;
}

/** One happening of a series as a message has it. Moved to another time, it waits for an answer of its own. */
function oneHappening(present: Item, calendar: NewCalendarItem, properties: PropertyBag, { originalStart, answer, ownBody, now }: Happening): ItemChanges {
  if (present.calendar === undefined) return {};
  const former = happeningOf(present.calendar, originalStart);
  const isMoved = former === undefined || former.start !== calendar.start || former.end !== calendar.end;
  const people = Object.fromEntries(attendeeKeys.flatMap((key) => (properties[key] === undefined ? [] : [[key, properties[key]]])));
  const said: PropertyBag = answer === undefined ? (isMoved ? { 'calendar:MyResponseType': 'NoResponseReceived' } : {}) : { 'calendar:MyResponseType': answer, 'calendar:AppointmentReplyTime': now };
  const status = answer === 'Accept' ? calendar.freeBusyStatus : answer === 'Tentative' || isMoved ? 'Tentative' : former.freeBusyStatus;
  const { start, end, subject, location, isAllDay, sensitivity } = calendar;
  const happening: ModifiedOccurrence = {
    ...former,
    originalStart,
    start,
    end,
    subject,
    location,
    ...(status === undefined ? {} : { freeBusyStatus: status }),
    ...(isAllDay === (former?.isAllDay ?? present.calendar.isAllDay) ? {} : { isAllDay }),
    ...(sensitivity === (former?.sensitivity ?? present.calendar.sensitivity) ? {} : { sensitivity }),
    ...(ownBody === undefined ? {} : { hasOwnBody: true }),
  };
  const { set, calendar: changed } = changeHappening(present, happening, { ...people, ...said });
  return { set: { ...set, ...(ownBody === undefined ? {} : { [occurrenceBodyKey(originalStart)]: ownBody }) }, ...(changed === undefined ? {} : { calendar: changed }) };
}
