import type { CalendarAccessRights, CalendarConfiguration, Instant, NewCalendarItem } from '../../organization/index.ts';

/** A generated person or room, with everything that an organisation keeps of one: plain data. */
export interface LabPerson {
  /** Where the mailbox is. */
  side: 'on-premises' | 'cloud';
  displayName: string;
  /** Unique over both sides. */
  alias: string;
  /** Sign-in name. Mostly the primary address, but not for everyone, as in life. */
  userPrincipalName: string;
  primarySmtpAddress: string;
  /** All addresses, the primary one first. */
  emailAddresses: readonly string[];
  /** Windows id. */
  timeZone: string;
  isRoom: boolean;
  password: string;
  calendar: readonly NewCalendarItem[];
  calendarConfiguration: CalendarConfiguration;
  /** What the calendar's `Default` entry grants. */
  defaultAccess: CalendarAccessRights;
}

export interface LabPeople {
  /** People first, then rooms; on-premises first. */
  people: readonly LabPerson[];
  /** What the calendars cover densely; series reach further in both directions. */
  horizon: { start: Instant; end: Instant };
}

export interface GeneratePeopleOptions {
  /** The same seed and reference date give the same people, passwords apart. */
  seed: number;
  /** The day around which life happens: three weeks before its week, nine after. */
  referenceDate: Instant;
  /** Where passwords come from: cryptographically strong, never the seed. */
  randomBytes: (size: number) => Uint8Array;
  /** Default `contoso.test`. */
  domain?: string;
  /** The cloud's routing domain, in which everyone has an address too. Default `contoso.mail.onmicrosoft.test`. */
  coexistenceDomain?: string;
  /** People with a mailbox on either side, rooms apart; at least 3. Default 25. */
  peoplePerSide?: number;
}
