import type { TimeZoneObservance } from './observed-time-zone.ts';
import type { Recurrence } from './recurrence.ts';
import type { Instant } from './time-zone.ts';

/** [MS-OXWSCDATA] LegacyFreeBusyType. */
export type FreeBusyStatus = 'Free' | 'Tentative' | 'Busy' | 'OOF' | 'WorkingElsewhere' | 'NoData';
export type Sensitivity = 'Normal' | 'Personal' | 'Private' | 'Confidential';

/** What an occurrence can differ in from its series, and what a single item has. */
export interface CalendarItemDetails {
  subject: string;
  location: string;
  freeBusyStatus: FreeBusyStatus;
  sensitivity: Sensitivity;
  isAllDay: boolean;
  isMeeting: boolean;
  isReminderSet: boolean;
}

/** An occurrence that was moved or changed. `originalStart` is when the pattern would have put it. */
export interface ModifiedOccurrence extends Partial<CalendarItemDetails> {
  originalStart: Instant;
  start: Instant;
  end: Instant;
  /** Its body is its own: the property that `occurrenceBodyKey` names. */
  hasOwnBody?: boolean;
  /** Its attachments are its own: whether one of them shows. Absent where it has those of the series. */
  hasAttachments?: boolean;
}

/**
 * An item to store. A series' `start` and `end` are those of its first occurrence: they give the time of day and the
 * length of all, the dates come from `recurrence`.
 */
export interface NewCalendarItem extends CalendarItemDetails {
  /** iCalendar UID; unique in its calendar: an item with the same uid replaces the former one. */
  uid: string;
  start: Instant;
  end: Instant;
  /** Windows id, IANA name or `UTC`: the zone in which a series recurs and an all-day item has its midnights. */
  timeZone: string;
  /** Rules of a zone that has no known name (a VTIMEZONE of its own); then they hold, and `timeZone` only names them. */
  timeZoneRules?: readonly TimeZoneObservance[];
  recurrence?: Recurrence;
  modifiedOccurrences?: readonly ModifiedOccurrence[];
  /** Original starts of occurrences that were deleted. */
  deletedOccurrences?: readonly Instant[];
  /** Further occurrences outside the pattern (iCalendar RDATE): start and end. */
  addedOccurrences?: readonly { start: Instant; end: Instant }[];
}

export interface CalendarItem extends NewCalendarItem {
  id: string;
}

/** One happening on a calendar: a single item, or one occurrence of a series. */
export interface CalendarOccurrence extends CalendarItemDetails {
  itemId: string;
  start: Instant;
  end: Instant;
  isRecurring: boolean;
  /** True for an occurrence that was modified. */
  isException: boolean;
}
