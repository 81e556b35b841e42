import { EwsFault } from '../../codec/ews-fault.ts';
import { decodeItemReferences, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { itemStream } from '../mailbox/item-stream.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';
import { resolveItem } from '../mailbox/resolve-item.ts';

/** ExportItems ([MS-OXWSBTRF] §3.1.4.1). The data are opaque; only UploadItems of a server of this kind reads them. */
export const exportItemsOperation: MailboxOperation = {
  name: 'ExportItems',
  plan(element, session) {
    const parts = readSequence(element, messageMembers('ItemIds'));
    return decodeItemReferences(required(element, parts['ItemIds'], 'ItemIds')).map((reference) => async () => {
      const { mailbox, item, occurrence } = await resolveItem(session, reference, 'read');
      if (occurrence !== undefined) throw new EwsFault('ErrorInvalidOperation', 'An occurrence cannot be exported without its series.');
      const chunks = await itemStream(mailbox, item);
      return (writer) => {
        writer.element('m:ItemId', '', { Id: item.id, ChangeKey: item.changeKey });
        writer.base64('m:Data', { chunks });
      };
    });
  },
};
