import type { DayOfWeek, FreeBusyStatus, Instant, SerializableTimeZone, TimeZone } from '../../organization/index.ts';

export type { SerializableTimeZone, SerializableTimeZoneTransition } from '../../organization/index.ts';

/** [MS-OXWAVLS] 2.2.5.1 FreeBusyViewType. */
export type FreeBusyViewType = 'None' | 'MergedOnly' | 'FreeBusy' | 'FreeBusyMerged' | 'Detailed' | 'DetailedMerged';
export type AttendeeType = 'Organizer' | 'Required' | 'Optional' | 'Room' | 'Resource';
export type SuggestionQuality = 'Excellent' | 'Good' | 'Fair' | 'Poor';

export interface MailboxData {
  email: { name?: string; address: string; routingType?: string };
  attendeeType: AttendeeType;
  excludeConflicts: boolean;
}

export interface TimeWindow {
  start: Instant;
  /** Exclusive. */
  end: Instant;
}

export interface FreeBusyViewOptions {
  window: TimeWindow;
  /** Minutes, 5 to 1440. Default 30. */
  mergedFreeBusyIntervalInMinutes: number;
  requestedView: Exclude<FreeBusyViewType, 'None'>;
}

export interface SuggestionsViewOptions {
  /** Percentage of attendees without conflict up to which a time still counts as good; 1 to 49. Default 25. */
  goodThreshold: number;
  /** 0 to 48. Default 10. */
  maximumResultsByDay: number;
  /** 0 to 48. Default 0. */
  maximumNonWorkHourResultsByDay: number;
  /** Minutes, 30 to 1440. Default 60. */
  meetingDurationInMinutes: number;
  minimumSuggestionQuality: SuggestionQuality;
  detailedSuggestionsWindow: TimeWindow;
  currentMeetingTime?: Instant;
  globalObjectId?: string;
}

/** A GetUserAvailability request after decoding: all times are instants; `timeZone` is what answers are written in. */
export interface AvailabilityRequest {
  mailboxes: readonly MailboxData[];
  /** The zone of the request: the days of suggestions begin at its midnights. Default UTC. */
  timeZone?: TimeZone;
  freeBusyView?: FreeBusyViewOptions;
  suggestionsView?: SuggestionsViewOptions;
}

/** Present only in the detailed views, and only as far as the requester's permission reaches. */
export interface CalendarEventDetails {
  id?: string;
  subject?: string;
  location?: string;
  isMeeting: boolean;
  isRecurring: boolean;
  isException: boolean;
  isReminderSet: boolean;
  isPrivate: boolean;
}

export interface CalendarEvent {
  start: Instant;
  end: Instant;
  busyType: FreeBusyStatus;
  details?: CalendarEventDetails;
}

export interface WorkingPeriod {
  daysOfWeek: readonly DayOfWeek[];
  /** Minutes after midnight, in the zone of the working hours. */
  startTimeInMinutes: number;
  endTimeInMinutes: number;
}

export interface WorkingHours {
  timeZone: SerializableTimeZone;
  periods: readonly WorkingPeriod[];
}

/** What one mailbox answers. `events` only for FreeBusy* and Detailed* views, `mergedFreeBusy` only for merged ones. */
export interface FreeBusyView {
  viewType: FreeBusyViewType;
  /** One digit per interval: 0 free, 1 tentative, 2 busy, 3 OOF, 4 no data. */
  mergedFreeBusy?: string;
  events?: readonly CalendarEvent[];
  workingHours?: WorkingHours;
}

/**
 * A mailbox that could not be looked up: the published response code and text, and the diagnostics that Exchange puts
 * into MessageXml.
 */
export interface AvailabilityFailure {
  responseCode: string;
  messageText: string;
  /** MessageXml members; absent ones are left out. */
  exceptionType?: string;
  exceptionCode?: number;
  exceptionServerName?: string;
  responseSource?: string;
}

export type FreeBusyOutcome = { ok: true; view: FreeBusyView } | { ok: false; failure: AvailabilityFailure };

export interface AttendeeConflict {
  kind: 'Individual' | 'Group' | 'TooBigGroup' | 'Unknown';
  /** Individuals only. */
  busyType?: FreeBusyStatus;
  /** Groups only. */
  members?: { total: number; available: number; withConflict: number; withNoData: number };
}

export interface Suggestion {
  meetingTime: Instant;
  isWorkTime: boolean;
  quality: SuggestionQuality;
  /** In the order of the request's mailboxes. */
  conflicts: readonly AttendeeConflict[];
}

export interface SuggestionDay {
  /** Midnight of the day in the request's zone. */
  date: Instant;
  quality: SuggestionQuality;
  suggestions: readonly Suggestion[];
}

export type SuggestionsOutcome = { ok: true; days: readonly SuggestionDay[] } | { ok: false; failure: AvailabilityFailure };

/** How one mailbox's answer came about; operators and the requester's own organisation see it, remote callers never do. */
export interface LookupPath {
  source: 'Local' | 'IntraOrganizationConnector' | 'OrganizationRelationship' | 'AvailabilityAddressSpace' | 'None';
  /** Name of the connector, relationship or address space that decided. */
  name?: string;
  /** EWS endpoint asked. */
  endpoint?: string;
  /** `Via` header of the remote answer: which intermediaries it passed. */
  via?: string;
  durationMs: number;
}

export interface AvailabilityResponse {
  /** As many as mailboxes, in their order; absent when no free/busy view was asked for. */
  freeBusy?: readonly FreeBusyOutcome[];
  suggestions?: SuggestionsOutcome;
  /** In the order of the request's mailboxes. */
  paths?: readonly LookupPath[];
}
