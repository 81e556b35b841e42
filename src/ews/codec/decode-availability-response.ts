import type { DayOfWeek, FreeBusyStatus, TimeZone } from '../../organization/index.ts';
import { childText, findAttribute, findChild, findChildren, isElement } from '../../xml/index.ts';
import type { XmlElement } from '../../xml/index.ts';
import type { AttendeeConflict, AvailabilityFailure, AvailabilityResponse, CalendarEvent, CalendarEventDetails, FreeBusyOutcome, FreeBusyView, FreeBusyViewType, SuggestionDay, SuggestionQuality, SuggestionsOutcome, WorkingHours, WorkingPeriod } from './availability-types.ts';
import { parseDateTime, toInstant } from './date-time.ts';
import { errorsNamespace, messagesNamespace, typesNamespace } from './namespaces.ts';
import { daysOfWeek, decodeSerializableTimeZone } from './serializable-time-zone.ts';
import { UnexpectedAnswer } from './unexpected-answer.ts';

const busyTypes = ['Free', 'Tentative', 'Busy', 'OOF', 'WorkingElsewhere', 'NoData'] as const satisfies readonly FreeBusyStatus[];
const viewTypes = ['None', 'MergedOnly', 'FreeBusy', 'FreeBusyMerged', 'Detailed', 'DetailedMerged'] as const satisfies readonly FreeBusyViewType[];
const qualities = ['Excellent', 'Good', 'Fair', 'Poor'] as const satisfies readonly SuggestionQuality[];

/**
 * Reads a GetUserAvailabilityResponse. Elements are found by name, so that later schemas may add some; times without an
 * offset are in `zone`, those with one (Exchange 2007 writes them so) are taken at their word. A Warning counts as an
 * answer.
 *
 * @throws UnexpectedAnswer
 */
export function decodeAvailabilityResponse(element: XmlElement, zone: TimeZone): AvailabilityResponse {
  if (!isElement(element, messagesNamespace, 'GetUserAvailabilityResponse')) throw new UnexpectedAnswer(element.local);
  const freeBusy = findChild(element, messagesNamespace, 'FreeBusyResponseArray');
  const suggestions = findChild(element, messagesNamespace, 'SuggestionsResponse');
  return {
    ...(freeBusy === undefined ? {} : { freeBusy: findChildren(freeBusy, messagesNamespace, 'FreeBusyResponse').map((response) => decodeFreeBusyResponse(response, zone)) }),
    ...(suggestions === undefined ? {} : { suggestions: decodeSuggestions(suggestions, zone) }),
  };
}

function decodeFreeBusyResponse(element: XmlElement, zone: TimeZone): FreeBusyOutcome {
  const failure = decodeFailure(element);
  if (failure !== undefined) return { ok: false, failure };
  return { ok: true, view: decodeView(child(element, messagesNamespace, 'FreeBusyView'), zone) };
}

/** The failure that a ResponseMessage states, or undefined where it is none. */
function decodeFailure(element: XmlElement): AvailabilityFailure | undefined {
  const message = child(element, messagesNamespace, 'ResponseMessage');
  if (findAttribute(message, 'ResponseClass') !== 'Error') return undefined;
  const xml = findChild(message, messagesNamespace, 'MessageXml');
  const diagnostic = (name: string): string | undefined => xml && (childText(xml, errorsNamespace, name) || undefined);
  const exceptionCode = diagnostic('ExceptionCode');
  return {
    responseCode: childText(message, messagesNamespace, 'ResponseCode') || 'ErrorInternalServerError',
    messageText: findChild(message, messagesNamespace, 'MessageText')?.text ?? '',
    ...optional('exceptionType', diagnostic('ExceptionType')),
    ...(exceptionCode === undefined || !/^-?\d{1,9}$/.test(exceptionCode) ? {} : { exceptionCode: Number(exceptionCode) }),
    ...optional('exceptionServerName', diagnostic('ExceptionServerName')),
    ...optional('responseSource', diagnostic('ResponseSource')),
  };
}

function decodeView(element: XmlElement, zone: TimeZone): FreeBusyView {
  const merged = childText(element, typesNamespace, 'MergedFreeBusy');
  if (merged !== undefined && !/^\d*$/.test(merged)) throw new UnexpectedAnswer('MergedFreeBusy');
  const events = findChild(element, typesNamespace, 'CalendarEventArray');
  const hours = findChild(element, typesNamespace, 'WorkingHours');
  return {
    viewType: member(element, 'FreeBusyViewType', viewTypes),
    ...optional('mergedFreeBusy', merged),
    ...(events === undefined ? {} : { events: findChildren(events, typesNamespace, 'CalendarEvent').map((event) => decodeEvent(event, zone)) }),
    ...(hours === undefined ? {} : { workingHours: decodeWorkingHours(hours) }),
  };
}

function decodeEvent(element: XmlElement, zone: TimeZone): CalendarEvent {
  const details = findChild(element, typesNamespace, 'CalendarEventDetails');
  return {
    start: time(element, 'StartTime', zone),
    end: time(element, 'EndTime', zone),
    busyType: member(element, 'BusyType', busyTypes),
    ...(details === undefined ? {} : { details: decodeDetails(details) }),
  };
}

function decodeDetails(element: XmlElement): CalendarEventDetails {
  const text = (name: string): string | undefined => findChild(element, typesNamespace, name)?.text;
  return {
    ...optional('id', text('ID')),
    ...optional('subject', text('Subject')),
    ...optional('location', text('Location')),
    isMeeting: flag(element, 'IsMeeting'),
    isRecurring: flag(element, 'IsRecurring'),
    isException: flag(element, 'IsException'),
    isReminderSet: flag(element, 'IsReminderSet'),
    isPrivate: flag(element, 'IsPrivate'),
  };
}

function decodeWorkingHours(element: XmlElement): WorkingHours {
  const zone = child(element, typesNamespace, 'TimeZone');
  const periods = findChild(element, typesNamespace, 'WorkingPeriodArray');
  let timeZone: WorkingHours['timeZone'];
  try {
    timeZone = decodeSerializableTimeZone(zone);
  } catch {
    throw new UnexpectedAnswer('WorkingHours/TimeZone');
  }
  return { timeZone, periods: periods === undefined ? [] : findChildren(periods, typesNamespace, 'WorkingPeriod').map(decodeWorkingPeriod) };
}

function decodeWorkingPeriod(element: XmlElement): WorkingPeriod {
  const names = (childText(element, typesNamespace, 'DayOfWeek') ?? '').split(/\s+/).filter((name) => name !== '');
  const days = names.map((name): DayOfWeek => {
    const day = daysOfWeek.find((candidate) => candidate === name);
    if (day === undefined) throw new UnexpectedAnswer('WorkingPeriod/DayOfWeek');
    return day;
  });
  return { daysOfWeek: days, startTimeInMinutes: count(element, 'StartTimeInMinutes'), endTimeInMinutes: count(element, 'EndTimeInMinutes') };
}

function decodeSuggestions(element: XmlElement, zone: TimeZone): SuggestionsOutcome {
  const failure = decodeFailure(element);
  if (failure !== undefined) return { ok: false, failure };
  const days = findChild(element, messagesNamespace, 'SuggestionDayResultArray');
  return { ok: true, days: days === undefined ? [] : findChildren(days, typesNamespace, 'SuggestionDayResult').map((day) => decodeSuggestionDay(day, zone)) };
}

function decodeSuggestionDay(element: XmlElement, zone: TimeZone): SuggestionDay {
  const suggestions = findChild(element, typesNamespace, 'SuggestionArray');
  return {
    date: time(element, 'Date', zone),
    quality: member(element, 'DayQuality', qualities),
    suggestions:
      suggestions === undefined
        ? []
        : findChildren(suggestions, typesNamespace, 'Suggestion').map((suggestion) => ({
            meetingTime: time(suggestion, 'MeetingTime', zone),
            isWorkTime: flag(suggestion, 'IsWorkTime'),
            quality: member(suggestion, 'SuggestionQuality', qualities),
            conflicts: (findChild(suggestion, typesNamespace, 'AttendeeConflictDataArray')?.children ?? []).map(decodeConflict),
          })),
  };
}

function decodeConflict(element: XmlElement): AttendeeConflict {
  switch (element.local) {
    case 'IndividualAttendeeConflictData':
      return { kind: 'Individual', busyType: member(element, 'BusyType', busyTypes) };
    case 'GroupAttendeeConflictData':
      return {
        kind: 'Group',
        members: {
          total: count(element, 'NumberOfMembers'),
          available: count(element, 'NumberOfMembersAvailable'),
          withConflict: count(element, 'NumberOfMembersWithConflict'),
          withNoData: count(element, 'NumberOfMembersWithNoData'),
        },
      };
    case 'TooBigGroupAttendeeConflictData':
      return { kind: 'TooBigGroup' };
    case 'UnknownAttendeeConflictData':
      return { kind: 'Unknown' };
    default:
      throw new UnexpectedAnswer('AttendeeConflictDataArray');
  }
}

function child(element: XmlElement, namespace: string, local: string): XmlElement {
  const found = findChild(element, namespace, local);
  if (found === undefined) throw new UnexpectedAnswer(`${element.local}/${local}`);
  return found;
}

function member<Value extends string>(element: XmlElement, local: string, values: readonly Value[]): Value {
  const text = childText(element, typesNamespace, local);
  const value = values.find((candidate) => candidate === text);
  if (value === undefined) throw new UnexpectedAnswer(`${element.local}/${local}`);
  return value;
}

function time(element: XmlElement, local: string, zone: TimeZone): number {
  const parsed = parseDateTime(childText(element, typesNamespace, local) ?? '');
  if (parsed === undefined) throw new UnexpectedAnswer(`${element.local}/${local}`);
  return toInstant(parsed, zone);
}

function count(element: XmlElement, local: string): number {
  const text = childText(element, typesNamespace, local) ?? '';
  if (!/^\d{1,9}$/.test(text)) throw new UnexpectedAnswer(`${element.local}/${local}`);
  return Number(text);
}

/** An xs:boolean that counts as false where it is missing: details shrink with the requester's permission. */
function flag(element: XmlElement, local: string): boolean {
  const text = childText(element, typesNamespace, local);
  return text === 'true' || text === '1';
}

function optional<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]?: Value });
}
