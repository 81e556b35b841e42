import { EwsFault } from '../../codec/ews-fault.ts';
import { idOnly } from '../../codec/items/response-shape.ts';
import { decodeItemReferences, decodeTargetFolder, messageMembers } from '../../codec/references.ts';
import { readBoolean, readSequence, required } from '../../codec/schema-reader.ts';
import { createItemWriter } from './item-source.ts';
import { itemsContent } from './items-content.ts';
import type { MailboxOperation } from './mailbox-operation.ts';
import { resolveItem } from './resolve-item.ts';

/** MoveItem and CopyItem, which differ in one word ([MS-OXWSCORE] §3.1.4.1, §3.1.4.7). Within one mailbox only. */
export function relocateItems(name: 'MoveItem' | 'CopyItem'): MailboxOperation {
  return {
    name,
    emptyOnError: ['Items'],
    plan(element, session) {
      const parts = readSequence(element, messageMembers('ToFolderId', 'ItemIds', 'ReturnNewItemIds?'));
      const target = decodeTargetFolder(required(element, parts['ToFolderId'], 'ToFolderId'));
      const isIdWanted = parts['ReturnNewItemIds'] === undefined || readBoolean(parts['ReturnNewItemIds']);
      const items = createItemWriter(session, idOnly, true);
      return decodeItemReferences(required(element, parts['ItemIds'], 'ItemIds')).map((reference) => async () => {
        const to = await session.folder(target, 'create');
        const { mailbox, item, occurrence } = await resolveItem(session, reference, name === 'MoveItem' ? 'delete' : 'read');
        if (occurrence !== undefined) throw new EwsFault('ErrorMoveCopyFailed', 'The move or copy operation failed. An occurrence cannot leave its series.');
        if (mailbox.guid !== to.mailbox.guid) throw new EwsFault('ErrorMoveCopyFailed', 'The move or copy operation failed. Items stay within their mailbox here: use ExportItems and UploadItems.');
        const { id } = name === 'MoveItem' ? await mailbox.items.move(item.id, to.folder.id) : await mailbox.items.copy(item.id, to.folder.id);
        const placed = await mailbox.items.get(id);
        return itemsContent(isIdWanted ? [await items.prepare({ mailbox, item: placed })] : []);
      });
    },
  };
}
