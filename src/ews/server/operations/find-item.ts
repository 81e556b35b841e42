import type { ItemQuery, Page, PageRequest } from '../../../organization/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import { decodeGroupBy } from '../../codec/items/decode-group-by.ts';
import { decodeRestriction, decodeSortOrder } from '../../codec/items/decode-restriction.ts';
import { decodeResponseShape } from '../../codec/items/response-shape.ts';
import { decodeFolderReferences, enumeratedAttribute, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { decodeView, openRootFolder, viewNames } from '../../codec/views.ts';
import type { View } from '../../codec/views.ts';
import { groupIndex, writeGroups, writeItems } from '../mailbox/grouped-items.ts';
import type { WrittenItem } from '../mailbox/grouped-items.ts';
import { calendarViewOf } from '../mailbox/calendar-view.ts';
import { createItemWriter } from '../mailbox/item-source.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';
import { isHiddenFrom } from '../mailbox/mailbox-session.ts';
import { pageOfView } from '../mailbox/page-of-view.ts';
import { wordsOfQuery } from '../mailbox/query-words.ts';
import type { ResolvedItem } from '../mailbox/resolve-item.ts';

/**
 * FindItem ([MS-OXWSSRCH] §3.1.4.2). One response message for each folder. Of a
 * QueryString the words are looked for.
 */
export const findItemOperation: MailboxOperation = {
  name: 'FindItem',
  plan(element, session) {
    const parts = readSequence(element, messageMembers('ItemShape', ...viewNames.slice(0, 5).map((name) => `${name}?`), 'GroupBy?', 'DistinguishedGroupBy?', 'Restriction?', 'SortOrder?', 'ParentFolderIds', 'QueryString?', 'HighlightTerms?'));
    const traversal = enumeratedAttribute(element, 'Traversal', ['Shallow', 'SoftDeleted', 'Associated']);
    const items = createItemWriter(session, decodeResponseShape(required(element, parts['ItemShape'], 'ItemShape')), false);
    const view = decodeView(viewNames.map((name) => parts[name]).find((part) => part !== undefined), session.zone);
    const restriction = parts['Restriction'] === undefined ? undefined : decodeRestriction(parts['Restriction'], session.zone);
    const sortBy = parts['SortOrder'] === undefined ? undefined : decodeSortOrder(parts['SortOrder']);
    const grouping = parts['GroupBy'] ?? parts['DistinguishedGroupBy'];
    const groupBy = grouping === undefined ? undefined : decodeGroupBy(grouping);
    if (view.kind === 'calendar' && (restriction !== undefined || sortBy !== undefined || groupBy !== undefined)) throw new EwsFault('ErrorInvalidOperation', 'A calendar view can have no restriction, sort order or grouping.');
    const words = parts['QueryString'] === undefined ? undefined : wordsOfQuery(parts['QueryString'].text);
    return decodeFolderReferences(required(element, parts['ParentFolderIds'], 'ParentFolderIds')).map((reference) => async () => {
      const { mailbox, folder } = await session.folder(reference, 'read');
      const query = { traversal, ...(restriction === undefined ? {} : { restriction }), ...(sortBy === undefined ? {} : { sortBy }), ...(words === undefined ? {} : { words }), ...(groupBy === undefined ? {} : { groupBy }) };
      const page = view.kind === 'calendar' ? await calendarViewOf(mailbox, folder, view) : await pageOfItems(view, query, (request) => mailbox.items.find(folder.id, request));
      const written: WrittenItem[] = [];
      for (const resolved of page.entries.map((entry): ResolvedItem => ('mailbox' in entry ? entry : { mailbox, item: entry }))) {
        if (!isHiddenFrom(session, mailbox, resolved.item)) written.push({ write: await items.prepare(resolved), group: groupBy === undefined ? '' : groupIndex(groupBy, resolved.item) });
      }
      return (writer) => {
        openRootFolder(writer, view, page);
        if (groupBy === undefined) writeItems(writer, written);
        else writeGroups(writer, written);
        writer.close();
      };
    });
  },
};

type Query = Omit<ItemQuery, keyof PageRequest | 'seek'>;

function pageOfItems<Entry>(view: View, query: Query, find: (request: ItemQuery) => Promise<Page<Entry>>): Promise<Page<Entry>> {
  return pageOfView(view, (request) => find({ ...query, ...request }));
}
