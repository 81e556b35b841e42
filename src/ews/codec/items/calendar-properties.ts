import { freeBusyKind } from './base-item-properties.ts';
import { attendeesKind, recipientKind, responseTypes } from './email-address.ts';
import { deletedOccurrencesKind, enhancedLocationKind, idKind, occurrenceKind, occurrencesKind } from './item-kinds.ts';
import type { PropertyDefinition } from './property-definition.ts';
import { readable, settable } from './property-definition.ts';
import { recurrenceKind } from './recurrence-kind.ts';
import { booleanKind, dateTimeKind, enumerationKind, integerKind, textKind } from './scalar-kinds.ts';
import { meetingTimeZoneKind, timeZoneDefinitionKind } from './time-zone-kinds.ts';

const calendarItemTypeKind = enumerationKind('CalendarItemTypeType', ['Single', 'Occurrence', 'Exception', 'RecurringMaster']);
const responseTypeKind = enumerationKind('ResponseTypeType', responseTypes);

const start = settable('calendar:Start', dateTimeKind, { shape: 'default' });
const end = settable('calendar:End', dateTimeKind, { shape: 'default' });
const location = settable('calendar:Location', textKind, { shape: 'default' });
const enhancedLocation = settable('calendar:EnhancedLocation', enhancedLocationKind, { shape: 'asked' });
const recurrence = settable('calendar:Recurrence', recurrenceKind, { isHeavy: true });
const itemType = readable('calendar:CalendarItemType', calendarItemTypeKind, { shape: 'default' });
const identity: readonly PropertyDefinition[] = [settable('calendar:UID', textKind), readable('calendar:RecurrenceId', dateTimeKind), readable('calendar:DateTimeStamp', dateTimeKind)];

/** What a calendar item has from `OriginalStart` to `When`, and a meeting request too. */
const when: readonly PropertyDefinition[] = [
  readable('calendar:OriginalStart', dateTimeKind),
  settable('calendar:IsAllDayEvent', booleanKind),
  settable('calendar:LegacyFreeBusyStatus', freeBusyKind, { shape: 'default' }),
  location,
  settable('calendar:When', textKind),
  readable('calendar:IsMeeting', booleanKind),
  readable('calendar:IsCancelled', booleanKind),
  readable('calendar:IsRecurring', booleanKind, { shape: 'default' }),
  readable('calendar:MeetingRequestWasSent', booleanKind),
];

const people: readonly PropertyDefinition[] = [
  itemType,
  readable('calendar:MyResponseType', responseTypeKind),
  readable('calendar:Organizer', recipientKind, { shape: 'default' }),
  settable('calendar:RequiredAttendees', attendeesKind, { isHeavy: true }),
  settable('calendar:OptionalAttendees', attendeesKind, { isHeavy: true }),
  settable('calendar:Resources', attendeesKind, { isHeavy: true }),
];

const series: readonly PropertyDefinition[] = [
  readable('calendar:Duration', textKind),
  readable('calendar:TimeZone', textKind),
  readable('calendar:AppointmentReplyTime', dateTimeKind),
  readable('calendar:AppointmentSequenceNumber', integerKind),
  readable('calendar:AppointmentState', integerKind),
  recurrence,
  readable('calendar:FirstOccurrence', occurrenceKind, { isHeavy: true }),
  readable('calendar:LastOccurrence', occurrenceKind, { isHeavy: true }),
  readable('calendar:ModifiedOccurrences', occurrencesKind, { isHeavy: true }),
  readable('calendar:DeletedOccurrences', deletedOccurrencesKind, { isHeavy: true }),
  settable('calendar:MeetingTimeZone', meetingTimeZoneKind, { shape: 'asked', isHeavy: true }),
  settable('calendar:StartTimeZone', timeZoneDefinitionKind, { isHeavy: true }),
  settable('calendar:EndTimeZone', timeZoneDefinitionKind, { isHeavy: true }),
  settable('calendar:ConferenceType', integerKind),
  settable('calendar:AllowNewTimeProposal', booleanKind),
  settable('calendar:IsOnlineMeeting', booleanKind),
  settable('calendar:MeetingWorkspaceUrl', textKind),
  settable('calendar:NetShowUrl', textKind),
  enhancedLocation,
];

const wallClock: readonly PropertyDefinition[] = [
  readable('calendar:StartWallClock', dateTimeKind, { shape: 'asked' }),
  readable('calendar:EndWallClock', dateTimeKind, { shape: 'asked' }),
  readable('calendar:StartTimeZoneId', textKind, { shape: 'asked' }),
  readable('calendar:EndTimeZoneId', textKind, { shape: 'asked' }),
];

/** CalendarItemType, in order, without ItemType ([MS-OXWSMTGS] §2.2.4.5). */
export const calendarProperties: readonly PropertyDefinition[] = [
  ...identity,
  start,
  end,
  ...when,
  settable('calendar:IsResponseRequested', booleanKind),
  ...people,
  ...series,
  ...wallClock,
  readable('meetingRequest:IntendedFreeBusyStatus', freeBusyKind, { shape: 'asked' }),
  readable('calendar:IsOrganizer', booleanKind, { shape: 'asked' }),
];

/** MeetingMessageType, in order, without MessageType ([MS-OXWSMTGS] §2.2.4.14). */
export const meetingMessageProperties: readonly PropertyDefinition[] = [
  readable('meeting:AssociatedCalendarItemId', idKind, { shape: 'default' }),
  readable('meeting:IsDelegated', booleanKind),
  readable('meeting:IsOutOfDate', booleanKind),
  readable('meeting:HasBeenProcessed', booleanKind),
  readable('meeting:ResponseType', responseTypeKind, { shape: 'default' }),
  ...identity,
  readable('calendar:IsOrganizer', booleanKind, { shape: 'asked' }),
];

/** MeetingRequestMessageType, in order, without MeetingMessageType ([MS-OXWSMTGS] §2.2.4.15). */
export const meetingRequestProperties: readonly PropertyDefinition[] = [
  readable('meetingRequest:MeetingRequestType', enumerationKind('MeetingRequestTypeType', ['None', 'FullUpdate', 'InformationalUpdate', 'NewMeetingRequest', 'Outdated', 'SilentUpdate', 'PrincipalWantsCopy'])),
  readable('meetingRequest:IntendedFreeBusyStatus', freeBusyKind),
  start,
  end,
  ...when,
  ...people,
  ...series,
  ...wallClock,
];

/** MeetingResponseMessageType and MeetingCancellationMessageType, in order, without MeetingMessageType. */
export const meetingAnswerProperties: readonly PropertyDefinition[] = [
  start,
  end,
  location,
  recurrence,
  itemType,
  readable('meeting:ProposedStart', dateTimeKind, { shape: 'asked' }),
  readable('meeting:ProposedEnd', dateTimeKind, { shape: 'asked' }),
  enhancedLocation,
];
