import { EwsFault } from '../../codec/ews-fault.ts';
import { encodeEmailAddress } from '../../codec/items/email-address.ts';
import { messageMembers } from '../../codec/references.ts';
import { invalidValue, readSequence, required } from '../../codec/schema-reader.ts';
import { findAttribute } from '../../../xml/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { isMailbox } from '../../../organization/index.ts';
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
    const [limit, offset] = [integer(view, 'MaxEntriesReturned', maximumPeople), integer(view, 'Offset', 0)];
    const [folder] = parts['ParentFolderId']?.children ?? [];
    if (folder !== undefined && (folder.local !== 'DistinguishedFolderId' || findAttribute(folder, 'Id') !== 'directory')) throw new EwsFault('ErrorInvalidOperation', 'FindPeople looks through the directory: leave ParentFolderId out, or give "directory".');
    const query = parts['QueryString']?.text.trim() ?? '';
    const { directory } = session.services;
    const found = [...(query === '' ? await directory.list() : await directorySearch(directory, query, Number.MAX_SAFE_INTEGER))].sort((one, other) => one.displayName.localeCompare(other.displayName));
    const shown = found.slice(offset, offset + Math.min(limit, maximumPeople));
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
      writer.element('m:FirstLoadedRowIndex', offset);
    };
  },
};

function integer(view: XmlElement, name: string, otherwise: number): number {
  const text = findAttribute(view, name);
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw invalidValue({ ...view, text }, 'http://www.w3.org/2001/XMLSchema:int');
  return Number(text);
}
