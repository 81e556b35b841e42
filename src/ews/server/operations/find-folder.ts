import { decodeRestriction } from '../../codec/items/decode-restriction.ts';
import { decodeResponseShape } from '../../codec/items/response-shape.ts';
import { decodeFolderReferences, enumeratedAttribute, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { decodeView, openRootFolder } from '../../codec/views.ts';
import { createFolderWriter } from '../mailbox/folder-source.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';
import { pageOfView } from '../mailbox/page-of-view.ts';

/** FindFolder ([MS-OXWSFOLD] §3.1.4.5). One response message for each parent folder. */
export const findFolderOperation: MailboxOperation = {
  name: 'FindFolder',
  plan(element, session) {
    const parts = readSequence(element, messageMembers('FolderShape', 'IndexedPageFolderView?', 'FractionalPageFolderView?', 'Restriction?', 'ParentFolderIds'));
    const traversal = enumeratedAttribute(element, 'Traversal', ['Shallow', 'Deep', 'SoftDeleted']);
    const folders = createFolderWriter(session, decodeResponseShape(required(element, parts['FolderShape'], 'FolderShape')));
    const view = decodeView(parts['IndexedPageFolderView'] ?? parts['FractionalPageFolderView'], session.zone);
    const restriction = parts['Restriction'] === undefined ? {} : { restriction: decodeRestriction(parts['Restriction'], session.zone) };
    return decodeFolderReferences(required(element, parts['ParentFolderIds'], 'ParentFolderIds')).map((reference) => async () => {
      const { mailbox, folder } = await session.folder(reference, 'see');
      const page = await pageOfView(view, (request) => mailbox.folders.find(folder.id, { ...request, traversal, ...restriction }));
      const visible: Awaited<ReturnType<typeof folders.prepare>>[] = [];
      for (const found of page.entries) {
        if (session.isOwner(mailbox) || (await session.rights(mailbox, found.id)).isFolderVisible) visible.push(await folders.prepare(mailbox, found));
      }
      return (writer) => {
        openRootFolder(writer, view, page);
        writer.open('t:Folders');
        for (const write of visible) write(writer);
        writer.close();
        writer.close();
      };
    });
  },
};
