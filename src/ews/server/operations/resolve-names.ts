import { isMailbox } from '../../../organization/index.ts';
import type { EmailAddress, Item, ItemRef, Recipient, Restriction } from '../../../organization/index.ts';
import type { XmlWriter } from '../../../xml/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import { encodeEmailAddress } from '../../codec/items/email-address.ts';
import type { ResponseShape } from '../../codec/items/response-shape.ts';
import { idOnly } from '../../codec/items/response-shape.ts';
import { booleanAttribute, decodeFolderReferences, enumeratedAttribute, messageMembers } from '../../codec/references.ts';
import type { FolderReference } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { directorySearch } from '../mailbox/directory-search.ts';
import { createItemWriter } from '../mailbox/item-source.ts';
import type { MailboxOperation, WriteContent } from '../mailbox/mailbox-operation.ts';
import type { MailboxSession } from '../mailbox/mailbox-session.ts';
import { isHiddenFrom } from '../mailbox/mailbox-session.ts';

/** Resolutions in one answer, as published. */
const maximumResolutions = 100;

const scopes = ['ActiveDirectoryContacts', 'ActiveDirectory', 'Contacts', 'ContactsActiveDirectory'] as const;
const shapes = ['Default', 'IdOnly', 'AllProperties', 'PcxPeopleSearch'] as const;

/** One address that a name stands for. */
interface Resolution {
  mailbox: EmailAddress;
  /** Of a personal contact. */
  itemId?: ItemRef;
  writeContact: WriteContent;
}

/**
 * ResolveNames ([MS-OXWSRSLNM] §3.1.4.1): people of the directory, and personal contacts, whose name, alias or address begins
 * with the text, in the order that the scope names. Of a contact each address is a resolution.
 */
export const resolveNamesOperation: MailboxOperation = {
  name: 'ResolveNames',
  plan(element, session) {
    const parts = readSequence(element, messageMembers('ParentFolderIds?', 'UnresolvedEntry'));
    const entry = required(element, parts['UnresolvedEntry'], 'UnresolvedEntry').text.trim().replace(/^(smtp|mailto|sip):/i, '');
    const isFull = booleanAttribute(element, 'ReturnFullContactData', false);
    const scope = enumeratedAttribute(element, 'SearchScope', scopes, 'ActiveDirectoryContacts');
    const base = enumeratedAttribute(element, 'ContactDataShape', shapes, 'Default');
    const [folder = { distinguished: 'contacts' }] = parts['ParentFolderIds'] === undefined ? [] : decodeFolderReferences(parts['ParentFolderIds']);
    const own = { folder, isNamed: parts['ParentFolderIds'] !== undefined, shape: { ...idOnly, base: base === 'PcxPeopleSearch' ? ('Default' as const) : base } };
    return [
      async () => {
        const found: Resolution[] = [];
        for (const source of scope.split(/(?<=.)(?=Contacts|ActiveDirectory)/)) if (entry !== '') found.push(...(source === 'Contacts' ? await inContacts(session, entry, own) : await inDirectory(session, entry)));
        if (found.length === 0) throw new EwsFault('ErrorNameResolutionNoResults', 'No results were found.');
        const shown = found.slice(0, maximumResolutions);
        return (writer) => {
          writer.open('m:ResolutionSet', { TotalItemsInView: String(shown.length), IncludesLastItemInRange: String(shown.length === found.length) });
          for (const resolution of shown) writeResolution(writer, resolution, isFull);
          writer.close();
        };
      },
    ];
  },
};

function writeResolution(writer: XmlWriter, { mailbox, itemId, writeContact }: Resolution, isFull: boolean): void {
  writer.open('t:Resolution');
  encodeEmailAddress(writer, 't:Mailbox', mailbox, itemId);
  if (isFull) writeContact(writer);
  writer.close();
}

async function inDirectory(session: MailboxSession, entry: string): Promise<readonly Resolution[]> {
  const found = await directorySearch(session.services.directory, entry, maximumResolutions + 1);
  return found.map((recipient) => ({
    mailbox: { name: recipient.displayName, address: recipient.primarySmtpAddress, routingType: 'SMTP', mailboxType: isMailbox(recipient) ? 'Mailbox' : 'Contact' },
    writeContact: (writer) => writeRecipient(writer, recipient),
  }));
}

function writeRecipient(writer: XmlWriter, recipient: Recipient): void {
  writer.open('t:Contact');
  writer.element('t:DisplayName', recipient.displayName);
  writer.open('t:EmailAddresses');
  recipient.emailAddresses.slice(0, 3).forEach((address, index) => writer.element('t:Entry', `SMTP:${address}`, { Key: `EmailAddress${index + 1}` }));
  writer.close();
  writer.element('t:ContactSource', 'ActiveDirectory');
  writer.element('t:Alias', recipient.alias);
  writer.close();
}

const addressKeys = ['contacts:EmailAddress/EmailAddress1', 'contacts:EmailAddress/EmailAddress2', 'contacts:EmailAddress/EmailAddress3'];
const searchedKeys = ['contacts:DisplayName', 'contacts:GivenName', 'contacts:Surname', 'contacts:FileAs', 'contacts:Nickname', ...addressKeys];

/** Contacts of a folder, as a rule one's own. Who has no mailbox has none, unless a folder is named. */
async function inContacts(session: MailboxSession, entry: string, { folder: reference, isNamed, shape }: { folder: FolderReference; isNamed: boolean; shape: ResponseShape }): Promise<readonly Resolution[]> {
  if (!isNamed && !isMailbox(session.actor)) return [];
  const { mailbox, folder } = await session.folder(reference, 'read');
  const restriction: Restriction = { type: 'Or', of: searchedKeys.map((key) => ({ type: 'Contains', key, value: entry, mode: 'PrefixOnWords', comparison: 'IgnoreCaseAndNonSpacingCharacters' })) };
  const { entries } = await mailbox.items.find(folder.id, { restriction, limit: maximumResolutions + 1, sortBy: [{ key: 'item:Subject', direction: 'Ascending' }] });
  const writer = createItemWriter(session, shape, false);
  const found: Resolution[] = [];
  for (const item of entries) {
    if (!/^IPM\.Contact(?:\.|$)/i.test(item.itemClass) || isHiddenFrom(session, mailbox, item)) continue;
    const writeContact = await writer.prepare({ mailbox, item });
    for (const address of addressesOf(item)) found.push({ mailbox: address, itemId: { id: item.id, changeKey: item.changeKey }, writeContact });
  }
  return found;
}

function addressesOf({ properties }: Item): readonly EmailAddress[] {
  const name = properties['contacts:DisplayName'] ?? properties['contacts:FileAs'];
  return addressKeys.flatMap((key) => {
    const value = properties[key] as EmailAddress | undefined;
    return value?.address === undefined ? [] : [{ name: typeof name === 'string' ? name : value.address, address: value.address, routingType: value.routingType ?? 'SMTP', mailboxType: 'Contact' as const }];
  });
}
