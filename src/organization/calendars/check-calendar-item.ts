import { OrganizationError } from '../organization-error.ts';
import type { FreeBusyStatus, NewCalendarItem, Sensitivity } from './calendar-item.ts';
import { dateOf } from './calendar-date.ts';
import { checkRecurrence } from './check-recurrence.ts';
import { zoneOf } from './expand-item.ts';

const statuses = new Set<FreeBusyStatus>(['Free', 'Tentative', 'Busy', 'OOF', 'WorkingElsewhere', 'NoData']);
const sensitivities = new Set<Sensitivity>(['Normal', 'Personal', 'Private', 'Confidential']);
const earliest = dateOf(1601, 1, 1);
const latest = dateOf(10_000, 1, 1);
const longestText = 32_767;
/** Changed, deleted and added occurrences of one series together: more than twenty years of every working day. */
const mostExceptions = 5_000;

/**
 * Refuses an item that no lookup could show right.
 *
 * @throws OrganizationError `ORGANIZATION_INVALID_CALENDAR_ITEM` (`facts.element` names what is wrong),
 *   `ORGANIZATION_INVALID_RECURRENCE` or `ORGANIZATION_UNKNOWN_TIME_ZONE`
 */
export function checkCalendarItem(item: NewCalendarItem): void {
  if (item.uid.length === 0 || item.uid.length > 1024) throw invalid(item, 'uid', 'it must have 1 to 1024 characters');
  if (item.subject.length > longestText) throw invalid(item, 'subject', `it is longer than ${longestText} characters`);
  if (item.location.length > longestText) throw invalid(item, 'location', `it is longer than ${longestText} characters`);
  if (!statuses.has(item.freeBusyStatus)) throw invalid(item, 'freeBusyStatus', 'it is not a known status');
  if (!sensitivities.has(item.sensitivity)) throw invalid(item, 'sensitivity', 'it is not a known sensitivity');
  checkTimes(item, 'start', item);
  const { modifiedOccurrences = [], deletedOccurrences = [], addedOccurrences = [] } = item;
  if (modifiedOccurrences.length + deletedOccurrences.length + addedOccurrences.length > mostExceptions) {
    throw invalid(item, 'exceptions', `a series has at most ${mostExceptions} changed, deleted and added occurrences`);
  }
  for (const occurrence of modifiedOccurrences) checkTimes(item, 'modifiedOccurrences', occurrence);
  for (const occurrence of addedOccurrences) checkTimes(item, 'addedOccurrences', occurrence);
  if (item.recurrence !== undefined) checkRecurrence(item.recurrence);
  zoneOf(item);
}

function checkTimes(item: NewCalendarItem, element: string, { start, end }: { start: number; end: number }): void {
  if (!Number.isInteger(start) || !Number.isInteger(end) || start < earliest || end > latest) {
    throw invalid(item, element, 'start and end must lie in the years 1601 to 9999');
  }
  if (end < start) throw invalid(item, element, 'the end lies before the start');
}

function invalid(item: NewCalendarItem, element: string, reason: string): OrganizationError {
  return new OrganizationError('ORGANIZATION_INVALID_CALENDAR_ITEM', `The calendar item is not valid: ${element}: ${reason}.`, {
    facts: { element, uid: item.uid.slice(0, 200) },
  });
}
