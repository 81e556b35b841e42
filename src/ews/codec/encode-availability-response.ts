import type { TimeZone } from '../../organization/index.ts';
import { soapContentType, writeSoapEnvelope } from '../../xml/index.ts';
import type { SoapVersion, XmlWriter } from '../../xml/index.ts';
import type { AttendeeConflict, AvailabilityFailure, AvailabilityResponse, CalendarEvent, FreeBusyOutcome, FreeBusyView, SuggestionDay, SuggestionsOutcome, WorkingHours } from './availability-types.ts';
import { formatLocalDateTime } from './date-time.ts';
import { errorsNamespace, messagesNamespace, typesNamespace } from './namespaces.ts';
import { encodeSerializableTimeZone } from './serializable-time-zone.ts';
import type { ServerVersion } from './server-version.ts';
import { writeServerVersionInfo } from './server-version.ts';

export interface EncodeResponseOptions {
  version: SoapVersion;
  serverVersion: ServerVersion;
  /** The requester's zone: all times are its wall-clock times, without offset. */
  timeZone: TimeZone;
  /** False for clients older than Exchange 2013, whose schema lacks the value: they read such time as free. */
  knowsWorkingElsewhere: boolean;
}

const inTypes = { xmlns: typesNamespace };

/**
 * Writes a GetUserAvailabilityResponse in the element order of [MS-OXWAVLS] §7, with the default namespaces that
 * Exchange uses. A mailbox that failed has the view type `None`, as in Exchange's answers.
 */
export function encodeAvailabilityResponse(response: AvailabilityResponse, options: EncodeResponseOptions): { contentType: string; text: string } {
  const text = writeSoapEnvelope({
    version: options.version,
    writeHeader: (writer) => writeServerVersionInfo(writer, options.serverVersion),
    writeBody(writer) {
      writer.open('GetUserAvailabilityResponse', { xmlns: messagesNamespace });
      if (response.freeBusy !== undefined) {
        writer.open('FreeBusyResponseArray');
        for (const outcome of response.freeBusy) writeFreeBusyResponse(writer, outcome, options);
        writer.close();
      }
      if (response.suggestions !== undefined) writeSuggestionsResponse(writer, response.suggestions, options);
      writer.close();
    },
  });
  return { contentType: soapContentType(options.version), text };
}

function writeFreeBusyResponse(writer: XmlWriter, outcome: FreeBusyOutcome, options: EncodeResponseOptions): void {
  writer.open('FreeBusyResponse');
  writeResponseMessage(writer, outcome.ok ? undefined : outcome.failure);
  writer.open('FreeBusyView');
  if (outcome.ok) writeView(writer, outcome.view, options);
  else writer.element('FreeBusyViewType', 'None', inTypes);
  writer.close();
  writer.close();
}

function writeResponseMessage(writer: XmlWriter, failure: AvailabilityFailure | undefined): void {
  writer.open('ResponseMessage', { ResponseClass: failure === undefined ? 'Success' : 'Error' });
  writer.element('MessageText', failure?.messageText);
  writer.element('ResponseCode', failure?.responseCode ?? 'NoError');
  if (failure !== undefined) {
    writer.element('DescriptiveLinkKey', 0);
    writeMessageXml(writer, failure);
  }
  writer.close();
}

function writeMessageXml(writer: XmlWriter, failure: AvailabilityFailure): void {
  const members: [string, string | number | undefined][] = [
    ['ExceptionType', failure.exceptionType],
    ['ExceptionCode', failure.exceptionCode],
    ['ExceptionServerName', failure.exceptionServerName],
    ['ResponseSource', failure.responseSource],
  ];
  if (members.every(([, value]) => value === undefined)) return;
  writer.open('MessageXml');
  for (const [name, value] of members) writer.element(name, value, { xmlns: errorsNamespace });
  writer.close();
}

function writeView(writer: XmlWriter, view: FreeBusyView, options: EncodeResponseOptions): void {
  writer.element('FreeBusyViewType', view.viewType, inTypes);
  writer.element('MergedFreeBusy', view.mergedFreeBusy, inTypes);
  if (view.events !== undefined) {
    writer.open('CalendarEventArray', inTypes);
    for (const event of view.events) writeEvent(writer, event, options);
    writer.close();
  }
  if (view.workingHours !== undefined) writeWorkingHours(writer, view.workingHours);
}

function writeEvent(writer: XmlWriter, event: CalendarEvent, { timeZone, knowsWorkingElsewhere }: EncodeResponseOptions): void {
  writer.open('CalendarEvent');
  writer.element('StartTime', formatLocalDateTime(timeZone, event.start));
  writer.element('EndTime', formatLocalDateTime(timeZone, event.end));
  writer.element('BusyType', event.busyType === 'WorkingElsewhere' && !knowsWorkingElsewhere ? 'Free' : event.busyType);
  const { details } = event;
  if (details !== undefined) {
    writer.open('CalendarEventDetails');
    writer.element('ID', details.id);
    writer.element('Subject', details.subject);
    writer.element('Location', details.location);
    writer.element('IsMeeting', details.isMeeting);
    writer.element('IsRecurring', details.isRecurring);
    writer.element('IsException', details.isException);
    writer.element('IsReminderSet', details.isReminderSet);
    writer.element('IsPrivate', details.isPrivate);
    writer.close();
  }
  writer.close();
}

function writeWorkingHours(writer: XmlWriter, hours: WorkingHours): void {
  writer.open('WorkingHours', inTypes);
  writer.open('TimeZone');
  encodeSerializableTimeZone(writer, hours.timeZone, '');
  writer.close();
  writer.open('WorkingPeriodArray');
  for (const period of hours.periods) {
    writer.open('WorkingPeriod');
    writer.element('DayOfWeek', period.daysOfWeek.join(' '));
    writer.element('StartTimeInMinutes', period.startTimeInMinutes);
    writer.element('EndTimeInMinutes', period.endTimeInMinutes);
    writer.close();
  }
  writer.close();
  writer.close();
}

function writeSuggestionsResponse(writer: XmlWriter, outcome: SuggestionsOutcome, options: EncodeResponseOptions): void {
  writer.open('SuggestionsResponse');
  writeResponseMessage(writer, outcome.ok ? undefined : outcome.failure);
  if (outcome.ok) {
    writer.open('SuggestionDayResultArray');
    for (const day of outcome.days) writeSuggestionDay(writer, day, options);
    writer.close();
  }
  writer.close();
}

function writeSuggestionDay(writer: XmlWriter, day: SuggestionDay, options: EncodeResponseOptions): void {
  writer.open('SuggestionDayResult', inTypes);
  writer.element('Date', formatLocalDateTime(options.timeZone, day.date));
  writer.element('DayQuality', day.quality);
  writer.open('SuggestionArray');
  for (const suggestion of day.suggestions) {
    writer.open('Suggestion');
    writer.element('MeetingTime', formatLocalDateTime(options.timeZone, suggestion.meetingTime));
    writer.element('IsWorkTime', suggestion.isWorkTime);
    writer.element('SuggestionQuality', suggestion.quality);
    writer.open('AttendeeConflictDataArray');
    for (const conflict of suggestion.conflicts) writeConflict(writer, conflict, options);
    writer.close();
    writer.close();
  }
  writer.close();
  writer.close();
}

function writeConflict(writer: XmlWriter, conflict: AttendeeConflict, { knowsWorkingElsewhere }: EncodeResponseOptions): void {
  const busyType = conflict.busyType === 'WorkingElsewhere' && !knowsWorkingElsewhere ? 'Free' : conflict.busyType;
  writer.open(`${conflict.kind}AttendeeConflictData`);
  if (conflict.kind === 'Individual') writer.element('BusyType', busyType ?? 'NoData');
  if (conflict.kind === 'Group') {
    writer.element('NumberOfMembers', conflict.members?.total ?? 0);
    writer.element('NumberOfMembersAvailable', conflict.members?.available ?? 0);
    writer.element('NumberOfMembersWithConflict', conflict.members?.withConflict ?? 0);
    writer.element('NumberOfMembersWithNoData', conflict.members?.withNoData ?? 0);
  }
  writer.close();
}
