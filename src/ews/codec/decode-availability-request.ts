import type { TimeZone } from '../../organization/index.ts';
import type { XmlElement } from '../../xml/index.ts';
import { checkMailboxCount } from './check-availability-request.ts';
import type { AvailabilityLimits } from './check-availability-request.ts';
import type { AttendeeType, AvailabilityRequest, FreeBusyViewOptions, FreeBusyViewType, MailboxData, SuggestionQuality, SuggestionsViewOptions, TimeWindow } from './availability-types.ts';
import { parseDateTime, toInstant } from './date-time.ts';
import { EwsFault } from './ews-fault.ts';
import { messagesNamespace, typesNamespace } from './namespaces.ts';
import { invalidValue, readBoolean, readEnumeration, readInteger, readList, readSequence, required } from './schema-reader.ts';
import { decodeSerializableTimeZone, zoneOf } from './serializable-time-zone.ts';

const attendeeTypes = ['Organizer', 'Required', 'Optional', 'Room', 'Resource'] as const satisfies readonly AttendeeType[];
const qualities = ['Excellent', 'Good', 'Fair', 'Poor'] as const satisfies readonly SuggestionQuality[];

/** A decoded request always knows its zone: answers are written in it. */
export type DecodedAvailabilityRequest = AvailabilityRequest & { timeZone: TimeZone };

/**
 * Reads a GetUserAvailabilityRequest ([MS-OXWAVLS] §3.1.4.1; element order of its schema). Times without an offset are
 * in the body's TimeZone, else in `contextZone`, the zone of the TimeZoneContext header. Where neither is there, the
 * published schema wants TimeZone, and its validator's text is the answer.
 *
 * Checks the schema and the number of mailboxes; `checkAvailabilityRequest` checks the rest.
 *
 * @throws EwsFault
 */
export function decodeAvailabilityRequest(element: XmlElement, contextZone: TimeZone | undefined, limits: AvailabilityLimits = {}): DecodedAvailabilityRequest {
  const parts = readSequence(element, [
    { name: 'TimeZone', optional: contextZone !== undefined },
    { name: 'MailboxDataArray', namespace: messagesNamespace },
    { name: 'FreeBusyViewOptions', optional: true },
    { name: 'SuggestionsViewOptions', optional: true },
  ]);
  const timeZone = parts['TimeZone'] === undefined ? contextZone : zoneOf(decodeSerializableTimeZone(parts['TimeZone']));
  if (timeZone === undefined) required(element, undefined, 'TimeZone');
  const zone = timeZone as TimeZone;
  const mailboxes = readList(required(element, parts['MailboxDataArray'], 'MailboxDataArray'), { name: 'MailboxData' });
  checkMailboxCount(mailboxes.length, limits);
  return {
    timeZone: zone,
    mailboxes: mailboxes.map(decodeMailboxData),
    ...(parts['FreeBusyViewOptions'] === undefined ? {} : { freeBusyView: decodeFreeBusyViewOptions(parts['FreeBusyViewOptions'], zone) }),
    ...(parts['SuggestionsViewOptions'] === undefined ? {} : { suggestionsView: decodeSuggestionsViewOptions(parts['SuggestionsViewOptions'], zone) }),
  };
}

function decodeMailboxData(element: XmlElement): MailboxData {
  const parts = readSequence(element, [{ name: 'Email' }, { name: 'AttendeeType' }, { name: 'ExcludeConflicts', optional: true }]);
  const email = required(element, parts['Email'], 'Email');
  const address = readSequence(email, [{ name: 'Name', optional: true }, { name: 'Address' }, { name: 'RoutingType', optional: true }]);
  return {
    email: {
      ...(address['Name'] === undefined ? {} : { name: address['Name'].text }),
      address: required(email, address['Address'], 'Address').text.trim(),
      ...(address['RoutingType'] === undefined ? {} : { routingType: address['RoutingType'].text.trim() }),
    },
    attendeeType: readEnumeration(required(element, parts['AttendeeType'], 'AttendeeType'), attendeeTypes, 'MeetingAttendeeType'),
    excludeConflicts: parts['ExcludeConflicts'] === undefined ? false : readBoolean(parts['ExcludeConflicts']),
  };
}

function decodeFreeBusyViewOptions(element: XmlElement, zone: TimeZone): FreeBusyViewOptions {
  const parts = readSequence(element, [{ name: 'TimeWindow' }, { name: 'MergedFreeBusyIntervalInMinutes', optional: true }, { name: 'RequestedView', optional: true }]);
  const interval = parts['MergedFreeBusyIntervalInMinutes'];
  return {
    window: decodeTimeWindow(required(element, parts['TimeWindow'], 'TimeWindow'), zone),
    mergedFreeBusyIntervalInMinutes: interval === undefined ? 30 : readInteger(interval),
    requestedView: decodeView(parts['RequestedView']),
  };
}

/** FreeBusyViewType is a list of flags ([MS-OXWAVLS]): merged strings, events, details. */
const viewFlags: Readonly<Record<FreeBusyViewType, number>> = { None: 0, MergedOnly: 1, FreeBusy: 2, FreeBusyMerged: 3, Detailed: 6, DetailedMerged: 7 };

function decodeView(element: XmlElement | undefined): FreeBusyViewOptions['requestedView'] {
  let flags = 0;
  const names = (element?.text ?? '').split(/\s+/).filter((name) => name !== '');
  for (const name of names) {
    if (!Object.hasOwn(viewFlags, name)) throw invalidValue(element as XmlElement, `${typesNamespace}:FreeBusyViewType`);
    flags |= viewFlags[name as FreeBusyViewType];
  }
  const view = (Object.keys(viewFlags) as FreeBusyViewType[]).find((name) => viewFlags[name] === flags);
  // The code is the published one for None; its text is ours (*unverified*).
  if (view === undefined || view === 'None') throw new EwsFault('ErrorInvalidFreeBusyViewType', 'The requested free/busy view type is not valid.');
  return view;
}

function decodeTimeWindow(element: XmlElement, zone: TimeZone): TimeWindow {
  const parts = readSequence(element, [{ name: 'StartTime' }, { name: 'EndTime' }]);
  return {
    start: decodeTime(required(element, parts['StartTime'], 'StartTime'), zone),
    end: decodeTime(required(element, parts['EndTime'], 'EndTime'), zone),
  };
}

function decodeTime(element: XmlElement, zone: TimeZone): number {
  const time = parseDateTime(element.text);
  if (time === undefined) throw invalidValue(element, 'http://www.w3.org/2001/XMLSchema:dateTime');
  return toInstant(time, zone);
}

function decodeSuggestionsViewOptions(element: XmlElement, zone: TimeZone): SuggestionsViewOptions {
  const parts = readSequence(element, [
    { name: 'GoodThreshold', optional: true },
    { name: 'MaximumResultsByDay', optional: true },
    { name: 'MaximumNonWorkHourResultsByDay', optional: true },
    { name: 'MeetingDurationInMinutes', optional: true },
    { name: 'MinimumSuggestionQuality', optional: true },
    { name: 'DetailedSuggestionsWindow' },
    { name: 'CurrentMeetingTime', optional: true },
    { name: 'GlobalObjectId', optional: true },
  ]);
  const integer = (name: string, otherwise: number): number => (parts[name] === undefined ? otherwise : readInteger(parts[name]));
  const current = parts['CurrentMeetingTime'];
  const globalObjectId = parts['GlobalObjectId']?.text.trim();
  return {
    goodThreshold: integer('GoodThreshold', 25),
    maximumResultsByDay: integer('MaximumResultsByDay', 10),
    maximumNonWorkHourResultsByDay: integer('MaximumNonWorkHourResultsByDay', 0),
    meetingDurationInMinutes: integer('MeetingDurationInMinutes', 60),
    minimumSuggestionQuality: parts['MinimumSuggestionQuality'] === undefined ? 'Fair' : readEnumeration(parts['MinimumSuggestionQuality'], qualities, 'SuggestionQuality'),
    detailedSuggestionsWindow: decodeTimeWindow(required(element, parts['DetailedSuggestionsWindow'], 'DetailedSuggestionsWindow'), zone),
    ...(current === undefined ? {} : { currentMeetingTime: decodeTime(current, zone) }),
    ...(globalObjectId === undefined || globalObjectId === '' ? {} : { globalObjectId }),
  };
}
