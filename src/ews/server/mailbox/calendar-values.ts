import { isSeries, occurrenceBag, timeZoneOfItem } from '../../../organization/index.ts';
import type { CalendarItem, Item, PropertyBag, Recipient } from '../../../organization/index.ts';
import type { OccurrenceInfo } from '../../codec/items/item-kinds.ts';
import { occurrenceId } from './occurrence-id.ts';
import type { Occurrence } from './resolve-item.ts';
import { occurrencesIn } from './resolve-item.ts';

/** What a calendar item says of itself besides its stored properties. */
export function calendarValues(item: Item, occurrence: Occurrence | undefined, owner: Recipient | undefined): Readonly<Record<string, unknown>> {
  const { calendar } = item;
  if (calendar === undefined) return {};
  const bag = occurrenceBag(item.properties, occurrence === undefined ? undefined : calendar.modifiedOccurrences?.find(({ originalStart }) => originalStart === occurrence.originalStart));
  const isMaster = occurrence === undefined && isSeries(calendar);
  const zone = { timeZone: calendar.timeZone, ...(calendar.timeZoneRules === undefined ? {} : { timeZoneRules: calendar.timeZoneRules }) };
  const { start, end } = occurrence ?? calendar;
  const organizer = bag['calendar:Organizer'] ?? (owner === undefined ? undefined : { name: owner.displayName, address: owner.primarySmtpAddress, routingType: 'SMTP', mailboxType: 'Mailbox' });
  const isOrganizer = bag['calendar:MyResponseType'] === undefined ? !calendar.isMeeting || isPerson(organizer, owner) : bag['calendar:MyResponseType'] === 'Organizer';
  return {
    'calendar:UID': calendar.uid,
    'calendar:Start': start,
    'calendar:End': end,
    'calendar:IsRecurring': occurrence !== undefined,
    'calendar:CalendarItemType': occurrence === undefined ? (isMaster ? 'RecurringMaster' : 'Single') : occurrence.isException ? 'Exception' : 'Occurrence',
    'calendar:Duration': duration(start, end),
    'calendar:TimeZone': timeZoneOfItem(calendar).id,
    'calendar:StartTimeZone': zone,
    'calendar:EndTimeZone': zone,
    'calendar:MeetingTimeZone': zone,
    'calendar:StartTimeZoneId': calendar.timeZone,
    'calendar:EndTimeZoneId': calendar.timeZone,
    'calendar:IsCancelled': bag['calendar:IsCancelled'] ?? false,
    'calendar:MeetingRequestWasSent': bag['calendar:MeetingRequestWasSent'] ?? false,
    'calendar:IsResponseRequested': bag['calendar:IsResponseRequested'] ?? true,
    'calendar:MyResponseType': bag['calendar:MyResponseType'] ?? (isOrganizer ? (calendar.isMeeting ? 'Organizer' : 'Unknown') : 'NoResponseReceived'),
    'calendar:IsOrganizer': isOrganizer,
    'calendar:Organizer': organizer,
    'calendar:AppointmentSequenceNumber': bag['calendar:AppointmentSequenceNumber'] ?? 0,
    'calendar:AppointmentState': bag['calendar:AppointmentState'] ?? (calendar.isMeeting ? (isOrganizer ? 1 : 3) : 0),
    'calendar:AllowNewTimeProposal': bag['calendar:AllowNewTimeProposal'] ?? true,
    'calendar:Recurrence': isMaster ? calendar.recurrence : undefined,
    ...(calendar.location === '' ? {} : { 'calendar:EnhancedLocation': occurrence?.location ?? calendar.location }),
    ...(occurrence === undefined ? {} : occurrenceValues(occurrence)),
    ...(isMaster ? seriesValues(item, calendar) : {}),
  };
}

function occurrenceValues(occurrence: Occurrence): Readonly<Record<string, unknown>> {
  return {
    'item:Subject': occurrence.subject,
    'calendar:OriginalStart': occurrence.originalStart,
    'calendar:RecurrenceId': occurrence.originalStart,
    'calendar:Location': occurrence.location === '' ? undefined : occurrence.location,
    'calendar:LegacyFreeBusyStatus': occurrence.freeBusyStatus,
    'calendar:IsAllDayEvent': occurrence.isAllDay,
    'item:Sensitivity': occurrence.sensitivity,
    'item:ReminderIsSet': occurrence.isReminderSet,
  };
}

/** Happenings that are looked through for the last one. */
const maximumExpansion = 20_000;

function seriesValues(item: Item, calendar: CalendarItem): Readonly<Record<string, unknown>> {
  const info = (occurrence: { start: number; end: number; originalStart: number }): OccurrenceInfo => ({
    id: { id: occurrenceId({ masterId: item.id, originalStart: occurrence.originalStart }), changeKey: item.changeKey },
    start: occurrence.start,
    end: occurrence.end,
    originalStart: occurrence.originalStart,
  });
  let first: Occurrence | undefined;
  let last: Occurrence | undefined;
  let count = 0;
  const isEndless = calendar.recurrence?.range.type === 'NoEnd';
  for (const occurrence of occurrencesIn(calendar, { start: -62_135_596_800_000, end: 253_402_300_799_000 })) {
    if (first === undefined || occurrence.start < first.start) first = occurrence;
    if (last === undefined || occurrence.start > last.start) last = occurrence;
    count += 1;
    if ((isEndless && !occurrence.isException) || count >= maximumExpansion) break;
  }
  return {
    'calendar:FirstOccurrence': first === undefined ? undefined : info(first),
    'calendar:LastOccurrence': last === undefined || isEndless || count >= maximumExpansion ? undefined : info(last),
    'calendar:ModifiedOccurrences': (calendar.modifiedOccurrences ?? []).map(info),
    'calendar:DeletedOccurrences': calendar.deletedOccurrences ?? [],
  };
}

/** xs:duration of hours and minutes: `PT1H30M`. */
function duration(start: number, end: number): string {
  const minutes = Math.max(0, Math.round((end - start) / 60_000));
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = minutes % 60;
  const time = `${hours > 0 ? `${hours}H` : ''}${rest > 0 ? `${rest}M` : ''}`;
  return `P${days > 0 ? `${days}D` : ''}${time === '' && days > 0 ? '' : `T${time === '' ? '0S' : time}`}`;
}

function isPerson(address: unknown, recipient: Recipient | undefined): boolean {
  const smtp = (address as { address?: string } | undefined)?.address?.toLowerCase();
  return recipient !== undefined && smtp !== undefined && recipient.emailAddresses.some((own) => own.toLowerCase() === smtp);
}

/** True where a bag is that of a meeting which its owner organises. */
export function organizes(bag: PropertyBag, calendar: CalendarItem, owner: Recipient | undefined): boolean {
  const response = bag['calendar:MyResponseType'];
  if (response !== undefined) return response === 'Organizer';
  return !calendar.isMeeting || bag['calendar:Organizer'] === undefined || isPerson(bag['calendar:Organizer'], owner);
}
