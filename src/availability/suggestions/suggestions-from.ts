import type { AvailabilityRequest, FreeBusyOutcome, FreeBusyViewOptions, SuggestionsOutcome, SuggestionsViewOptions, WorkingHours } from '../../ews/index.ts';
import { fromSerializable, OrganizationError } from '../../organization/index.ts';
import type { TimeZone } from '../../organization/index.ts';
import { blocksOfMergedFreeBusy } from '../local/merged-free-busy.ts';
import type { AttendeeAvailability } from './suggest-times.ts';
import { suggestTimes } from './suggest-times.ts';
import type { WorkTime } from './work-time.ts';
import { defaultWorkTime } from './work-time.ts';

export interface SuggestionsFromInput {
  request: AvailabilityRequest;
  options: SuggestionsViewOptions;
  /** One per mailbox of the request, in its order, wherever they came from. */
  outcomes: readonly FreeBusyOutcome[];
  /** The view that the outcomes answer. */
  view: FreeBusyViewOptions | undefined;
  zone: TimeZone;
}

/**
 * Meeting times from what the free/busy lookup brought, local and remote mailboxes alike. A mailbox that failed counts as
 * unknown or without data; only working hours that end before they begin fail the suggestions as a whole, as Exchange's
 * text for that says.
 */
export function suggestionsFrom(input: SuggestionsFromInput): SuggestionsOutcome {
  const { request, options, outcomes, zone } = input;
  for (const outcome of outcomes) if (!outcome.ok && outcome.failure.exceptionType === 'InvalidParameterException') return outcome;
  const attendees = request.mailboxes.map((mailbox, index) => ({ mailbox, availability: availabilityOf(outcomes[index], input.view) }));
  const organizer = outcomes[request.mailboxes.findIndex((mailbox) => mailbox.attendeeType === 'Organizer')];
  const workTime = (organizer?.ok === true ? workTimeOf(organizer.view.workingHours) : undefined) ?? defaultWorkTime(zone);
  return { ok: true, days: suggestTimes({ options, attendees, zone, workTime }) };
}

function availabilityOf(outcome: FreeBusyOutcome | undefined, view: FreeBusyViewOptions | undefined): AttendeeAvailability {
  if (outcome === undefined) return { kind: 'NoData' };
  if (!outcome.ok) return outcome.failure.responseCode === 'ErrorMailRecipientNotFound' ? { kind: 'Unknown' } : { kind: 'NoData' };
  const { events, mergedFreeBusy } = outcome.view;
  if (events !== undefined) return { kind: 'Known', events };
  // Another organisation may know no more than the merged stream.
  if (mergedFreeBusy !== undefined && view !== undefined)
    return { kind: 'Known', events: blocksOfMergedFreeBusy(mergedFreeBusy, view.window, view.mergedFreeBusyIntervalInMinutes) };
  return { kind: 'NoData' };
}

function workTimeOf(hours: WorkingHours | undefined): WorkTime | undefined {
  if (hours === undefined) return undefined;
  try {
    return { zone: fromSerializable(hours.timeZone), periods: hours.periods };
  } catch (error) {
    // Another organisation's zone that makes no sense: the hours are as good as unknown.
    if (error instanceof OrganizationError) return undefined;
    throw error;
  }
}
