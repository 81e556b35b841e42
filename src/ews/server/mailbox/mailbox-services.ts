import type { Clock, Log } from '../../../foundation/index.ts';
import type { Directory, MailSettingsStore, Mailboxes, Recipient } from '../../../organization/index.ts';
import type { Transport } from '../../../transport/index.ts';

/** What the operations on mailboxes need of their organisation. */
export interface MailboxServices {
  directory: Directory;
  mailboxes: Mailboxes;
  mailSettings: MailSettingsStore;
  /** True for those who may act as any user of the organisation: accounts with the role ApplicationImpersonation. */
  mayImpersonate(account: Recipient): Promise<boolean>;
  /** How mail gets to those whom it is for. */
  mail: Pick<Transport, 'submit' | 'isDelegateOf' | 'mailTipsOf'>;
  clock: Clock;
  log: Log;
}
