import type { DayOfWeek, ModifiedOccurrence, NewCalendarItem, RecurrencePattern } from '../../organization/index.ts';
import type { Agenda } from './agenda.ts';
import { dayMs, fits, isFree, minuteMs, occurrencesOf } from './agenda.ts';
import type { Life } from './life.ts';
import { meet } from './life.ts';
import { newSeries } from './new-item.ts';
import { offices } from './offices.ts';

const weekDays: readonly DayOfWeek[] = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
const weekMs = 7 * dayMs;

/** Series: from the daily stand-up to the yearly party, every kind of pattern, with exceptions. Booked before anything else. */
export function bookRecurringMeetings(life: Life): void {
  bookProject(life);
  bookStandUps(life);
  bookAllHands(life);
  bookRetrospectives(life);
  bookMonthlyMeetings(life);
  bookYearlyMeetings(life);
  bookOneToOnes(life);
  bookTraining(life);
}

/** Anna, Bert and Chen, whom every example asks for, work on one project across both sides. */
function bookProject(life: Life): void {
  const find = (alias: string): Agenda => life.people.find((person) => person.alias === alias) as Agenda;
  const [anna, bert, chen] = [find('anna'), find('bert'), find('chen')];
  const { monday } = life.horizon;
  const wish = { uid: life.nextUid(), subject: 'Hybrid project: weekly sync', zone: anna.zone, day: monday - 26 * weekMs, startMinute: 15 * 60, length: 60 };
  meet(life, [anna, bert, chen], newSeries(wish, weekly(1, ['Wednesday'])), life.rooms[0]);
  const oneToOne = newSeries(
    { uid: life.nextUid(), subject: '1:1 Anna / Bert', zone: bert.zone, day: monday - 40 * weekMs, startMinute: 10 * 60, length: 30 },
    weekly(1, ['Tuesday']),
  );
  meet(life, [bert, anna], withExceptions(life, oneToOne, [bert, anna], ['moved', 'cancelled', 'private']));
}

function bookStandUps(life: Life): void {
  for (const team of teams(life.people)) {
    const [lead] = team;
    if (lead === undefined || team.length < 2) continue;
    const { office, zone } = lead;
    const daysOfWeek = office.workDays.filter((day) => day !== 'Sunday');
    for (const startMinute of [30, 15, 45, 60, 0].map((offset) => office.workingHoursStartTime + offset)) {
      const standUp = newSeries(
        { uid: life.nextUid(), subject: `${office.city} stand-up`, zone, day: life.horizon.monday - 60 * weekMs, startMinute, length: 15, location: 'Microsoft Teams Meeting' },
        { type: 'Weekly', interval: 1, daysOfWeek, firstDayOfWeek: 'Monday' },
      );
      if (!fits(team, standUp, life.horizon)) continue;
      meet(life, team, standUp, undefined, () => (life.random.chance(0.15) ? { freeBusyStatus: 'Tentative' } : {}));
      break;
    }
  }
}

/** The last Friday of the month, for a third of the world at a time. */
function bookAllHands(life: Life): void {
  for (const [region, host, startMinute] of [
    ['EMEA', offices.munich, 16 * 60 + 15],
    ['Americas', offices.newYork, 12 * 60],
    ['APAC', offices.bengaluru, 11 * 60],
  ] as const) {
    const attendees = life.people.filter(({ office }) => office.region === region);
    const lead = attendees.find(({ office }) => office.timeZone === host.timeZone) ?? attendees[0];
    if (lead === undefined) continue;
    const allHands = newSeries(
      { uid: life.nextUid(), subject: `All hands ${region}`, zone: lead.zone, day: life.horizon.monday - 52 * weekMs, startMinute, length: 45, location: 'Microsoft Teams Meeting' },
      { type: 'RelativeMonthly', interval: 1, daysOfWeek: 'Friday', dayOfWeekIndex: 'Last' },
    );
    meet(life, [lead, ...attendees.filter((attendee) => attendee !== lead && fits([attendee], allHands, life.horizon))], allHands);
  }
}

/** Every second week, once on an extra date. */
function bookRetrospectives(life: Life): void {
  for (const team of teams(life.people)) {
    const [lead] = team;
    if (lead === undefined || team.length < 3) continue;
    const room = life.rooms.find(({ office }) => office === lead.office);
    const attendees = room === undefined ? team : [...team, room];
    const series = findSlot(life, attendees, lead, (day, startMinute) => {
      const retrospective = newSeries(
        { uid: life.nextUid(), subject: `${lead.office.city}: retrospective`, zone: lead.zone, day: life.horizon.monday - 30 * weekMs, startMinute, length: 60 },
        weekly(2, [day]),
      );
      const [next] = occurrencesOf(retrospective, { start: life.horizon.start + 4 * weekMs, end: life.horizon.end });
      const extra = next === undefined ? undefined : { start: next.start + weekMs, end: next.end + weekMs };
      return extra === undefined || !life.random.chance(0.5) ? retrospective : { ...retrospective, addedOccurrences: [extra] };
    });
    if (series !== undefined) meet(life, team, series, room);
  }
}

function bookMonthlyMeetings(life: Life): void {
  const zone = offices.london;
  for (const [subject, pattern, attendance] of [
    // Short months end earlier: the 31st is their last day.
    ['Month-end closing', { type: 'AbsoluteMonthly', interval: 1, dayOfMonth: 31 }, 6],
    ['Quarterly business review', { type: 'AbsoluteMonthly', interval: 3, dayOfMonth: 15 }, 8],
    ['Change advisory board', { type: 'RelativeMonthly', interval: 1, daysOfWeek: 'Tuesday', dayOfWeekIndex: 'Second' }, 7],
    ['Patch review', { type: 'RelativeMonthly', interval: 1, daysOfWeek: 'Weekday', dayOfWeekIndex: 'First' }, 5],
  ] as const) {
    const lead = life.random.pick(life.people.filter(({ office }) => office.region === 'EMEA'));
    const startMinute = zone.workingHoursStartTime + 60 * life.random.between(2, 6);
    const meeting = newSeries({ uid: life.nextUid(), subject, zone: lead.zone, day: life.horizon.monday - 80 * weekMs, startMinute, length: 90 }, pattern);
    const able = life.random.shuffle(life.people.filter((person) => person.office.region !== 'APAC' && fits([person], meeting, life.horizon)));
    if (able.length >= 2) meet(life, able.slice(0, attendance), meeting);
  }
}

function bookYearlyMeetings(life: Life): void {
  for (const [subject, pattern] of [
    ['Summer party', { type: 'RelativeYearly', month: 6, daysOfWeek: 'Thursday', dayOfWeekIndex: 'Third' }],
    ['Budget kick-off', { type: 'RelativeYearly', month: 10, daysOfWeek: 'Weekday', dayOfWeekIndex: 'First' }],
    ['Contoso anniversary', { type: 'AbsoluteYearly', month: 11, dayOfMonth: 25 }],
  ] as const) {
    for (const region of ['EMEA', 'Americas', 'APAC']) {
      const attendees = life.people.filter(({ office }) => office.region === region);
      const [lead] = attendees;
      if (lead === undefined) continue;
      const event = newSeries({ uid: life.nextUid(), subject, zone: lead.zone, day: life.horizon.monday - 3 * 52 * weekMs, startMinute: 16 * 60, length: 60 }, pattern);
      const able = attendees.filter((attendee) => fits([attendee], event, life.horizon));
      if (able.length >= 2) meet(life, able, event);
    }
  }
}

/** The lead of each office with every other one there: the meetings that are moved, dropped and hidden most. */
function bookOneToOnes(life: Life): void {
  for (const [lead, ...others] of teams(life.people)) {
    if (lead === undefined) continue;
    for (const other of others) {
      // Bert and Anna have theirs already.
      if (lead.alias === 'bert' && other.alias === 'anna') continue;
      const pair = [lead, other];
      const series = findSlot(life, pair, lead, (day, startMinute) =>
        newSeries(
          { uid: life.nextUid(), subject: `1:1 ${lead.displayName} / ${other.displayName}`, zone: lead.zone, day: life.horizon.monday - life.random.between(10, 70) * weekMs, startMinute, length: 30 },
          weekly(1, [day]),
          life.random.chance(0.2) ? { lastDay: life.horizon.monday + 5 * weekMs } : 'never',
        ),
      );
      const exceptions = life.random.shuffle<Exception | 'none'>(['moved', 'cancelled', 'private', 'none', 'none']);
      if (series !== undefined) meet(life, pair, withExceptions(life, series, pair, exceptions));
    }
  }
}

/** Five days in a row, then over. */
function bookTraining(life: Life): void {
  const wish = { uid: life.nextUid(), subject: 'Training: PowerShell for messaging', zone: life.people[0]?.zone, day: life.horizon.monday + 2 * weekMs, startMinute: 13 * 60, length: 75 };
  const { zone } = wish;
  if (zone === undefined) return;
  const training = newSeries({ ...wish, zone }, { type: 'Daily', interval: 1 }, { occurrences: 5 });
  const able = life.people.filter((person) => person.office.region === 'EMEA' && fits([person], training, life.horizon));
  meet(life, able.slice(0, 8), training, undefined, () => (life.random.chance(0.4) ? { freeBusyStatus: 'Tentative' } : {}));
}

type Exception = 'moved' | 'cancelled' | 'private';

/** Gives the coming weeks' occurrences an exception each, beginning with the week after the reference date's. */
function withExceptions(life: Life, series: NewCalendarItem, attendees: readonly Agenda[], exceptions: readonly (Exception | 'none')[]): NewCalendarItem {
  const { horizon } = life;
  const zone = attendees[0]?.zone;
  const coming = occurrencesOf(series, { start: horizon.start + 4 * weekMs, end: horizon.end });
  const modifiedOccurrences: ModifiedOccurrence[] = [];
  const deletedOccurrences: number[] = [];
  for (const [index, exception] of exceptions.entries()) {
    const occurrence = coming[index];
    if (occurrence === undefined || zone === undefined) continue;
    const { start: originalStart, end } = occurrence;
    const times = { originalStart, start: originalStart, end };
    if (exception === 'cancelled') deletedOccurrences.push(originalStart);
    if (exception === 'private') modifiedOccurrences.push({ ...times, subject: 'Salary', sensitivity: 'Private' });
    if (exception === 'moved') {
      const later = [60, 120, 180, -60, 240]
        .map((minutes) => ({ originalStart, start: originalStart + minutes * minuteMs, end: end + minutes * minuteMs }))
        .find(({ start, end }) => attendees.every((attendee) => isFree(attendee, start, end)));
      if (later !== undefined) modifiedOccurrences.push(later);
    }
  }
  return { ...series, ...(modifiedOccurrences.length > 0 ? { modifiedOccurrences } : {}), ...(deletedOccurrences.length > 0 ? { deletedOccurrences } : {}) };
}

/** Tries days and times in the lead's working hours until a series fits everyone. */
function findSlot(life: Life, attendees: readonly Agenda[], lead: Agenda, series: (day: DayOfWeek, startMinute: number) => NewCalendarItem): NewCalendarItem | undefined {
  const { workingHoursStartTime, workingHoursEndTime } = lead.office;
  for (let attempt = 0; attempt < 40; attempt++) {
    const halfHours = Math.floor((workingHoursEndTime - workingHoursStartTime) / 30) - 3;
    const candidate = series(life.random.pick(weekDays), workingHoursStartTime + 30 * life.random.between(1, halfHours));
    if (fits(attendees, candidate, life.horizon)) return candidate;
  }
  return undefined;
}

/** The people of each office, on either side. */
function teams(people: readonly Agenda[]): Agenda[][] {
  return Array.from(Map.groupBy(people, ({ office }) => office).values());
}

function weekly(interval: number, daysOfWeek: readonly DayOfWeek[]): RecurrencePattern {
  return { type: 'Weekly', interval, daysOfWeek, firstDayOfWeek: 'Monday' };
}
