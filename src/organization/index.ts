/**
 * An organisation's data: its directory, its configuration objects and its calendars, in one store. It answers what is
 * stored and what follows from it (occurrences of a series, who an address belongs to); it knows no protocol, and who
 * may see what is decided by its callers.
 */
export { OrganizationError } from './organization-error.ts';
export type { OrganizationErrorCode } from './organization-error.ts';
export { toLocal } from './calendars/time-zone.ts';
export type { Instant, LocalTime, TimeZone } from './calendars/time-zone.ts';
export { createTimeZone } from './calendars/create-time-zone.ts';
export { windowsTimeZoneId } from './calendars/windows-time-zone.ts';
export { fromSerializable, toSerializable } from './calendars/serializable-time-zone.ts';
export { fromTimeZoneDefinition } from './calendars/time-zone-definition.ts';
export type { TimeZoneDefinition, TimeZonePeriod, TimeZoneTransition } from './calendars/time-zone-definition.ts';
export { observedTimeZone } from './calendars/observed-time-zone.ts';
export type { TimeZoneObservance, YearlyDay } from './calendars/observed-time-zone.ts';
export type { SerializableTimeZone, SerializableTimeZoneTransition } from './calendars/serializable-time-zone.ts';
export type { DayOfWeek, DayOfWeekIndex, DayOfWeekOrGroup, Recurrence, RecurrencePattern, RecurrenceRange } from './calendars/recurrence.ts';
export type { CalendarItem, CalendarItemDetails, CalendarOccurrence, FreeBusyStatus, ModifiedOccurrence, NewCalendarItem, Sensitivity } from './calendars/calendar-item.ts';
export type { Recipient, RecipientTypeDetails } from './directory/recipient.ts';
