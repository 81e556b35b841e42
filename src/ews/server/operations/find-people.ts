import { EwsFault } from '../../codec/ews-fault.ts';
import { encodeEmailAddress } from '../../codec/items/email-address.ts';
import { messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { findAttribute } from '../../../xml/index.ts';
import { isMailbox, rangeOf } from '../../../organization/index.ts';
import { decodeView } from '../../codec/views.ts';
import { directorySearch } from '../mailbox/directory-search.ts';
import type { WholeOperation } from '../mailbox/whole-operation.ts';

/** People in one answer. */
const maximumPeople = 1_000;

/**
 * FindPeople ([MS-OXWSPERS]; EWS reference, "FindPeople operation"): people of the directory by the beginning of a name,
 * alias or address, sorted by name. Contacts of a mailbox are found by FindItem; restrictions and sort orders are refused.
 */
export const findPeopleOperation: WholeOperation = {
  name: 'FindPeople',
  form: 'itself',
  async answer(element, session) {
    const parts = readSequence(element, messageMembers('PersonaShape?', 'IndexedPageItemView', 'Restriction?', 'AggregationRestriction?', 'SortOrder?', 'ParentFolderId?', 'QueryString?', 'SearchPeopleSuggestionIndex?', 'TopicQueryString?', 'Context?', 'QuerySources?'));
    if (parts['Restriction'] !== undefined || parts['AggregationRestriction'] !== undefined || parts['SortOrder'] !== undefined) throw new EwsFault('ErrorInvalidArgument', 'FindPeople takes a query string here, no restriction and no sort order.');
    const view = required(element, parts['IndexedPageItemView'], 'IndexedPageItemView');
    const decoded = decodeView(view, session.zone);
    const page = decoded.kind === 'page' ? decoded.page : { limit: maximumPeople };
    const [folder] = parts['ParentFolderId']?.children ?? [];
    if (folder !== undefined && (folder.local !== 'DistinguishedFolderId' || findAttribute(folder, 'Id') !== 'directory')) throw new EwsFault('ErrorInvalidOperation', 'FindPeople looks through the directory: leave ParentFolderId out, or give "directory".');
    const query = parts['QueryString']?.text.trim() ?? '';
    const { directory } = session.services;
    const found = [...(query === '' ? await directory.list() : await directorySearch(directory, query, Number.MAX_SAFE_INTEGER))].sort((one, other) => one.displayName.localeCompare(other.displayName));
    const { first, count } = rangeOf(page, found.length);
    const shown = found.slice(first, first + count);
    return (writer) => {
      writer.open('m:People');
      for (const recipient of shown) {
        const address = { name: recipient.displayName, address: recipient.primarySmtpAddress, routingType: 'SMTP', mailboxType: isMailbox(recipient) ? ('Mailbox' as const) : ('Contact' as const) };
        writer.open('t:Persona');
        // Stands for the directory object; nothing reads it back, since GetPersona is not served.
        writer.element('t:PersonaId', '', { Id: Buffer.from(recipient.guid).toString('base64') });
        writer.element('t:PersonaType', recipient.recipientTypeDetails === 'RoomMailbox' ? 'Room' : 'Person');
        writer.element('t:DisplayName', recipient.displayName);
        encodeEmailAddress(writer, 't:EmailAddress', address);
        writer.open('t:EmailAddresses');
        encodeEmailAddress(writer, 't:Address', address);
        writer.close();
        writer.close();
      }
      writer.close();
      writer.element('m:TotalNumberOfPeopleInView', found.length);
      writer.element('m:FirstMatchingRowIndex', 0);
      writer.element('m:FirstLoadedRowIndex', first);
    };
  },
};
