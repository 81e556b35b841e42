import { toLocal } from '../../organization/index.ts';
import type { Instant, NewCalendarItem } from '../../organization/index.ts';
import type { Agenda } from './agenda.ts';
import { dayMs, isAway, isFree, minuteMs } from './agenda.ts';
import type { Life } from './life.ts';
import { meet } from './life.ts';
import { newItem } from './new-item.ts';

const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

const subjects = [
  'Budget, second round',
  'Contract with Fabrikam',
  'Customer visit: Northwind Traders',
  'Design review',
  'Incident review: mail delay of Monday',
  'Interview: messaging engineer',
  'Licence count',
  'Mailbox moves: next batch',
  'Migration rehearsal',
  'Office move',
  'Onboarding',
  'Pilot group feedback',
  'Press enquiry',
  'Project Falcon',
  'Quarterly figures',
  'Rollout plan',
  'Sales forecast',
  'Security questionnaire',
  'Supplier call: Tailspin Toys',
  'Sustainability report',
  'Test results',
  'Travel policy',
  'Vendor demo',
  'Website relaunch',
  'Workshop: certificates',
] as const;

/** How many single meetings a person calls in a week, on average. */
const meetingsPerPerson = 1.2;

/** Meetings of two to seven people from both sides, each with its uid and times on every attendee's calendar, some in a room. */
export function bookSingleMeetings(life: Life): void {
  const { random, horizon, people } = life;
  const weeks = Math.round((horizon.end - horizon.start) / (7 * dayMs));
  for (let week = 0; week < weeks; week++) {
    const monday = horizon.monday + (week - 3) * 7 * dayMs;
    for (let count = Math.round(people.length * meetingsPerPerson); count > 0; count--) bookMeeting(life, random.pick(people), monday);
  }
}

function bookMeeting(life: Life, organizer: Agenda, monday: number): void {
  const { random, people, rooms } = life;
  const { workingHoursStartTime, workingHoursEndTime } = organizer.office;
  for (let attempt = 0; attempt < 8; attempt++) {
    const length = random.pick([30, 30, 45, 60, 60, 60, 90, 120]);
    const startMinute = workingHoursStartTime + 30 * random.between(0, Math.floor((workingHoursEndTime - workingHoursStartTime - length) / 30));
    const meeting = newItem({ uid: '', subject: random.pick(subjects), zone: organizer.zone, day: monday + random.between(0, 4) * dayMs, startMinute, length });
    if (!canAttend(organizer, meeting.start, meeting.end)) continue;
    const others = random.shuffle(people).filter((person) => person !== organizer && canAttend(person, meeting.start, meeting.end));
    const attendees = [organizer, ...others.slice(0, random.pick([1, 1, 2, 2, 3, 4, 6]))];
    if (attendees.length < 2) continue;
    const room = random.chance(0.5) ? rooms.find(({ office, taken }) => office === organizer.office && !taken.some((other) => other.start < meeting.end && other.end > meeting.start)) : undefined;
    const isPrivate = random.chance(0.04);
    const invitation: NewCalendarItem = {
      ...meeting,
      uid: life.nextUid(),
      location: random.chance(0.7) ? 'Microsoft Teams Meeting' : '',
      ...(isPrivate ? { sensitivity: 'Private' } : {}),
    };
    meet(life, attendees, invitation, room, () => answer(life));
    return;
  }
}

/** What an attendee made of the invitation. */
function answer({ random }: Life): Partial<NewCalendarItem> {
  if (random.chance(0.2)) return { freeBusyStatus: 'Tentative' };
  return random.chance(0.04) ? { freeBusyStatus: 'WorkingElsewhere' } : {};
}

/** Free, in the office's week, and neither too early nor too late in the day there. */
function canAttend(person: Agenda, start: Instant, end: Instant): boolean {
  if (!isFree(person, start, end) || isAway(person, start, end)) return false;
  const local = toLocal(person.zone, start);
  const startMinute = (local % dayMs) / minuteMs;
  if (startMinute < 7 * 60 || startMinute + (end - start) / minuteMs > 20 * 60) return false;
  return (person.office.workDays as readonly string[]).includes(dayNames[new Date(local).getUTCDay()] ?? '');
}
