import { fromSerializable, toSerializable } from '../../organization/index.ts';
import type { SerializableTimeZone, TimeZone } from '../../organization/index.ts';
import { writeSoapEnvelope } from '../../xml/index.ts';
import type { XmlWriter } from '../../xml/index.ts';
import type { AvailabilityRequest, TimeWindow } from './availability-types.ts';
import { formatLocalDateTime } from './date-time.ts';
import { messagesNamespace, typesNamespace } from './namespaces.ts';
import { encodeSerializableTimeZone } from './serializable-time-zone.ts';
import { utc } from './utc.ts';

export interface EncodedAvailabilityRequest {
  text: string;
  /** The zone in which the request was written, and in which its answer must be read. */
  timeZone: TimeZone;
}

const never = { bias: 0, time: '00:00:00', dayOrder: 1, month: 1, dayOfWeek: 'Sunday' } as const;
const serializableUtc: SerializableTimeZone = { bias: 0, standardTime: never, daylightTime: never };

/**
 * Writes a GetUserAvailability request in SOAP 1.1. Times go as wall-clock times of the body's TimeZone, the form that
 * every Exchange understands. That zone is UTC, in which no time is missing or happens twice, unless suggestions are
 * wanted: their days are those of the request's zone, so its rules of that year are sent.
 */
export function encodeAvailabilityRequest(request: AvailabilityRequest, requestServerVersion: string): EncodedAvailabilityRequest {
  const { suggestionsView, freeBusyView } = request;
  const serializable = suggestionsView === undefined || request.timeZone === undefined ? serializableUtc : toSerializable(request.timeZone, suggestionsView.detailedSuggestionsWindow.start);
  const timeZone = serializable === serializableUtc ? utc : fromSerializable(serializable);
  const time = (name: string, instant: number, writer: XmlWriter): void => writer.element(name, formatLocalDateTime(timeZone, instant));
  const window = (name: string, { start, end }: TimeWindow, writer: XmlWriter): void => {
    writer.open(name);
    time('t:StartTime', start, writer);
    time('t:EndTime', end, writer);
    writer.close();
  };
  const text = writeSoapEnvelope({
    version: '1.1',
    namespaces: { 'xmlns:m': messagesNamespace, 'xmlns:t': typesNamespace },
    writeHeader: (writer) => writer.element('t:RequestServerVersion', '', { Version: requestServerVersion }),
    writeBody(writer) {
      writer.open('m:GetUserAvailabilityRequest');
      writer.open('t:TimeZone');
      encodeSerializableTimeZone(writer, serializable, 't:');
      writer.close();
      writeMailboxes(writer, request);
      if (freeBusyView !== undefined) {
        writer.open('t:FreeBusyViewOptions');
        window('t:TimeWindow', freeBusyView.window, writer);
        writer.element('t:MergedFreeBusyIntervalInMinutes', freeBusyView.mergedFreeBusyIntervalInMinutes);
        writer.element('t:RequestedView', freeBusyView.requestedView);
        writer.close();
      }
      if (suggestionsView !== undefined) {
        writer.open('t:SuggestionsViewOptions');
        writer.element('t:GoodThreshold', suggestionsView.goodThreshold);
        writer.element('t:MaximumResultsByDay', suggestionsView.maximumResultsByDay);
        writer.element('t:MaximumNonWorkHourResultsByDay', suggestionsView.maximumNonWorkHourResultsByDay);
        writer.element('t:MeetingDurationInMinutes', suggestionsView.meetingDurationInMinutes);
        writer.element('t:MinimumSuggestionQuality', suggestionsView.minimumSuggestionQuality);
        window('t:DetailedSuggestionsWindow', suggestionsView.detailedSuggestionsWindow, writer);
        if (suggestionsView.currentMeetingTime !== undefined) time('t:CurrentMeetingTime', suggestionsView.currentMeetingTime, writer);
        writer.element('t:GlobalObjectId', suggestionsView.globalObjectId);
        writer.close();
      }
      writer.close();
    },
  });
  return { text, timeZone };
}

function writeMailboxes(writer: XmlWriter, request: AvailabilityRequest): void {
  writer.open('m:MailboxDataArray');
  for (const mailbox of request.mailboxes) {
    writer.open('t:MailboxData');
    writer.open('t:Email');
    writer.element('t:Name', mailbox.email.name);
    writer.element('t:Address', mailbox.email.address);
    writer.element('t:RoutingType', mailbox.email.routingType);
    writer.close();
    writer.element('t:AttendeeType', mailbox.attendeeType);
    writer.element('t:ExcludeConflicts', mailbox.excludeConflicts);
    writer.close();
  }
  writer.close();
}
