import { HybridgeError } from '../foundation/index.ts';

export type AvailabilityErrorCode = 'AVAILABILITY_ABORTED';

/** Raised only when nobody waits for the answer any more; every other failure is an answer about one mailbox. */
export class AvailabilityError extends HybridgeError<AvailabilityErrorCode> {
  override readonly name = 'AvailabilityError';
}
