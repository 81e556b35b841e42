import type { Clock, Log } from '../foundation/index.ts';
import type { EmailAddress, NewItem, Organization, Recipient } from '../organization/index.ts';

/** A message that somebody of the organisation sends. */
export interface Submission {
  sender: Recipient;
  recipients: readonly EmailAddress[];
  /** The message, anew for each who gets it: what it holds may be read once only. */
  makeItem: () => Promise<NewItem> | NewItem;
  /** Nobody wrote it: it has no return path, so that nothing answers it and nobody hears where it did not arrive (RFC 3834 §3.3). */
  isAutomatic?: boolean;
}

/** What the parts of a transport share. */
export interface TransportContext {
  organization: Organization;
  side: 'OnPremises' | 'Cloud';
  /** What this server calls itself: `ex1.contoso.test`. */
  serverName: string;
  clock: Clock;
  log: Log;
  submit(submission: Submission): Promise<void>;
}
