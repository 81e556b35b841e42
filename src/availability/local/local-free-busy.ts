import type { FreeBusyView, FreeBusyViewOptions, Requester } from '../../ews/index.ts';
import { errorCode } from '../../foundation/index.ts';
import type { CalendarOccurrence, Calendars, OrganizationErrorCode, Recipient } from '../../organization/index.ts';
import { AvailabilityError } from '../availability-error.ts';
import type { MailboxFailure } from '../published-failures.ts';
import type { AccessLevel } from './access-level.ts';
import { weakerAccess } from './access-level.ts';
import { freeBusyView } from './free-busy-view.ts';
import { workingHoursOf } from './working-hours.ts';

export interface LocalFreeBusyInput {
  calendars: Calendars;
  recipient: Recipient;
  requester: Requester;
  options: FreeBusyViewOptions;
  /** Most calendar entries that one answer may hold. */
  resultLimit: number;
  /** What the organisation relationship of a partner's domain allows; undefined when none covers it. */
  relationshipAccess: AccessLevel | undefined;
}

export type LocalFreeBusyResult = { ok: true; view: FreeBusyView } | { ok: false; failure: MailboxFailure; /** For the log. */ error?: AvailabilityError };

/** The free/busy of one mailbox of this organisation, as far as the requester may see it. */
export async function localFreeBusy(input: LocalFreeBusyInput): Promise<LocalFreeBusyResult> {
  const { calendars, recipient, options } = input;
  const isOwner = input.requester.origin === 'local' && input.requester.recipient.guid === recipient.guid;
  const access = await accessLevel(input, isOwner);
  if (typeof access !== 'string') return { ok: false, failure: access };
  const workingHours = workingHoursOf(await calendars.configuration(recipient.guid), options.window.start);
  if (workingHours === undefined) {
    return { ok: false, failure: { code: 'AVAILABILITY_WORKING_HOURS', message: 'Work hours start time must be less than or equal to end time.' } };
  }
  const within = await occurrencesWithin(input);
  if (within instanceof AvailabilityError) return { ok: false, failure: { code: 'AVAILABILITY_CALENDAR_SOURCE', message: within.message }, error: within };
  const { occurrences, actual } = within;
  if (occurrences === undefined) {
    const message = `The result set contains too many calendar entries. The allowed size = ${input.resultLimit}; the actual size = ${actual}.`;
    return { ok: false, failure: { code: 'AVAILABILITY_TOO_MANY_ENTRIES', message } };
  }
  return { ok: true, view: freeBusyView({ occurrences, workingHours, options, access, isOwner }) };
}

/** How far entries are counted once there are too many, so that the answer can name their number as Exchange's does. */
const countLimit = 20_000;

async function occurrencesWithin({
  calendars,
  recipient,
  options,
  resultLimit,
}: LocalFreeBusyInput): Promise<{ occurrences?: readonly CalendarOccurrence[]; actual: number } | AvailabilityError> {
  const upTo = async (limit: number): Promise<readonly CalendarOccurrence[] | AvailabilityError | undefined> => {
    try {
      return await calendars.occurrences(recipient.guid, options.window, limit);
    } catch (error) {
      if (errorCode(error) === ('ORGANIZATION_TOO_MANY_OCCURRENCES' satisfies OrganizationErrorCode)) return undefined;
      if (error instanceof AvailabilityError && error.code === 'AVAILABILITY_CALDAV_UNREADABLE') return error;
      throw error;
    }
  };
  const occurrences = await upTo(resultLimit);
  if (occurrences instanceof AvailabilityError) return occurrences;
  if (occurrences !== undefined) return { occurrences, actual: occurrences.length };
  const counted = await upTo(countLimit);
  return counted instanceof AvailabilityError ? counted : { actual: counted?.length ?? countLimit };
}

/**
 * Owners see all. Others see what the calendar grants them; partners what it grants everybody (`Default`), and no more
 * than the relationship with their organisation allows.
 */
async function accessLevel(input: LocalFreeBusyInput, isOwner: boolean): Promise<Exclude<AccessLevel, 'None'> | MailboxFailure> {
  if (isOwner) return 'FullDetails';
  const { calendars, recipient, requester, relationshipAccess } = input;
  const message = 'The caller does not have access to free/busy data.';
  const granted =
    requester.origin === 'partner' ? await calendars.freeBusyAccess(recipient.guid) : await calendars.freeBusyAccess(recipient.guid, requester.recipient.guid);
  if (granted === 'None') return { code: 'AVAILABILITY_CALENDAR_ACCESS', message };
  // Whoever comes with a delegation token is a stranger unless a relationship knows the domain.
  if (requester.delegated === true && relationshipAccess === undefined) return { code: 'AVAILABILITY_CALENDAR_ACCESS', message };
  if (requester.origin === 'local' || relationshipAccess === undefined) return granted;
  const limited = weakerAccess(granted, relationshipAccess);
  return limited === 'None' ? { code: 'AVAILABILITY_RELATIONSHIP_ACCESS', message } : limited;
}
