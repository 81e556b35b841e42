import type { FreeBusyViewType } from '../../ews/index.ts';

/** How much of a calendar somebody may see, weakest first. */
export type AccessLevel = 'None' | 'AvailabilityOnly' | 'LimitedDetails' | 'FullDetails';

const order: readonly AccessLevel[] = ['None', 'AvailabilityOnly', 'LimitedDetails', 'FullDetails'];

/** The weaker of two levels: what remains when both a calendar and an organisation relationship limit the view. */
export function weakerAccess(one: AccessLevel, other: AccessLevel): AccessLevel {
  return order.indexOf(one) < order.indexOf(other) ? one : other;
}

/**
 * The view that an access level allows of the one asked for. The EWS reference (RequestedView) says that `Detailed` and
 * `DetailedMerged` return the most that the requester may see, down to `FreeBusy` and `FreeBusyMerged`.
 */
export function grantedView(requested: Exclude<FreeBusyViewType, 'None'>, access: Exclude<AccessLevel, 'None'>): Exclude<FreeBusyViewType, 'None'> {
  if (access !== 'AvailabilityOnly') return requested;
  if (requested === 'Detailed') return 'FreeBusy';
  if (requested === 'DetailedMerged') return 'FreeBusyMerged';
  return requested;
}
