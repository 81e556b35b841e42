import { messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { decodeDelegateUsers, decodeDelivery, eachDelegate, ownDelegatingMailbox, setDelegate } from '../mailbox/delegates.ts';
import type { WholeOperation } from '../mailbox/whole-operation.ts';

/** UpdateDelegate ([MS-OXWSDLGM] §3.1.4.4). What is left out stays as it is. */
export const updateDelegateOperation: WholeOperation = {
  name: 'UpdateDelegate',
  form: 'itself',
  async answer(element, session) {
    const parts = readSequence(element, messageMembers('Mailbox', 'DelegateUsers?', 'DeliverMeetingRequests?'));
    const users = parts['DelegateUsers'] === undefined ? [] : decodeDelegateUsers(parts['DelegateUsers']);
    const delivery = decodeDelivery(parts['DeliverMeetingRequests']);
    const mailbox = await ownDelegatingMailbox(session, required(element, parts['Mailbox'], 'Mailbox'));
    await session.services.mailSettings.set(mailbox.guid, delivery);
    return eachDelegate(users, (user) => setDelegate(session, mailbox, user, false));
  },
};
