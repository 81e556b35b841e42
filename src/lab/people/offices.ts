import type { DayOfWeek } from '../../organization/index.ts';
import type { Culture } from './names.ts';

/** An office of Contoso. Times are minutes after midnight on its own clocks. */
export interface Office {
  city: string;
  /** Windows id. */
  timeZone: string;
  region: 'EMEA' | 'Americas' | 'APAC';
  workDays: readonly DayOfWeek[];
  workingHoursStartTime: number;
  workingHoursEndTime: number;
  /** Holidays that fall on the same date every year. */
  holidays: readonly { name: string; month: number; day: number }[];
  /** Where most of its people come from. */
  cultures: readonly Culture[];
  /** How many of every twenty people work here. */
  share: number;
}

const mondayToFriday: readonly DayOfWeek[] = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'];
const newYear = { name: 'New Year’s Day', month: 1, day: 1 };
const christmas = { name: 'Christmas Day', month: 12, day: 25 };

export const offices = {
  munich: {
    city: 'Munich',
    timeZone: 'W. Europe Standard Time',
    region: 'EMEA',
    workDays: mondayToFriday,
    workingHoursStartTime: 480,
    workingHoursEndTime: 1020,
    holidays: [newYear, { name: 'Labour Day', month: 5, day: 1 }, { name: 'Day of German Unity', month: 10, day: 3 }, christmas],
    cultures: ['german', 'swedish', 'turkish'],
    share: 4,
  },
  london: {
    city: 'London',
    timeZone: 'GMT Standard Time',
    region: 'EMEA',
    workDays: mondayToFriday,
    workingHoursStartTime: 540,
    workingHoursEndTime: 1050,
    holidays: [newYear, christmas, { name: 'Boxing Day', month: 12, day: 26 }],
    cultures: ['english', 'irish', 'nigerian'],
    share: 3,
  },
  paris: {
    city: 'Paris',
    timeZone: 'Romance Standard Time',
    region: 'EMEA',
    workDays: mondayToFriday,
    workingHoursStartTime: 540,
    workingHoursEndTime: 1080,
    holidays: [newYear, { name: 'Fête nationale', month: 7, day: 14 }, christmas],
    cultures: ['french', 'arabic'],
    share: 2,
  },
  warsaw: {
    city: 'Warsaw',
    timeZone: 'Central European Standard Time',
    region: 'EMEA',
    workDays: mondayToFriday,
    workingHoursStartTime: 480,
    workingHoursEndTime: 960,
    holidays: [newYear, { name: 'Święto Niepodległości', month: 11, day: 11 }, christmas],
    cultures: ['polish'],
    share: 1,
  },
  newYork: {
    city: 'New York',
    timeZone: 'Eastern Standard Time',
    region: 'Americas',
    workDays: mondayToFriday,
    workingHoursStartTime: 540,
    workingHoursEndTime: 1020,
    holidays: [newYear, { name: 'Independence Day', month: 7, day: 4 }, christmas],
    cultures: ['english', 'hispanic', 'korean'],
    share: 3,
  },
  seattle: {
    city: 'Seattle',
    timeZone: 'Pacific Standard Time',
    region: 'Americas',
    workDays: mondayToFriday,
    workingHoursStartTime: 510,
    workingHoursEndTime: 1020,
    holidays: [newYear, { name: 'Independence Day', month: 7, day: 4 }, christmas],
    cultures: ['english', 'chinese', 'vietnamese'],
    share: 1,
  },
  saoPaulo: {
    city: 'São Paulo',
    timeZone: 'E. South America Standard Time',
    region: 'Americas',
    workDays: mondayToFriday,
    workingHoursStartTime: 540,
    workingHoursEndTime: 1080,
    holidays: [newYear, { name: 'Independência do Brasil', month: 9, day: 7 }, christmas],
    cultures: ['brazilian'],
    share: 1,
  },
  bengaluru: {
    city: 'Bengaluru',
    timeZone: 'India Standard Time',
    region: 'APAC',
    workDays: mondayToFriday,
    workingHoursStartTime: 570,
    workingHoursEndTime: 1110,
    holidays: [{ name: 'Republic Day', month: 1, day: 26 }, { name: 'Independence Day', month: 8, day: 15 }, { name: 'Gandhi Jayanti', month: 10, day: 2 }],
    cultures: ['indian'],
    share: 2,
  },
  kathmandu: {
    city: 'Kathmandu',
    timeZone: 'Nepal Standard Time',
    region: 'APAC',
    // The week begins on Sunday there.
    workDays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'],
    workingHoursStartTime: 600,
    workingHoursEndTime: 1020,
    holidays: [{ name: 'Constitution Day', month: 9, day: 19 }],
    cultures: ['nepali'],
    share: 1,
  },
  sydney: {
    city: 'Sydney',
    timeZone: 'AUS Eastern Standard Time',
    region: 'APAC',
    workDays: mondayToFriday,
    workingHoursStartTime: 510,
    workingHoursEndTime: 1020,
    holidays: [newYear, { name: 'Australia Day', month: 1, day: 26 }, { name: 'Anzac Day', month: 4, day: 25 }, christmas],
    cultures: ['english', 'greek', 'vietnamese'],
    share: 1,
  },
  tokyo: {
    city: 'Tokyo',
    timeZone: 'Tokyo Standard Time',
    region: 'APAC',
    workDays: mondayToFriday,
    workingHoursStartTime: 540,
    workingHoursEndTime: 1080,
    holidays: [newYear, { name: '憲法記念日', month: 5, day: 3 }, { name: '勤労感謝の日', month: 11, day: 23 }],
    cultures: ['japanese'],
    share: 1,
  },
} as const satisfies Readonly<Record<string, Office>>;

/** Where the rooms are: four with a mailbox on-premises, then four in the cloud. */
export const rooms: readonly { side: 'on-premises' | 'cloud'; name: string; office: Office; seats: number }[] = [
  { side: 'on-premises', name: 'Zugspitze', office: offices.munich, seats: 12 },
  { side: 'on-premises', name: 'Greenwich', office: offices.london, seats: 8 },
  { side: 'on-premises', name: 'Hudson', office: offices.newYork, seats: 10 },
  { side: 'on-premises', name: 'Nandi', office: offices.bengaluru, seats: 6 },
  { side: 'cloud', name: 'Isar', office: offices.munich, seats: 4 },
  { side: 'cloud', name: 'Belleville', office: offices.paris, seats: 8 },
  { side: 'cloud', name: 'Rainier', office: offices.seattle, seats: 16 },
  { side: 'cloud', name: 'Coogee', office: offices.sydney, seats: 6 },
];
