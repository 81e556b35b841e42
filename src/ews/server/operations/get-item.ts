import { decodeResponseShape } from '../../codec/items/response-shape.ts';
import { decodeItemReferences, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { createItemWriter } from '../mailbox/item-source.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';
import { resolveItem } from '../mailbox/resolve-item.ts';
import { itemsContent } from '../mailbox/items-content.ts';

/** GetItem ([MS-OXWSCORE] §3.1.4.4). */
export const getItemOperation: MailboxOperation = {
  name: 'GetItem',
  emptyOnError: ['Items'],
  plan(element, session) {
    const parts = readSequence(element, messageMembers('ItemShape', 'ItemIds'));
    const items = createItemWriter(session, decodeResponseShape(required(element, parts['ItemShape'], 'ItemShape')), true);
    return decodeItemReferences(required(element, parts['ItemIds'], 'ItemIds')).map((reference) => async () => {
      const resolved = await resolveItem(session, reference, 'read');
      return itemsContent([await items.prepare(resolved)]);
    });
  },
};
