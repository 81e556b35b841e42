import type { Clock, Log } from '../../../foundation/index.ts';
import type { Directory, Mailboxes, Recipient } from '../../../organization/index.ts';
import type { Transport } from '../../../transport/index.ts';

/** What the operations on mailboxes need of their organisation. */
export interface MailboxServices {
  directory: Directory;
  mailboxes: Mailboxes;
  /** True for those who may act as any user of the organisation: accounts with the role ApplicationImpersonation. */
  mayImpersonate(account: Recipient): Promise<boolean>;
  /** How mail gets to those whom it is for. */
  mail: Pick<Transport, 'submit' | 'isDelegateOf'>;
  clock: Clock;
  log: Log;
}
