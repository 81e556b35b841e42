import type { AvailabilityRequest, TimeWindow } from '../ews/index.ts';
import type { MailboxFailure } from './published-failures.ts';

export interface RequestLimits {
  /** Mailboxes in one request. Default 100 (EWS reference, GetUserAvailability). */
  mailboxes: number;
  /** Days in a free/busy or suggestions window. Default 62: newer builds; the EWS reference says 42 (62 is *unverified*). */
  windowDays: number;
  /** Calendar entries of one mailbox in one window. Default 1000 (Microsoft, "Resolve free/busy errors", LID 54796). */
  results: number;
}

export const defaultLimits: RequestLimits = { mailboxes: 100, windowDays: 62, results: 1000 };

const dayMs = 86_400_000;

/**
 * What is wrong with a request as a whole, or undefined. The EWS operation refuses the same before it comes here, with the
 * same texts; the engine checks again, since it must stay within bounds whoever calls it.
 */
export function requestFailure(request: AvailabilityRequest, limits: RequestLimits): MailboxFailure | undefined {
  if (request.mailboxes.length > limits.mailboxes) {
    return {
      code: 'AVAILABILITY_TOO_MANY_MAILBOXES',
      message: `There are too many target users in the EmailAddress array. The allowed size = ${limits.mailboxes}; the actual size = ${request.mailboxes.length}.`,
    };
  }
  const { freeBusyView, suggestionsView } = request;
  if (freeBusyView !== undefined && !(freeBusyView.mergedFreeBusyIntervalInMinutes >= 5 && freeBusyView.mergedFreeBusyIntervalInMinutes <= 1440)) {
    return {
      code: 'AVAILABILITY_INTERVAL_INVALID',
      message:
        'The specified merged free/busy interval is not valid. Specify an interval that is less than the free/busy time window and between 5 and 1440 minutes.',
    };
  }
  return (
    (freeBusyView && windowFailure('FreeBusyViewOptions.TimeWindow', freeBusyView.window, limits)) ??
    (suggestionsView && windowFailure('SuggestionsViewOptions.DetailedSuggestionsWindow', suggestionsView.detailedSuggestionsWindow, limits))
  );
}

function windowFailure(name: string, window: TimeWindow, limits: RequestLimits): MailboxFailure | undefined {
  if (!(window.end > window.start)) return { code: 'AVAILABILITY_WINDOW_INVALID', message: `The time duration specified for ${name} is invalid.` };
  // Days are days on a wall clock, which may be turned back within them.
  if (window.end - window.start <= limits.windowDays * dayMs + dayMs / 24) return undefined;
  const days = Math.ceil((window.end - window.start) / dayMs);
  return {
    code: 'AVAILABILITY_WINDOW_TOO_LONG',
    message: `The requested time duration specified for ${name} is too long. The allowed limit = ${limits.windowDays} days; the actual limit = ${days} days.`,
  };
}
