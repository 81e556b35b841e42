import { messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { decodeDelegateUsers, decodeDelivery, eachDelegate, ownDelegatingMailbox, setDelegate } from '../mailbox/delegates.ts';
import type { WholeOperation } from '../mailbox/whole-operation.ts';

/** AddDelegate ([MS-OXWSDLGM] §3.1.4.1): rights on folders, copies of meeting messages, and the right to send on behalf. */
export const addDelegateOperation: WholeOperation = {
  name: 'AddDelegate',
  form: 'itself',
  async answer(element, session) {
    const parts = readSequence(element, messageMembers('Mailbox', 'DelegateUsers', 'DeliverMeetingRequests?'));
    const users = decodeDelegateUsers(required(element, parts['DelegateUsers'], 'DelegateUsers'));
    const delivery = decodeDelivery(parts['DeliverMeetingRequests']);
    const mailbox = await ownDelegatingMailbox(session, required(element, parts['Mailbox'], 'Mailbox'));
    await session.services.mailSettings.set(mailbox.guid, delivery);
    return eachDelegate(users, (user) => setDelegate(session, mailbox, user, true));
  },
};
