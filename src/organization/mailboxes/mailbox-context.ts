import type { BoundedCache, Clock } from '../../foundation/index.ts';
import type { EventHub } from './event-hub.ts';
import type { MailboxDatabase } from './mailbox-database.ts';
import type { MessageContent } from './mime/read-message.ts';
import type { PagePlace } from './page-places.ts';

export interface MailboxLimits {
  /** Bytes of one mailbox. Default 100 GB. */
  quota: number;
  /** Bytes of one item, attachments and all. Default 150 MB. */
  itemSize: number;
  /** Folders of one mailbox. Default 10,000. */
  folders: number;
  /** Days for which deletions stay known to sync states, and how many a folder keeps at most. Defaults 90 and 100,000. */
  tombstoneDays: number;
  tombstones: number;
}

export const defaultMailboxLimits: MailboxLimits = { quota: 100e9, itemSize: 150e6, folders: 10_000, tombstoneDays: 90, tombstones: 100_000 };

/** What the parts of the mailboxes share. */
export interface MailboxContext {
  readonly db: MailboxDatabase;
  readonly clock: Clock;
  readonly limits: MailboxLimits;
  readonly hub: EventHub;
  /** Messages that were taken apart lately, by content number. */
  readonly messages: BoundedCache<MessageContent>;
  /** Where pages of folders begin. */
  readonly places: BoundedCache<PagePlace>;
  /** Runs work that needs much memory, one after another. */
  oneAtATime<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Numbers of mailboxes that are known to be there, by guid. */
  readonly known: Map<string, number>;
}
