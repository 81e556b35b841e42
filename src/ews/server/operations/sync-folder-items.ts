import { idOnly, decodeResponseShape } from '../../codec/items/response-shape.ts';
import { decodeTargetFolder, enumeratedAttribute, messageMembers } from '../../codec/references.ts';
import { readInteger, readList, readSequence, required } from '../../codec/schema-reader.ts';
import { createItemWriter } from '../mailbox/item-source.ts';
import type { MailboxOperation, WriteContent } from '../mailbox/mailbox-operation.ts';
import { isHiddenFrom } from '../mailbox/mailbox-session.ts';

/**
 * SyncFolderItems ([MS-OXWSSYNC] §3.1.4.2). Bodies, attachments and recipients come by GetItem, as published. Items in
 * Ignore are left out of the changes. With `NormalAndAssociatedItems` the hidden items come as well, else they are left out.
 */
export const syncFolderItemsOperation: MailboxOperation = {
  name: 'SyncFolderItems',
  plan(element, session) {
    const parts = readSequence(element, messageMembers('ItemShape', 'SyncFolderId', 'SyncState?', 'Ignore?', 'MaxChangesReturned', 'SyncScope?', 'NumberOfDays?', 'MinimumCount?', 'MaximumCount?'));
    const shape = decodeResponseShape(required(element, parts['ItemShape'], 'ItemShape'));
    const items = createItemWriter(session, shape, false);
    const onlyIds = createItemWriter(session, idOnly, false);
    const reference = decodeTargetFolder(required(element, parts['SyncFolderId'], 'SyncFolderId'));
    const state = parts['SyncState']?.text.trim() || undefined;
    const maximum = readInteger(required(element, parts['MaxChangesReturned'], 'MaxChangesReturned'), 1, 512);
    const withAssociated = parts['SyncScope'] !== undefined && enumeratedAttribute({ ...parts['SyncScope'], attributes: [{ namespace: '', local: 'Scope', value: parts['SyncScope'].text.trim() }] }, 'Scope', ['NormalItems', 'NormalAndAssociatedItems']) === 'NormalAndAssociatedItems';
    const ignored = new Set((parts['Ignore'] === undefined ? [] : readList(parts['Ignore'], { name: 'ItemId' })).map((child) => child.attributes.find(({ local }) => local === 'Id')?.value));
    return [
      async () => {
        const { mailbox, folder } = await session.folder(reference, 'read');
        const { changes, syncState, includesLast } = await mailbox.sync.items(folder.id, state, maximum);
        const writers: WriteContent[] = [];
        for (const change of changes) {
          if (change.type === 'Delete' || change.type === 'ReadFlagChange') {
            if (ignored.has(change.itemId)) continue;
            writers.push((writer) => {
              writer.open(`t:${change.type}`);
              writer.element('t:ItemId', '', { Id: change.itemId });
              if (change.type === 'ReadFlagChange') writer.element('t:IsRead', change.isRead);
              writer.close();
            });
            continue;
          }
          const { item } = change;
          if (ignored.has(item.id) || (item.isAssociated && !withAssociated) || isHiddenFrom(session, mailbox, item)) continue;
          const write = await (shape.base === 'IdOnly' && shape.additional.length === 0 ? onlyIds : items).prepare({ mailbox, item });
          writers.push((writer) => {
            writer.open(`t:${change.type}`);
            write(writer);
            writer.close();
          });
        }
        return (writer) => {
          writer.element('m:SyncState', syncState);
          writer.element('m:IncludesLastItemInRange', includesLast);
          writer.open('m:Changes');
          for (const write of writers) write(writer);
          writer.close();
        };
      },
    ];
  },
};
