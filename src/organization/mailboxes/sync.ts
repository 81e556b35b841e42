import type { Folder, FolderId } from './folder.ts';
import type { Item, ItemId } from './item.ts';

export type ItemChange = { type: 'Create' | 'Update'; item: Item } | { type: 'Delete'; itemId: ItemId } | { type: 'ReadFlagChange'; itemId: ItemId; isRead: boolean };

export type FolderChange = { type: 'Create' | 'Update'; folder: Folder } | { type: 'Delete'; folderId: FolderId };

export interface Changes<Change> {
  changes: readonly Change[];
  /** Where the next call goes on. Opaque; it outlives restarts. */
  syncState: string;
  /** False when `maxChanges` cut the list short. */
  includesLast: boolean;
}

/** What happened since a sync state. An item or folder made and removed in between does not show. */
export interface Sync {
  /**
   * @param syncState of the former call; everything when absent or empty
   * @param maxChanges 1 to 512
   * @throws OrganizationError `ORGANIZATION_SYNC_STATE` for a state of another folder or mailbox, a mangled one, or one
   *   so old that the deletions since are no longer known: the client starts again without
   */
  items(folder: FolderId, syncState: string | undefined, maxChanges: number): Promise<Changes<ItemChange>>;
  /** All folders below `root`'s folder given. Throws as `items` does. */
  hierarchy(folder: FolderId, syncState: string | undefined): Promise<Changes<FolderChange>>;
}
