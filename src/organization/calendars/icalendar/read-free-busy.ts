import type { FreeBusyStatus, NewCalendarItem } from '../calendar-item.ts';
import { createTimeZone } from '../create-time-zone.ts';
import type { ICalendarComponent } from './icalendar-components.ts';
import { parametersOf, propertiesOf } from './icalendar-property.ts';
import { periodOf, valuesOf } from './icalendar-time.ts';
import { uidOf } from './read-event.ts';

/** RFC 5545 §3.2.9: unknown types count as busy. That BUSY-UNAVAILABLE is out of office is *unverified*, but the only other word there is. */
const statuses: Readonly<Record<string, FreeBusyStatus>> = { FREE: 'Free', 'BUSY-TENTATIVE': 'Tentative', 'BUSY-UNAVAILABLE': 'OOF' };

/** The busy times of a VFREEBUSY, an item each; free ones say nothing that a calendar must keep. @throws UnreadablePart */
export function readFreeBusy(component: ICalendarComponent): readonly NewCalendarItem[] {
  const uid = uidOf(component);
  const items: NewCalendarItem[] = [];
  for (const line of propertiesOf(component, 'FREEBUSY')) {
    const freeBusyStatus = statuses[(parametersOf(line)['fbtype'] ?? 'BUSY').toUpperCase()] ?? 'Busy';
    if (freeBusyStatus === 'Free') continue;
    for (const value of valuesOf(line)) {
      const { start, end } = periodOf(line, value, createTimeZone('UTC'));
      items.push({
        uid: `${uid} ${value.trim()}`,
        start,
        end,
        timeZone: 'UTC',
        subject: '',
        location: '',
        freeBusyStatus,
        sensitivity: 'Normal',
        isAllDay: false,
        isMeeting: false,
        isReminderSet: false,
      });
    }
  }
  return items;
}
