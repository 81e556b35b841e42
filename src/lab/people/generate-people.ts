import { createTimeZone } from '../../organization/index.ts';
import type { CalendarAccessRights, CalendarConfiguration, DayOfWeek } from '../../organization/index.ts';
import type { Agenda, Horizon } from './agenda.ts';
import { createAgenda, dayMs } from './agenda.ts';
import { generatePassword } from './generate-password.ts';
import type { GeneratePeopleOptions, LabPeople, LabPerson } from './lab-person.ts';
import type { Life } from './life.ts';
import { asciiName, createNameSupply } from './names.ts';
import type { Office } from './offices.ts';
import { offices, rooms } from './offices.ts';
import { enterDays, enterOwnAppointments } from './own-items.ts';
import { bookRecurringMeetings } from './recurring-meetings.ts';
import type { SeededRandom } from './seeded-random.ts';
import { createSeededRandom } from './seeded-random.ts';
import { bookSingleMeetings } from './single-meetings.ts';

const weekMs = 7 * dayMs;

/** A person before there is a calendar. */
interface Sketch {
  side: LabPerson['side'];
  given: string;
  family: string;
  displayName: string;
  alias: string;
  office: Office;
}

/** Whom all examples ask for. */
const examplePeople: readonly Sketch[] = [
  { side: 'on-premises', given: 'Bert', family: 'Huber', displayName: 'Bert Huber', alias: 'bert', office: offices.munich },
  { side: 'cloud', given: 'Anna', family: 'Lindqvist', displayName: 'Anna Lindqvist', alias: 'anna', office: offices.munich },
  { side: 'cloud', given: 'Chen', family: 'Wei', displayName: 'Chen Wei (陈伟)', alias: 'chen', office: offices.newYork },
];

const sides = ['on-premises', 'cloud'] as const;

/**
 * Contoso's people and rooms on both sides, with names, addresses, working hours and calendars. The same seed, date and
 * numbers give the same people, passwords apart. Always there: `bert` on-premises, `anna` and `chen` in the cloud,
 * `room1` to `room4` on-premises, `room5` to `room8` in the cloud.
 *
 * @throws RangeError for fewer than 3 people a side, or more than there are names for
 */
export function generatePeople(options: GeneratePeopleOptions): LabPeople {
  const { seed, referenceDate, randomBytes, domain = 'contoso.test', coexistenceDomain = 'contoso.mail.onmicrosoft.test', peoplePerSide = 25 } = options;
  if (!Number.isInteger(peoplePerSide) || peoplePerSide < 3) throw new RangeError('There must be at least three people on each side.');
  const sketches = sketchPeople(createSeededRandom(`${seed}:people`), peoplePerSide);
  const horizon = horizonOf(referenceDate);
  let uids = 0;
  const life: Life = {
    random: createSeededRandom(`${seed}:calendars`),
    horizon,
    people: sketches.map(createAgenda),
    rooms: rooms.map(({ side, name, office, seats }, index) => createAgenda({ side, displayName: `Room ${index + 1} ${name} (${office.city}, ${seats} seats)`, alias: `room${index + 1}`, office })),
    nextUid: () => `${seed}-${String(++uids).padStart(6, '0')}@${domain}`,
  };
  enterDays(life);
  bookRecurringMeetings(life);
  bookSingleMeetings(life);
  enterOwnAppointments(life);

  const person = (agenda: Agenda, parts: Pick<LabPerson, 'isRoom' | 'calendarConfiguration' | 'defaultAccess'> & { otherAddresses: readonly string[]; userPrincipalName: string }): LabPerson => ({
    side: agenda.side,
    displayName: agenda.displayName,
    alias: agenda.alias,
    userPrincipalName: parts.userPrincipalName,
    primarySmtpAddress: `${agenda.alias}@${domain}`,
    emailAddresses: Array.from(new Set([`${agenda.alias}@${domain}`, ...parts.otherAddresses, `${agenda.alias}@${coexistenceDomain}`])),
    timeZone: agenda.office.timeZone,
    isRoom: parts.isRoom,
    password: generatePassword(randomBytes),
    calendar: agenda.items,
    calendarConfiguration: parts.calendarConfiguration,
    defaultAccess: parts.defaultAccess,
  });
  return {
    horizon: { start: horizon.start, end: horizon.end },
    people: [
      ...life.people.map((agenda, index) => {
        const { given, family } = sketches[index] ?? { given: agenda.alias, family: agenda.alias };
        const longAddress = `${asciiName(given)}.${asciiName(family)}@${domain}`;
        const isExample = examplePeople.some(({ alias }) => alias === agenda.alias);
        return person(agenda, {
          isRoom: false,
          otherAddresses: [longAddress],
          // Some companies let people sign in by another address than the primary one.
          userPrincipalName: !isExample && index % 9 === 5 ? longAddress : `${agenda.alias}@${domain}`,
          calendarConfiguration: workingHours(agenda.office, isExample ? 'full' : partTimes[index % partTimes.length] ?? 'full'),
          defaultAccess: isExample ? 'LimitedDetails' : (accessRights[index % accessRights.length] ?? 'AvailabilityOnly'),
        });
      }),
      ...life.rooms.map((agenda, index) =>
        person(agenda, {
          isRoom: true,
          otherAddresses: [`${asciiName(rooms[index]?.name ?? '')}@${domain}`],
          userPrincipalName: `${agenda.alias}@${domain}`,
          calendarConfiguration: workingHours(agenda.office, 'full'),
          defaultAccess: 'LimitedDetails',
        }),
      ),
    ],
  };
}

/** Three weeks before the reference date's week, nine after its beginning. */
function horizonOf(referenceDate: number): Horizon {
  const day = Math.floor(referenceDate / dayMs);
  // 1970-01-01 was a Thursday.
  const monday = (day - ((day + 3) % 7)) * dayMs;
  return { monday, start: monday - 3 * weekMs, end: monday + 9 * weekMs };
}

function sketchPeople(random: SeededRandom, peoplePerSide: number): Sketch[] {
  const supply = createNameSupply(random);
  const aliases = new Set(examplePeople.map(({ alias }) => alias));
  const longNames = new Set(examplePeople.map(({ given, family }) => `${asciiName(given)}.${asciiName(family)}`));
  const desks = Object.values<Office>(offices).flatMap((office) => Array.from({ length: office.share }, () => office));
  return sides.flatMap((side) => {
    const people = examplePeople.filter((person) => person.side === side);
    // Walking round the desks gives every office its share.
    const round = random.shuffle(desks);
    while (people.length < peoplePerSide) {
      const office = round[people.length % round.length] ?? offices.munich;
      const name = supply(random.chance(0.8) ? office.cultures : []);
      const longName = `${asciiName(name.given)}.${asciiName(name.family)}`;
      if (longNames.has(longName)) continue;
      longNames.add(longName);
      const short = asciiName(name.given);
      const alias = aliases.has(short) ? longName : short;
      aliases.add(alias);
      people.push({ ...name, side, alias, office });
    }
    return people;
  });
}

const accessRights: readonly CalendarAccessRights[] = ['AvailabilityOnly', 'AvailabilityOnly', 'LimitedDetails', 'AvailabilityOnly', 'None', 'AvailabilityOnly', 'Reviewer', 'AvailabilityOnly'];
const partTimes = ['full', 'full', 'full', 'short week', 'full', 'full', 'mornings'] as const;

function workingHours(office: Office, hours: 'full' | 'short week' | 'mornings'): CalendarConfiguration {
  const workDays: readonly DayOfWeek[] = hours === 'short week' ? office.workDays.filter((day) => day !== 'Friday') : office.workDays;
  const workingHoursEndTime = hours === 'mornings' ? office.workingHoursStartTime + 270 : office.workingHoursEndTime;
  return { workDays, workingHoursStartTime: office.workingHoursStartTime, workingHoursEndTime, workingHoursTimeZone: createTimeZone(office.timeZone).id };
}
