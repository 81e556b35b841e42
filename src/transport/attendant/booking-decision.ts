import { expandItem, isSeries, timeZoneOfItem, toLocal } from '../../organization/index.ts';
import type { CalendarOccurrence, CalendarProcessing, NewCalendarItem, Recipient } from '../../organization/index.ts';
import type { TransportContext } from '../submission.ts';
import { isAmong } from '../routing/expand-group.ts';
import type { MeetingMessage } from './attend.ts';

/** What the booking attendant makes of a request, and why, in the words of its answer. */
export interface BookingDecision {
  answer: 'Accept' | 'Tentative' | 'Decline';
  reason: string;
  /** Happenings of an accepted series that are declined. */
  declined: readonly CalendarOccurrence[];
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
const mostOccurrences = 5_000;

/** How far ahead a resource can be booked: the end of the last day. */
export function bookingHorizon(now: number, { BookingWindowInDays }: Pick<CalendarProcessing, 'BookingWindowInDays'>): number {
  return now + (BookingWindowInDays + 1) * dayMs;
}

/** Whether a resource is booked, by the policies of Set-CalendarProcessing. */
export async function decideBooking(context: TransportContext, resource: Recipient, message: MeetingMessage, settings: CalendarProcessing): Promise<BookingDecision> {
  const decline = (reason: string): BookingDecision => ({ answer: 'Decline', reason, declined: [] });
  if (settings.BookingType === 'Reserved') return decline('this resource cannot be reserved');
  const now = context.clock.now();
  const horizon = bookingHorizon(now, settings);
  const { calendar } = message;
  const meetings = [...expandItem({ ...calendar, id: '' }, { start: now, end: horizon })].slice(0, mostOccurrences);
  // *Unverified*: what Exchange says to that.
  if (!isSeries(calendar) && calendar.end <= now) return decline('the meeting is in the past');
  const outOfPolicy = await policyProblem(context, resource, calendar, settings, horizon);
  const { conflicts, percentage } = settings.AllowConflicts ? { conflicts: [], percentage: 0 } : await conflictsOf(context, resource, calendar, meetings);
  const tooMany = isSeries(calendar) ? conflicts.length > settings.MaximumConflictInstances || percentage > settings.ConflictPercentageAllowed : conflicts.length > 0;
  if (tooMany) return decline(`there are conflicts${describe(conflicts, settings)}`);
  const requester = await context.organization.directory.resolve(message.from);
  const isListed = async (guids: readonly string[]): Promise<boolean> => requester !== undefined && isAmong(context.organization, requester.guid, guids);
  const pending: BookingDecision = { answer: 'Tentative', reason: 'it waits for a delegate of the resource', declined: [] };
  if (outOfPolicy !== undefined) return settings.AllRequestOutOfPolicy || (await isListed(settings.RequestOutOfPolicy)) ? pending : decline(outOfPolicy);
  if (settings.AllBookInPolicy || (await isListed(settings.BookInPolicy))) return { answer: 'Accept', reason: conflicts.length === 0 ? '' : `but not where there are conflicts${describe(conflicts, settings)}`, declined: conflicts.map(({ wanted }) => wanted) };
  if (settings.AllRequestInPolicy || (await isListed(settings.RequestInPolicy))) return pending;
  return decline("you don't have permission to book this resource");
}

async function policyProblem({ organization, clock }: TransportContext, resource: Recipient, calendar: NewCalendarItem, settings: CalendarProcessing, horizon: number): Promise<string | undefined> {
  const length = calendar.end - calendar.start;
  if (isSeries(calendar) && !settings.AllowRecurringMeetings) return 'recurring meetings are not allowed for this resource';
  if (settings.MaximumDurationInMinutes > 0 && length > settings.MaximumDurationInMinutes * minuteMs) return `the meeting is longer than ${settings.MaximumDurationInMinutes} minutes`;
  if (settings.MinimumDurationInMinutes > 0 && length < settings.MinimumDurationInMinutes * minuteMs) return `the meeting is shorter than ${settings.MinimumDurationInMinutes} minutes`;
  if (calendar.start > horizon) return `the meeting starts more than ${settings.BookingWindowInDays} days ahead`;
  if (isSeries(calendar) && settings.EnforceSchedulingHorizon && isAfter(calendar, horizon)) return `the series goes on for more than ${settings.BookingWindowInDays} days from now`;
  if (!settings.ScheduleOnlyDuringWorkHours) return undefined;
  const hours = await organization.calendars.configuration(resource.guid);
  const zone = timeZoneOfItem({ ...calendar, timeZone: hours.workingHoursTimeZone });
  for (const { start, end } of expandItem({ ...calendar, id: '' }, { start: clock.now(), end: horizon })) {
    const [from, to] = [toLocal(zone, start), toLocal(zone, end)];
    const day = (['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const)[new Date(from).getUTCDay()] ?? 'Sunday';
    const midnight = Math.floor(from / dayMs) * dayMs;
    if (!hours.workDays.includes(day) || from - midnight < hours.workingHoursStartTime * minuteMs || to - midnight > hours.workingHoursEndTime * minuteMs) return 'the meeting is outside of working hours';
  }
  return undefined;
}

/** Whether a series has happenings after an instant. */
function isAfter(calendar: NewCalendarItem, instant: number): boolean {
  for (const { start } of expandItem({ ...calendar, id: '' }, { start: instant, end: 253_402_300_799_000 })) if (start > instant) return true;
  return false;
}

interface Conflict {
  wanted: CalendarOccurrence;
  present: CalendarOccurrence;
}

async function conflictsOf({ organization }: TransportContext, resource: Recipient, calendar: NewCalendarItem, meetings: readonly CalendarOccurrence[]): Promise<{ conflicts: readonly Conflict[]; percentage: number }> {
  const [first] = meetings;
  if (first === undefined) return { conflicts: [], percentage: 0 };
  const end = Math.max(...meetings.map((meeting) => meeting.end));
  const start = Math.min(...meetings.map((meeting) => meeting.start));
  const own = new Map<string, boolean>();
  const isOwn = async (itemId: string): Promise<boolean> => {
    let known = own.get(itemId);
    if (known === undefined) {
      known = (await organization.calendars.get(resource.guid, itemId))?.uid === calendar.uid;
      own.set(itemId, known);
    }
    return known;
  };
  const taken: CalendarOccurrence[] = [];
  for (const each of await organization.calendars.occurrences(resource.guid, { start, end }, 100_000)) {
    if (each.freeBusyStatus !== 'Free' && !(await isOwn(each.itemId))) taken.push(each);
  }
  const conflicts = meetings.flatMap((wanted) => {
    const present = taken.find((each) => each.start < wanted.end && each.end > wanted.start);
    return present === undefined ? [] : [{ wanted, present }];
  });
  return { conflicts, percentage: (conflicts.length / meetings.length) * 100 };
}

function describe(conflicts: readonly Conflict[], settings: CalendarProcessing): string {
  const lines = conflicts.slice(0, 20).map(({ present }) => {
    const when = `${new Date(present.start).toISOString().slice(0, 16).replace('T', ' ')} to ${new Date(present.end).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    // A resource's items have their organiser's name for a subject, by default.
    return settings.OrganizerInfo && settings.AddOrganizerToSubject && present.subject !== '' ? `${when}, ${present.subject}` : when;
  });
  return lines.length === 0 ? '' : `:\r\n${lines.join('\r\n')}`;
}
