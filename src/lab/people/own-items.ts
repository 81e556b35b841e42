import type { Agenda } from './agenda.ts';
import { dayMs, enter, fits, isAway, isFree } from './agenda.ts';
import type { Life } from './life.ts';
import type { ItemWish } from './new-item.ts';
import { newItem, newSeries } from './new-item.ts';

const weekMs = 7 * dayMs;
const weekDays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'] as const;
const allDay = { isAllDay: true, startMinute: 0, isReminderSet: false } as const;

/** Days that belong to nobody else: holidays, birthdays, leave, days at home. Entered before meetings, which respect leave. */
export function enterDays(life: Life): void {
  for (const person of life.people) {
    enterPublicHolidays(life, person);
    enterBirthday(life, person);
    if (life.random.chance(0.45)) enterLeave(life, person);
    if (life.random.chance(0.35)) enterHomeDay(life, person);
  }
}

/** What people keep to themselves: lunch, time to think, the dentist. Entered last, where there is room. */
export function enterOwnAppointments(life: Life): void {
  for (const [index, person] of life.people.entries()) {
    if (life.random.chance(0.5)) enterLunch(life, person);
    if (life.random.chance(0.35)) enterFocusTime(life, person);
    // Everyone gets something private; the other kinds go round.
    enterSomewhere(life, person, { subject: life.random.pick(['Dentist', 'School meeting', 'Doctor', 'Notary', 'Parents’ evening']), sensitivity: 'Private', length: 60 });
    const kinds: readonly Wish[] = [
      { subject: 'Gym', sensitivity: 'Personal', length: 60 },
      { subject: 'Reorganisation', sensitivity: 'Confidential', length: 90 },
      { subject: 'Hold: visit of the auditors', freeBusyStatus: 'Tentative', length: 120 },
      { subject: 'At Fabrikam', freeBusyStatus: 'WorkingElsewhere', location: 'Fabrikam', length: 240 },
      { subject: 'On call', freeBusyStatus: 'Free', length: 180 },
    ];
    const kind = kinds[index % kinds.length];
    if (kind !== undefined) enterSomewhere(life, person, kind);
    if (index % 6 === 4) enterNightFlight(life, person);
  }
}

type Wish = Omit<ItemWish, 'uid' | 'zone' | 'day' | 'startMinute'>;

function enterPublicHolidays(life: Life, person: Agenda): void {
  for (const { name, month, day } of person.office.holidays) {
    const wish = { ...allDay, uid: life.nextUid(), subject: name, freeBusyStatus: 'OOF', zone: person.zone, day: life.horizon.monday - 2 * 53 * weekMs, length: 1 } as const;
    enter(person, newSeries(wish, { type: 'AbsoluteYearly', month, dayOfMonth: day }), life.horizon);
  }
}

function enterBirthday(life: Life, person: Agenda): void {
  const { random, horizon } = life;
  const wish = { ...allDay, uid: life.nextUid(), subject: `Birthday of ${person.displayName}`, freeBusyStatus: 'Free', zone: person.zone, day: horizon.monday - random.between(25, 60) * 52 * weekMs, length: 1 } as const;
  enter(person, newSeries(wish, { type: 'AbsoluteYearly', month: random.between(1, 12), dayOfMonth: random.between(1, 28) }), horizon);
}

/** From a long weekend to two weeks, somewhere in the horizon; the people of the examples stay in the first two weeks. */
function enterLeave(life: Life, person: Agenda): void {
  const { random, horizon } = life;
  const isExample = ['anna', 'bert', 'chen'].includes(person.alias);
  const day = horizon.monday + (isExample ? random.between(3, 7) : random.between(-2, 7)) * weekMs + random.between(0, 4) * dayMs;
  enter(person, newItem({ ...allDay, uid: life.nextUid(), subject: random.pick(['Annual leave', 'Holiday', 'Parental leave']), freeBusyStatus: 'OOF', zone: person.zone, day, length: random.pick([1, 2, 3, 5, 7, 12]) }), horizon);
}

function enterHomeDay(life: Life, person: Agenda): void {
  const wish = { ...allDay, uid: life.nextUid(), subject: 'Working from home', freeBusyStatus: 'WorkingElsewhere', zone: person.zone, day: life.horizon.monday - 20 * weekMs, length: 1 } as const;
  enter(person, newSeries(wish, { type: 'Weekly', interval: 1, daysOfWeek: [life.random.pick(weekDays)], firstDayOfWeek: 'Monday' }), life.horizon);
}

function enterLunch(life: Life, person: Agenda): void {
  const wish = { uid: life.nextUid(), subject: 'Lunch', freeBusyStatus: 'Free', isReminderSet: false, zone: person.zone, day: life.horizon.monday - 10 * weekMs, startMinute: 12 * 60, length: 45 } as const;
  enter(person, newSeries(wish, { type: 'Weekly', interval: 1, daysOfWeek: weekDays, firstDayOfWeek: 'Monday' }), life.horizon);
}

function enterFocusTime(life: Life, person: Agenda): void {
  const { random, horizon } = life;
  for (let attempt = 0; attempt < 10; attempt++) {
    const startMinute = person.office.workingHoursStartTime + 30 * random.between(0, 12);
    const wish = { uid: life.nextUid(), subject: 'Focus time', isReminderSet: false, zone: person.zone, day: horizon.monday, startMinute, length: 60 };
    const series = newSeries(wish, { type: 'Daily', interval: random.pick([2, 3, 7]) }, { lastDay: horizon.monday + 6 * weekMs });
    if (!fits([person], series, horizon)) continue;
    enter(person, series, horizon);
    return;
  }
}

/** Puts an appointment of the wished kind at the first free time that comes up within five weeks. */
function enterSomewhere(life: Life, person: Agenda, wish: Wish): void {
  const { random, horizon } = life;
  for (let attempt = 0; attempt < 60; attempt++) {
    const day = horizon.monday + random.between(-1, 4) * weekMs + random.between(0, 4) * dayMs;
    const startMinute = person.office.workingHoursStartTime + 15 * random.between(0, 36);
    const item = newItem({ ...wish, uid: 'not yet', zone: person.zone, day, startMinute });
    if (!isFree(person, item.start, item.end) || isAway(person, item.start, item.end)) continue;
    enter(person, { ...item, uid: life.nextUid() }, horizon);
    return;
  }
}

/** Out of the office across midnight. */
function enterNightFlight(life: Life, person: Agenda): void {
  const { random, horizon } = life;
  const day = horizon.monday + random.between(0, 4) * weekMs + random.between(0, 3) * dayMs;
  const flight = newItem({ uid: life.nextUid(), subject: 'Flight', location: 'Airport', freeBusyStatus: 'OOF', zone: person.zone, day, startMinute: 20 * 60 + 30, length: 11 * 60 + 15 });
  if (isFree(person, flight.start, flight.end) && !isAway(person, flight.start, flight.end)) enter(person, flight, horizon);
}
