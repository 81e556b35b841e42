import type { Folders } from './folder.ts';
import type { Items } from './item.ts';
import type { MailboxEvents } from './mailbox-event.ts';
import type { OofSettings } from './oof-settings.ts';
import type { Sync } from './sync.ts';
import type { UserConfigurations } from './user-configuration.ts';

/** One mailbox. Handles are cheap and hold nothing. */
export interface Mailbox {
  /** The recipient's guid, lower case. */
  readonly guid: string;
  readonly folders: Folders;
  readonly items: Items;
  readonly sync: Sync;
  readonly events: MailboxEvents;
  readonly userConfigurations: UserConfigurations;
  oofSettings(): Promise<OofSettings>;
  /**
   * A function is given the settings as they are at that very moment.
   *
   * @throws OrganizationError `ORGANIZATION_INVALID_OOF_SETTINGS`
   */
  setOofSettings(settings: OofSettings | ((present: OofSettings) => OofSettings)): Promise<void>;
  /**
   * True for the first call with an address since the absence began: only then does its sender hear of it. After ten
   * thousand senders nobody does any more, whoever invents their addresses.
   */
  claimOofReply(sender: string): Promise<boolean>;
  /** Bytes and items of all folders. */
  size(): Promise<{ items: number; bytes: number }>;
  /** True at the quota: nothing more can be stored. */
  isFull(): Promise<boolean>;
}

export interface Mailboxes {
  /** Bytes of one item at most, attachments and all. */
  readonly largestItem: number;
  /** That the recipient exists is the caller's affair. Nothing is written before the first use. */
  of(guid: string): Mailbox;
  /** Removes a mailbox with all that is in it, calendar and permissions included. */
  clear(guid: string): Promise<void>;
}
