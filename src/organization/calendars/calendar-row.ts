import { writeMailboxId } from '../mailboxes/mailbox-id.ts';
import type { CalendarItem, FreeBusyStatus, NewCalendarItem, Sensitivity } from './calendar-item.ts';
import type { CalendarItemTable } from './calendar-schema.ts';
import { isSeries, spanOf } from './expand-item.ts';
import { endOfTime, spanClass } from './span-class.ts';

const allDay = 1;
const meeting = 2;
const reminder = 4;

type SeriesParts = Pick<NewCalendarItem, 'recurrence' | 'modifiedOccurrences' | 'deletedOccurrences' | 'addedOccurrences' | 'timeZoneRules'>;

/** What stands in place of the mailbox for appointments that are in another folder than its own calendar. */
export function otherCalendar(guid: string, folder: number | '%'): string {
  return `${guid}/${folder}`;
}

export function rowOfItem(mailbox: string, number: number, item: NewCalendarItem): CalendarItemTable {
  const span = spanOf(item);
  return {
    item: number,
    mailbox,
    uid: item.uid,
    span_class: spanClass(span, isSeries(item)),
    span_start: span.start,
    span_end: Math.min(span.end, endOfTime),
    start_at: item.start,
    end_at: item.end,
    time_zone: item.timeZone,
    subject: item.subject,
    location: item.location,
    free_busy_status: item.freeBusyStatus,
    sensitivity: item.sensitivity,
    flags: (item.isAllDay ? allDay : 0) | (item.isMeeting ? meeting : 0) | (item.isReminderSet ? reminder : 0),
    series: seriesJson(item),
  };
}

export function itemOfRow(row: CalendarItemTable): CalendarItem {
  return { id: writeMailboxId({ kind: 'item', mailbox: row.mailbox, number: row.item }), ...contentOfRow(row) };
}

export function contentOfRow(row: Omit<CalendarItemTable, 'item'>): NewCalendarItem {
  return {
    uid: row.uid,
    start: row.start_at,
    end: row.end_at,
    timeZone: row.time_zone,
    subject: row.subject,
    location: row.location,
    freeBusyStatus: row.free_busy_status as FreeBusyStatus,
    sensitivity: row.sensitivity as Sensitivity,
    isAllDay: (row.flags & allDay) !== 0,
    isMeeting: (row.flags & meeting) !== 0,
    isReminderSet: (row.flags & reminder) !== 0,
    ...(row.series === null ? {} : (JSON.parse(row.series) as SeriesParts)),
  };
}

function seriesJson(item: NewCalendarItem): string | null {
  const { recurrence, modifiedOccurrences, deletedOccurrences, addedOccurrences, timeZoneRules } = item;
  // JSON leaves out what is undefined.
  const json = JSON.stringify({ recurrence, modifiedOccurrences, deletedOccurrences, addedOccurrences, timeZoneRules });
  return json === '{}' ? null : json;
}
