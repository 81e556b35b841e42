import { booleanAttribute, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { decodeUserIds, delegatesOf, delegatingMailbox, notDelegate, writeDelegate } from '../mailbox/delegates.ts';
import type { WholeOperation } from '../mailbox/whole-operation.ts';

/** GetDelegate ([MS-OXWSDLGM] §3.1.4.2). */
export const getDelegateOperation: WholeOperation = {
  name: 'GetDelegate',
  form: 'itself',
  async answer(element, session) {
    const parts = readSequence(element, messageMembers('Mailbox', 'UserIds?'));
    const withPermissions = booleanAttribute(element, 'IncludePermissions', false);
    const wanted = parts['UserIds'] === undefined ? undefined : decodeUserIds(parts['UserIds']);
    const mailbox = await delegatingMailbox(session, required(element, parts['Mailbox'], 'Mailbox'));
    const delegates = await delegatesOf(session, mailbox);
    const found = wanted?.map((name) => delegates.find(({ recipient }) => recipient.emailAddresses.some((address) => address.toLowerCase() === name.toLowerCase())) ?? notDelegate()) ?? delegates;
    const { DeliverMeetingRequests } = await session.services.mailSettings.of(mailbox.guid);
    return (writer) => {
      if (found.length > 0) {
        writer.open('m:ResponseMessages');
        for (const delegate of found) writeDelegate(writer, delegate, withPermissions);
        writer.close();
      }
      writer.element('m:DeliverMeetingRequests', delegates.length === 0 ? 'NoForward' : DeliverMeetingRequests);
    };
  },
};
