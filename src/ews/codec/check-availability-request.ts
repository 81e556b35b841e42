import type { AvailabilityRequest, TimeWindow } from './availability-types.ts';
import { EwsFault } from './ews-fault.ts';

export interface AvailabilityLimits {
  /** Mailboxes in one request. Default 100 (EWS reference, ErrorMailboxDataArrayTooBig). */
  maximumMailboxes?: number;
  /**
   * Days that a window may span. Default 62, which Exchange Online answers with (microsoft-graph-docs #19703); the EWS
   * reference says 42, and that it can be changed.
   */
  maximumWindowDays?: number;
}

const dayMs = 86_400_000;

/** @throws EwsFault `ErrorMailboxDataArrayEmpty`, `ErrorMailboxDataArrayTooBig`, with the published texts */
export function checkMailboxCount(count: number, limits: AvailabilityLimits): void {
  const maximum = limits.maximumMailboxes ?? 100;
  if (count === 0) throw new EwsFault('ErrorMailboxDataArrayEmpty', 'The MailboxData array is empty.');
  if (count > maximum) {
    throw new EwsFault('ErrorMailboxDataArrayTooBig', `There are too many target users in the EmailAddress array. The allowed size = ${maximum}; the actual size = ${count}.`);
  }
}

/**
 * Checks what the schema cannot. Codes are the published ones (ResponseCodeType); so are the texts unless a line says
 * otherwise.
 *
 * @throws EwsFault
 */
export function checkAvailabilityRequest(request: AvailabilityRequest, limits: AvailabilityLimits = {}): void {
  checkMailboxCount(request.mailboxes.length, limits);
  const { freeBusyView, suggestionsView } = request;
  if (freeBusyView === undefined && suggestionsView === undefined) {
    // The code and the text of this case are *unverified*: the reference says only that one of the two is needed.
    throw new EwsFault('ErrorMissingArgument', 'The request must have FreeBusyViewOptions or SuggestionsViewOptions.');
  }
  if (freeBusyView !== undefined) {
    checkWindow(freeBusyView.window, 'FreeBusyViewOptions.TimeWindow', limits);
    checkInterval(freeBusyView.mergedFreeBusyIntervalInMinutes, freeBusyView.window, freeBusyView.requestedView);
  }
  if (suggestionsView === undefined) return;
  checkWindow(suggestionsView.detailedSuggestionsWindow, 'SuggestionsViewOptions.DetailedSuggestionsWindow', limits);
  // Ranges: EWS reference of each element.
  checkRange('GoodThreshold', suggestionsView.goodThreshold, 1, 49);
  checkRange('MaximumResultsByDay', suggestionsView.maximumResultsByDay, 0, 48);
  checkRange('MaximumNonWorkHourResultsByDay', suggestionsView.maximumNonWorkHourResultsByDay, 0, 48);
  checkRange('MeetingDurationInMinutes', suggestionsView.meetingDurationInMinutes, 30, 1440);
}

function checkWindow(window: TimeWindow, name: string, limits: AvailabilityLimits): void {
  if (window.end <= window.start) throw new EwsFault('ErrorInvalidTimeInterval', `The time duration specified for ${name} is invalid.`);
  const maximum = limits.maximumWindowDays ?? 62;
  // A window of 62 wall-clock days is an hour longer where clocks go back in it.
  if (window.end - window.start <= maximum * dayMs + dayMs / 24) return;
  const days = Math.ceil((window.end - window.start) / dayMs);
  throw new EwsFault('ErrorTimeIntervalTooBig', `The requested time duration specified for ${name} is too long. The allowed limit = ${maximum} days; the actual limit = ${days} days.`);
}

function checkInterval(minutes: number, window: TimeWindow, view: string): void {
  // "Less than the window" is published; whether it also holds where no merged string was asked for is *unverified*, so there it does not.
  const isMerged = view.includes('Merged');
  const isLongerThanWindow = isMerged && minutes * 60_000 > window.end - window.start;
  if (minutes >= 5 && minutes <= 1440 && !isLongerThanWindow) return;
  throw new EwsFault(
    'ErrorInvalidMergedFreeBusyInterval',
    'The specified merged free/busy interval is not valid. Specify an interval that is less than the free/busy time window and between 5 and 1440 minutes.',
  );
}

function checkRange(name: string, value: number, minimum: number, maximum: number): void {
  // Code and text are *unverified*.
  if (value < minimum || value > maximum) throw new EwsFault('ErrorInvalidArgument', `The value of SuggestionsViewOptions.${name} must be between ${minimum} and ${maximum}.`);
}
