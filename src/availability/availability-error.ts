import { HybridgeError } from '../foundation/index.ts';

/** `AVAILABILITY_CALDAV_UNREADABLE`: one mailbox's calendar could not be read from where it is. */
export type AvailabilityErrorCode = 'AVAILABILITY_ABORTED' | 'AVAILABILITY_CALDAV_UNREADABLE';

/** Raised when nobody waits for the answer any more, and inside the room; every other failure is an answer about one mailbox. */
export class AvailabilityError extends HybridgeError<AvailabilityErrorCode> {
  override readonly name = 'AvailabilityError';
}
