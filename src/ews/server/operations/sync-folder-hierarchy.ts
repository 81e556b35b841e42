import type { FolderReference } from '../../codec/references.ts';
import { decodeTargetFolder, messageMembers } from '../../codec/references.ts';
import { decodeResponseShape } from '../../codec/items/response-shape.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { createFolderWriter } from '../mailbox/folder-source.ts';
import type { MailboxOperation, WriteContent } from '../mailbox/mailbox-operation.ts';

const wholeMailbox: FolderReference = { distinguished: 'msgfolderroot' };

/** SyncFolderHierarchy ([MS-OXWSSYNC] §3.1.4.1). Without SyncFolderId, of all folders that people see. */
export const syncFolderHierarchyOperation: MailboxOperation = {
  name: 'SyncFolderHierarchy',
  plan(element, session) {
    const parts = readSequence(element, messageMembers('FolderShape', 'SyncFolderId?', 'SyncState?'));
    const folders = createFolderWriter(session, decodeResponseShape(required(element, parts['FolderShape'], 'FolderShape')));
    const reference = parts['SyncFolderId'] === undefined ? wholeMailbox : decodeTargetFolder(parts['SyncFolderId']);
    const state = parts['SyncState']?.text.trim() || undefined;
    return [
      async () => {
        const { mailbox, folder } = await session.folder(reference, 'see');
        const { changes, syncState, includesLast } = await mailbox.sync.hierarchy(folder.id, state);
        const writers: WriteContent[] = [];
        for (const change of changes) {
          if (change.type === 'Delete') {
            writers.push((writer) => {
              writer.open('t:Delete');
              writer.element('t:FolderId', '', { Id: change.folderId });
              writer.close();
            });
            continue;
          }
          if (!session.isOwner(mailbox) && !(await session.rights(mailbox, change.folder.id)).isFolderVisible) continue;
          const write = await folders.prepare(mailbox, change.folder);
          writers.push((writer) => {
            writer.open(`t:${change.type}`);
            write(writer);
            writer.close();
          });
        }
        return (writer) => {
          writer.element('m:SyncState', syncState);
          writer.element('m:IncludesLastFolderInRange', includesLast);
          writer.open('m:Changes');
          for (const write of writers) write(writer);
          writer.close();
        };
      },
    ];
  },
};
