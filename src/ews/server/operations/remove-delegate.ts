import { messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { decodeUserIds, eachDelegate, ownDelegatingMailbox, removeDelegate } from '../mailbox/delegates.ts';
import type { WholeOperation } from '../mailbox/whole-operation.ts';

/** RemoveDelegate ([MS-OXWSDLGM] §3.1.4.3). */
export const removeDelegateOperation: WholeOperation = {
  name: 'RemoveDelegate',
  form: 'itself',
  async answer(element, session) {
    const parts = readSequence(element, messageMembers('Mailbox', 'UserIds'));
    const users = decodeUserIds(required(element, parts['UserIds'], 'UserIds'));
    const mailbox = await ownDelegatingMailbox(session, required(element, parts['Mailbox'], 'Mailbox'));
    return eachDelegate(users, async (address) => {
      await removeDelegate(session, mailbox, address);
      return undefined;
    });
  },
};
