import { addDelegateOperation } from '../operations/add-delegate.ts';
import { convertIdOperation } from '../operations/convert-id.ts';
import { copyFolderOperation } from '../operations/copy-folder.ts';
import { copyItemOperation } from '../operations/copy-item.ts';
import { createAttachmentOperation } from '../operations/create-attachment.ts';
import { createFolderOperation } from '../operations/create-folder.ts';
import { createItemOperation } from '../operations/create-item.ts';
import { deleteAttachmentOperation } from '../operations/delete-attachment.ts';
import { deleteFolderOperation } from '../operations/delete-folder.ts';
import { deleteItemOperation } from '../operations/delete-item.ts';
import { emptyFolderOperation } from '../operations/empty-folder.ts';
import { exportItemsOperation } from '../operations/export-items.ts';
import { findFolderOperation } from '../operations/find-folder.ts';
import { findItemOperation } from '../operations/find-item.ts';
import { findPeopleOperation } from '../operations/find-people.ts';
import { getAttachmentOperation } from '../operations/get-attachment.ts';
import { getDelegateOperation } from '../operations/get-delegate.ts';
import { getEventsOperation } from '../operations/get-events.ts';
import { getFolderOperation } from '../operations/get-folder.ts';
import { getItemOperation } from '../operations/get-item.ts';
import { getMailTipsOperation } from '../operations/get-mail-tips.ts';
import { getRoomListsOperation } from '../operations/get-room-lists.ts';
import { getRoomsOperation } from '../operations/get-rooms.ts';
import { getStreamingEventsOperation } from '../operations/get-streaming-events.ts';
import { getUserConfigurationOperation } from '../operations/get-user-configuration.ts';
import { getUserOofSettingsOperation } from '../operations/get-user-oof-settings.ts';
import { markAllItemsAsReadOperation } from '../operations/mark-all-items-as-read.ts';
import { moveFolderOperation } from '../operations/move-folder.ts';
import { moveItemOperation } from '../operations/move-item.ts';
import { removeDelegateOperation } from '../operations/remove-delegate.ts';
import { resolveNamesOperation } from '../operations/resolve-names.ts';
import { sendItemOperation } from '../operations/send-item.ts';
import { setUserOofSettingsOperation } from '../operations/set-user-oof-settings.ts';
import { subscribeOperation } from '../operations/subscribe.ts';
import { syncFolderHierarchyOperation } from '../operations/sync-folder-hierarchy.ts';
import { syncFolderItemsOperation } from '../operations/sync-folder-items.ts';
import { unsubscribeOperation } from '../operations/unsubscribe.ts';
import { updateDelegateOperation } from '../operations/update-delegate.ts';
import { updateFolderOperation } from '../operations/update-folder.ts';
import { updateItemOperation } from '../operations/update-item.ts';
import { uploadItemsOperation } from '../operations/upload-items.ts';
import type { AnyMailboxOperation } from './open-mailbox-calls.ts';

/** The operations on mailboxes that are served. What is not among them is answered as an invalid request. */
export const mailboxOperations: readonly AnyMailboxOperation[] = [
  getFolderOperation,
  findFolderOperation,
  createFolderOperation,
  updateFolderOperation,
  deleteFolderOperation,
  moveFolderOperation,
  copyFolderOperation,
  emptyFolderOperation,
  syncFolderHierarchyOperation,
  createItemOperation,
  getItemOperation,
  findItemOperation,
  updateItemOperation,
  deleteItemOperation,
  moveItemOperation,
  copyItemOperation,
  sendItemOperation,
  markAllItemsAsReadOperation,
  syncFolderItemsOperation,
  createAttachmentOperation,
  getAttachmentOperation,
  deleteAttachmentOperation,
  convertIdOperation,
  exportItemsOperation,
  getMailTipsOperation,
  getRoomListsOperation,
  getRoomsOperation,
  getUserConfigurationOperation,
  getUserOofSettingsOperation,
  resolveNamesOperation,
  setUserOofSettingsOperation,
  uploadItemsOperation,
  subscribeOperation,
  unsubscribeOperation,
  getEventsOperation,
  getStreamingEventsOperation,
  getDelegateOperation,
  addDelegateOperation,
  updateDelegateOperation,
  removeDelegateOperation,
  findPeopleOperation,
];
