import type { NewItem } from '../../../organization/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import { readBase64Source } from '../../codec/items/scalar-kinds.ts';
import { typesNamespace } from '../../codec/namespaces.ts';
import { booleanAttribute, decodeFolderReference, decodeItemReference, enumeratedAttribute, messageMembers } from '../../codec/references.ts';
import { readList, readSequence, required } from '../../codec/schema-reader.ts';
import { readItemStream } from '../mailbox/item-stream.ts';
import type { MailboxOperation, MessageTask } from '../mailbox/mailbox-operation.ts';
import type { MailboxSession } from '../mailbox/mailbox-session.ts';
import { resolveItem } from '../mailbox/resolve-item.ts';

/** UploadItems ([MS-OXWSBTRF] §3.1.4.2). Update replaces an item by a new one with a new id: the id that the answer gives. */
export const uploadItemsOperation: MailboxOperation = {
  name: 'UploadItems',
  plan(element, session) {
    const parts = readSequence(element, messageMembers('Items'));
    return readList(required(element, parts['Items'], 'Items'), { name: 'Item' }).map((item) => taskFor(item, session));
  },
};

function taskFor(element: XmlElement, session: MailboxSession): MessageTask {
  const action = enumeratedAttribute(element, 'CreateAction', ['CreateNew', 'Update', 'UpdateOrCreate']);
  const isAssociated = booleanAttribute(element, 'IsAssociated', false);
  const parts = readSequence(element, [{ name: 'ParentFolderId' }, { name: 'ItemId', optional: true }, { name: 'Data' }]);
  const parent = decodeFolderReference({ ...required(element, parts['ParentFolderId'], 'ParentFolderId'), local: 'FolderId', namespace: typesNamespace });
  const former = parts['ItemId'] === undefined ? undefined : decodeItemReference(parts['ItemId']);
  const data = readBase64Source(required(element, parts['Data'], 'Data'));
  return async () => {
    const { mailbox, folder } = await session.folder(parent, 'create');
    const item: NewItem = { ...(await readItemStream(data)), ...(isAssociated ? { isAssociated } : {}) };
    if (action === 'Update' && former === undefined) throw new EwsFault('ErrorInvalidIdEmpty', 'Id must be non-empty.');
    const replaced = former === undefined || action === 'CreateNew' ? undefined : await resolveItem(session, former, 'delete').catch((error: unknown) => {
      if (action === 'Update') throw error;
      return undefined;
    });
    const stored = await mailbox.items.create(folder.id, item);
    if (replaced !== undefined && replaced.occurrence === undefined) await replaced.mailbox.items.delete(replaced.item.id, 'HardDelete');
    return (writer) => writer.element('m:ItemId', '', { Id: stored.id, ChangeKey: stored.changeKey });
  };
}
