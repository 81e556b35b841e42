import type { FolderId } from './folder.ts';
import type { ItemId } from './item.ts';

export type MailboxEventType = 'Created' | 'Deleted' | 'Modified' | 'Moved' | 'Copied' | 'NewMail' | 'FreeBusyChanged';

/** [MS-OXWSNTIF]: what happened to an item (`itemId`) or to a folder (`folderId`), never both. */
export interface MailboxEvent {
  /** Grows with every event of the mailbox. */
  watermark: string;
  type: MailboxEventType;
  /** Milliseconds. */
  at: number;
  itemId?: ItemId;
  folderId?: FolderId;
  changeKey?: string;
  parentFolderId: FolderId;
  /** Of a moved or copied one, what it was before. */
  oldItemId?: ItemId;
  oldFolderId?: FolderId;
  oldParentFolderId?: FolderId;
  /** Of a modified folder. */
  unreadCount?: number;
}

/** Events of one mailbox. They are kept in memory, the latest few thousand; a restart forgets them. */
export interface MailboxEvents {
  /** That of the latest event. */
  watermark(): string;
  /**
   * Events after a watermark, oldest first.
   *
   * @throws OrganizationError `ORGANIZATION_WATERMARK` when it is not of this mailbox and run, or too old
   */
  since(watermark: string, max: number): { events: readonly MailboxEvent[]; more: boolean };
  /** Called after each commit. Gives a function that ends it. */
  listen(listener: (events: readonly MailboxEvent[]) => void): () => void;
}
