import { choiceOf, complexType, enumeration } from './schema-notation.ts';
import type { ComplexType, SimpleType } from './schema-notation.ts';

const conflict = (kind: string): string => `${kind}AttendeeConflictData=t:${kind === 'Individual' || kind === 'Group' ? kind : 'Other'}AttendeeConflictData`;

/** Free/busy, absence and mail tips ([MS-OXWAVLS], [MS-OXWOOF], [MS-OXWSMTIP]). */
export const availabilityTypes: readonly (ComplexType | SimpleType)[] = [
  complexType('EmailAddress', 'Name?=xs:string Address=xs:string RoutingType?=xs:string'),
  enumeration('MeetingAttendeeType', ['Organizer', 'Required', 'Optional', 'Room', 'Resource']),
  complexType('MailboxData', 'Email=t:EmailAddress AttendeeType=t:MeetingAttendeeType ExcludeConflicts?=xs:boolean'),
  complexType('ArrayOfMailboxData', 'MailboxData*=t:MailboxData'),
  complexType('Duration', 'StartTime=xs:dateTime EndTime=xs:dateTime'),
  { kind: 'simple', name: 'TimeZoneBiasType', base: 'xs:int', minimum: -1440, maximum: 1440 },
  complexType('SerializableTimeZoneTime', 'Bias=t:TimeZoneBiasType Time=xs:string DayOrder=xs:int Month=xs:int DayOfWeek=t:SingleDayOfWeekType Year?=t:TimeZoneYearType'),
  // Text, because .NET writes it empty where there is none.
  { kind: 'simple', name: 'TimeZoneYearType', base: 'xs:string', pattern: '[0-9]{0,4}' },
  complexType('SerializableTimeZone', 'Bias=t:TimeZoneBiasType StandardTime=t:SerializableTimeZoneTime DaylightTime=t:SerializableTimeZoneTime'),
  enumeration('FreeBusyViewNameType', ['None', 'MergedOnly', 'FreeBusy', 'FreeBusyMerged', 'Detailed', 'DetailedMerged']),
  { kind: 'simple', name: 'FreeBusyViewType', base: 'xs:string', listOf: 't:FreeBusyViewNameType' },
  complexType('FreeBusyViewOptionsType', 'TimeWindow=t:Duration MergedFreeBusyIntervalInMinutes?=xs:int RequestedView?=t:FreeBusyViewType'),
  enumeration('SuggestionQuality', ['Excellent', 'Good', 'Fair', 'Poor']),
  complexType(
    'SuggestionsViewOptionsType',
    'GoodThreshold?=xs:int MaximumResultsByDay?=xs:int MaximumNonWorkHourResultsByDay?=xs:int MeetingDurationInMinutes?=xs:int MinimumSuggestionQuality?=t:SuggestionQuality DetailedSuggestionsWindow=t:Duration CurrentMeetingTime?=xs:dateTime GlobalObjectId?=xs:string',
  ),
  complexType('CalendarEventDetails', 'ID?=xs:string Subject?=xs:string Location?=xs:string IsMeeting=xs:boolean IsRecurring=xs:boolean IsException=xs:boolean IsReminderSet=xs:boolean IsPrivate=xs:boolean'),
  complexType('CalendarEvent', 'StartTime=xs:dateTime EndTime=xs:dateTime BusyType=t:LegacyFreeBusyType CalendarEventDetails?=t:CalendarEventDetails'),
  complexType('ArrayOfCalendarEvent', 'CalendarEvent*=t:CalendarEvent'),
  complexType('WorkingPeriod', 'DayOfWeek=t:DaysOfWeekType StartTimeInMinutes=xs:int EndTimeInMinutes=xs:int'),
  complexType('ArrayOfWorkingPeriod', 'WorkingPeriod*=t:WorkingPeriod'),
  complexType('WorkingHours', 'TimeZone=t:SerializableTimeZone WorkingPeriodArray=t:ArrayOfWorkingPeriod'),
  complexType('FreeBusyView', 'FreeBusyViewType=t:FreeBusyViewType MergedFreeBusy?=xs:string CalendarEventArray?=t:ArrayOfCalendarEvent WorkingHours?=t:WorkingHours'),
  complexType('IndividualAttendeeConflictData', 'BusyType=t:LegacyFreeBusyType'),
  complexType('GroupAttendeeConflictData', 'NumberOfMembers=xs:int NumberOfMembersAvailable=xs:int NumberOfMembersWithConflict=xs:int NumberOfMembersWithNoData=xs:int'),
  complexType('OtherAttendeeConflictData', ''),
  complexType('ArrayOfAttendeeConflictData', choiceOf(['Individual', 'Group', 'TooBigGroup', 'Unknown'].map(conflict).join(' '), '*')),
  complexType('Suggestion', 'MeetingTime=xs:dateTime IsWorkTime=xs:boolean SuggestionQuality=t:SuggestionQuality AttendeeConflictDataArray?=t:ArrayOfAttendeeConflictData'),
  complexType('ArrayOfSuggestion', 'Suggestion*=t:Suggestion'),
  complexType('SuggestionDayResult', 'Date=xs:dateTime DayQuality=t:SuggestionQuality SuggestionArray?=t:ArrayOfSuggestion'),
  complexType('ArrayOfSuggestionDayResult', 'SuggestionDayResult*=t:SuggestionDayResult'),

  enumeration('OofState', ['Disabled', 'Enabled', 'Scheduled']),
  enumeration('ExternalAudience', ['None', 'Known', 'All']),
  complexType('ReplyBody', 'Message?=xs:string', { hasLanguage: true }),
  complexType('UserOofSettings', 'OofState=t:OofState ExternalAudience=t:ExternalAudience Duration?=t:Duration InternalReply?=t:ReplyBody ExternalReply?=t:ReplyBody'),

  enumeration('MailTipNameType', ['All', 'OutOfOfficeMessage', 'MailboxFullStatus', 'CustomMailTip', 'ExternalMemberCount', 'TotalMemberCount', 'MaxMessageSize', 'DeliveryRestriction', 'ModerationStatus', 'InvalidRecipient', 'Scope']),
  { kind: 'simple', name: 'MailTipTypes', base: 'xs:string', listOf: 't:MailTipNameType' },
  complexType('OutOfOfficeMailTip', 'ReplyBody=t:ReplyBody Duration?=t:Duration'),
  complexType('MailTips', 'RecipientAddress=t:EmailAddressType PendingMailTips=t:MailTipTypes OutOfOffice?=t:OutOfOfficeMailTip MailboxFull?=xs:boolean CustomMailTip?=xs:string TotalMemberCount?=xs:int ExternalMemberCount?=xs:int MaxMessageSize?=xs:int DeliveryRestricted?=xs:boolean IsModerated?=xs:boolean InvalidRecipient?=xs:boolean'),
];
