import { isMailbox } from '../../../organization/index.ts';
import type { Recipient } from '../../../organization/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import { encodeEmailAddress } from '../../codec/items/email-address.ts';
import { booleanAttribute, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { directorySearch } from '../mailbox/directory-search.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';
import type { EmailAddress } from '../../../organization/index.ts';

/** Resolutions in one answer, as published. */
const maximumResolutions = 100;

/**
 * ResolveNames ([MS-OXWSRSLNM] §3.1.4.1): people of the directory whose name, alias or address begins with the text.
 * Personal contacts are not looked through.
 */
export const resolveNamesOperation: MailboxOperation = {
  name: 'ResolveNames',
  plan(element, session) {
    const parts = readSequence(element, messageMembers('ParentFolderIds?', 'UnresolvedEntry'));
    const entry = required(element, parts['UnresolvedEntry'], 'UnresolvedEntry').text.trim();
    const isFull = booleanAttribute(element, 'ReturnFullContactData', false);
    return [
      async () => {
        if (entry === '') throw new EwsFault('ErrorNameResolutionNoResults', 'No results were found.');
        const found = await directorySearch(session.services.directory, entry.replace(/^(smtp|mailto|sip):/i, ''), maximumResolutions + 1);
        if (found.length === 0) throw new EwsFault('ErrorNameResolutionNoResults', 'No results were found.');
        const shown = found.slice(0, maximumResolutions);
        return (writer) => {
          writer.open('m:ResolutionSet', { TotalItemsInView: String(shown.length), IncludesLastItemInRange: String(shown.length === found.length) });
          for (const recipient of shown) {
            writer.open('t:Resolution');
            encodeEmailAddress(writer, 't:Mailbox', mailboxOf(recipient));
            if (isFull) {
              writer.open('t:Contact');
              writer.element('t:DisplayName', recipient.displayName);
              writer.open('t:EmailAddresses');
              recipient.emailAddresses.slice(0, 3).forEach((address, index) => writer.element('t:Entry', `SMTP:${address}`, { Key: `EmailAddress${index + 1}` }));
              writer.close();
              writer.element('t:ContactSource', 'ActiveDirectory');
              writer.element('t:Alias', recipient.alias);
              writer.close();
            }
            writer.close();
          }
          writer.close();
        };
      },
    ];
  },
};

function mailboxOf(recipient: Recipient): EmailAddress {
  return { name: recipient.displayName, address: recipient.primarySmtpAddress, routingType: 'SMTP', mailboxType: isMailbox(recipient) ? 'Mailbox' : 'Contact' };
}
