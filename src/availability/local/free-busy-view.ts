import type { CalendarEvent, CalendarEventDetails, FreeBusyView, FreeBusyViewOptions, WorkingHours } from '../../ews/index.ts';
import type { CalendarOccurrence } from '../../organization/index.ts';
import type { AccessLevel } from './access-level.ts';
import { grantedView } from './access-level.ts';
import { mergedFreeBusy } from './merged-free-busy.ts';

export interface FreeBusyViewInput {
  /** Everything that overlaps the window, sorted by start. */
  occurrences: readonly CalendarOccurrence[];
  workingHours: WorkingHours;
  options: FreeBusyViewOptions;
  access: Exclude<AccessLevel, 'None'>;
  /** The owner looks at the own calendar: private items are shown too. */
  isOwner: boolean;
}

/**
 * The view of one mailbox. What each view holds follows the table of the EWS reference (FreeBusyViewType): `MergedOnly`
 * the stream alone; `FreeBusy` events with times and status, and the working hours; `Detailed` details as well; the
 * `…Merged` ones add the stream. Every occurrence that overlaps the window is listed whole, free ones too (that Exchange
 * does not clip them is *unverified*).
 */
export function freeBusyView(input: FreeBusyViewInput): FreeBusyView {
  const { occurrences, options, access } = input;
  const viewType = grantedView(options.requestedView, access);
  const detailed = viewType === 'Detailed' || viewType === 'DetailedMerged';
  const events = occurrences.map((occurrence) => {
    const event: CalendarEvent = { start: occurrence.start, end: occurrence.end, busyType: occurrence.freeBusyStatus };
    if (detailed) event.details = eventDetails(occurrence, access, input.isOwner);
    return event;
  });
  const view: FreeBusyView = { viewType };
  if (viewType !== 'FreeBusy' && viewType !== 'Detailed') view.mergedFreeBusy = mergedFreeBusy(events, options.window, options.mergedFreeBusyIntervalInMinutes);
  if (viewType === 'MergedOnly') return view;
  return { ...view, events, workingHours: input.workingHours };
}

/**
 * What a requester sees of one item. A private item keeps its times and flags and loses what tells its content, as
 * Outlook shows it; items marked confidential are treated alike, since RFC 5545 §3.8.1.3 counts them as more secret than
 * private ones (Exchange's own handling of confidential ones is *unverified*). The id opens the item, so it needs full
 * details.
 */
function eventDetails(occurrence: CalendarOccurrence, access: AccessLevel, isOwner: boolean): CalendarEventDetails {
  const isPrivate = occurrence.sensitivity === 'Private' || occurrence.sensitivity === 'Confidential';
  const flags = {
    isMeeting: occurrence.isMeeting,
    isRecurring: occurrence.isRecurring,
    isException: occurrence.isException,
    isReminderSet: occurrence.isReminderSet,
    isPrivate,
  };
  if (isPrivate && !isOwner) return flags;
  return { ...(access === 'FullDetails' ? { id: occurrence.itemId } : {}), subject: occurrence.subject, location: occurrence.location, ...flags };
}
