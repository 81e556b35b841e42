import { expandItem, isMailbox, timeZoneOfItem, toLocal } from '../../organization/index.ts';
import type { CalendarProcessing, EmailAddress, Item, NewCalendarItem, NewItem, PropertyBag, Recipient } from '../../organization/index.ts';
import { addressOf, sentProperties } from '../address-of.ts';
import { meetingAnswer } from '../meeting-answer.ts';
import type { MeetingAnswer } from '../meeting-answer.ts';
import type { TransportContext } from '../submission.ts';
import type { Attended, MeetingMessage } from './attend.ts';
import { bookingHorizon, decideBooking } from './booking-decision.ts';
import type { BookingDecision } from './booking-decision.ts';
import { enterMeeting, isCurrent, meetingInCalendar } from './enter-meeting.ts';

const decisions: Readonly<Record<MeetingAnswer, string>> = { Accept: 'Your request was accepted', Tentative: 'Your request was received', Decline: 'Your request was declined' };

/** The Resource Booking Attendant: accepts or declines a request, answers it, and keeps the resource's calendar. */
export async function bookResource(context: TransportContext, resource: Recipient, message: MeetingMessage, settings: CalendarProcessing): Promise<Attended> {
  const organizer = (message.bag['calendar:Organizer'] ?? message.bag['message:From']) as EmailAddress;
  const present = await meetingInCalendar(context.organization.mailboxes, resource, message.calendar.uid, message.bag['calendar:RecurrenceId']);
  if (present !== undefined && !(await isCurrent(context, present, message))) return { properties: { 'meetingRequest:MeetingRequestType': 'Outdated' }, isDisposedOf: settings.RemoveOldMeetingMessages };
  const decision = await decideBooking(context, resource, message, settings);
  const within = settings.EnforceSchedulingHorizon ? message.calendar : untilHorizon(message.calendar, bookingHorizon(context.clock.now(), settings));
  const calendar = decision.declined.length === 0 ? within : { ...within, deletedOccurrences: [...(within.deletedOccurrences ?? []), ...decision.declined.map(({ start }) => start)] };
  let entered: Item | undefined;
  if (decision.answer === 'Decline') {
    // What was booked before the change is given up with it.
    if (present !== undefined && message.bag['calendar:RecurrenceId'] === undefined) await context.organization.mailboxes.of(resource.guid).items.delete(present.id, 'MoveToDeletedItems');
  } else if (decision.answer === 'Accept' || settings.TentativePendingApproval) {
    entered = await enterMeeting(context, resource, { ...message, calendar }, { answer: decision.answer, adjust: (entered, properties) => asBooked(entered, properties, organizer, settings) });
  }
  await respond(context, resource, organizer, message, message.calendar, decision, settings);
  for (const occurrence of decision.declined) {
    const one = { ...withoutSeries(message.calendar), start: occurrence.start, end: occurrence.end };
    await respond(context, resource, organizer, message, one, { answer: 'Decline', reason: 'there are conflicts', declined: [] }, settings, occurrence.start);
  }
  if (decision.answer === 'Tentative' && settings.ForwardRequestsToDelegates) await forward(context, resource, organizer, message, settings);
  return { properties: {}, isDisposedOf: true, ...(entered === undefined || settings.DeleteAttachments || message.bag['calendar:RecurrenceId'] !== undefined ? {} : { entered: entered.id }) };
}

/** What a resource's calendar keeps of a meeting. */
function asBooked(calendar: NewCalendarItem, properties: PropertyBag, organizer: EmailAddress, settings: CalendarProcessing): { calendar: NewCalendarItem; properties: PropertyBag } {
  const { 'item:Body': body, ...rest } = properties;
  const name = settings.AddOrganizerToSubject ? (organizer.name ?? organizer.address ?? '') : settings.DeleteSubject ? '' : calendar.subject;
  const sensitivity = settings.RemovePrivateProperty ? 'Normal' : calendar.sensitivity;
  return {
    calendar: { ...calendar, subject: name, sensitivity, modifiedOccurrences: (calendar.modifiedOccurrences ?? []).map(({ subject: _subject, ...modified }) => modified) },
    properties: { ...rest, 'item:Subject': name, 'item:Sensitivity': sensitivity, ...(settings.DeleteComments || body === undefined ? {} : { 'item:Body': body }) },
  };
}

async function respond(context: TransportContext, resource: Recipient, organizer: EmailAddress, message: MeetingMessage, calendar: NewCalendarItem, decision: BookingDecision, settings: CalendarProcessing, recurrenceId = message.bag['calendar:RecurrenceId']): Promise<void> {
  const reason = settings.EnableResponseDetails && decision.reason !== '' ? (decision.answer === 'Accept' ? `, ${decision.reason}` : `: ${decision.reason}`) : '';
  const more = settings.AddAdditionalResponse && settings.AdditionalResponse !== '' ? `\r\n\r\n${settings.AdditionalResponse}` : '';
  const item = meetingAnswer({ attendee: resource, organizer, calendar, answer: decision.answer, body: { type: 'Text', content: `${decisions[decision.answer]}${reason}.${more}\r\n` }, sequence: message.bag['calendar:AppointmentSequenceNumber'], recurrenceId, now: context.clock.now() });
  await context.submit({ sender: resource, recipients: [organizer], makeItem: () => byMachine(item) });
}

/** Nobody answers what a resource says by itself (PidTagAutoResponseSuppress, [MS-OXOMSG] 2.2.1.77). */
function byMachine(item: NewItem): NewItem {
  return { ...item, properties: { ...item.properties, '0x3fdf': -1 } };
}

/**
 * Delegates here are sent the request itself, received for the resource: what they answer is the resource's answer.
 * Delegates elsewhere, whose server does not know the resource's calendar, are sent a message about it.
 */
async function forward(context: TransportContext, resource: Recipient, organizer: EmailAddress, { bag, calendar }: MeetingMessage, { ResourceDelegates }: CalendarProcessing): Promise<void> {
  const people = (await Promise.all(ResourceDelegates.map((guid) => context.organization.directory.byGuid(guid)))).filter((person) => person !== undefined);
  const here = people.filter(isMailbox);
  if (here.length > 0) {
    const request: NewItem = { itemClass: 'IPM.Schedule.Meeting.Request', calendar, properties: { ...bag, 'message:ReceivedRepresenting': addressOf(resource) } };
    await context.submit({ sender: resource, recipients: here.map(addressOf), makeItem: () => byMachine(request), isAutomatic: true });
  }
  const delegates = people.filter((person) => !isMailbox(person));
  if (delegates.length === 0) return;
  const recipients = delegates.map(addressOf);
  const subject = `FW: ${calendar.subject}`;
  const item: NewItem = {
    itemClass: 'IPM.Note',
    properties: sentProperties(
      resource,
      {
        'item:Subject': subject,
        'message:ToRecipients': recipients,
        'item:Body': { type: 'Text', content: `${organizer.name ?? organizer.address ?? ''} asks for ${resource.displayName} from ${new Date(calendar.start).toISOString()} to ${new Date(calendar.end).toISOString()}. It stands in the calendar of ${resource.displayName} tentatively, for a delegate to accept or decline.\r\n` },
        ...(bag['item:Importance'] === undefined ? {} : { 'item:Importance': bag['item:Importance'] }),
      },
      context.clock.now(),
    ),
  };
  await context.submit({ sender: resource, recipients, makeItem: () => byMachine(item) });
}

/** A series as far as the resource can be booked. */
function untilHorizon(calendar: NewCalendarItem, horizon: number): NewCalendarItem {
  const { recurrence } = calendar;
  if (recurrence === undefined) return calendar;
  const { range } = recurrence;
  const last = Math.floor(toLocal(timeZoneOfItem(calendar), horizon) / 86_400_000) * 86_400_000;
  const [end] = [...expandItem({ ...calendar, id: '' }, { start: horizon, end: horizon + 400 * 86_400_000 })];
  if (end === undefined || (range.type === 'EndDate' && range.endDate <= last)) return calendar;
  return { ...calendar, recurrence: { ...recurrence, range: { type: 'EndDate', startDate: range.startDate, endDate: last } } };
}

function withoutSeries({ recurrence: _r, modifiedOccurrences: _m, deletedOccurrences: _d, addedOccurrences: _a, ...single }: NewCalendarItem): NewCalendarItem {
  return single;
}
