import type { FreeBusyOutcome, LookupPath } from '../ews/index.ts';

/** One mailbox's answer with the way it came. */
export interface LookedUp {
  outcome: FreeBusyOutcome;
  path: LookupPath;
}
