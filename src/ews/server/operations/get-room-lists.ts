import { encodeEmailAddress } from '../../codec/items/email-address.ts';
import type { MailboxSession } from '../mailbox/mailbox-session.ts';
import type { WholeOperation } from '../mailbox/whole-operation.ts';

/** The list of all rooms, in the domain of whoever asks. It is no recipient of mail. */
export function roomListAddress({ actor }: MailboxSession): string {
  const address = actor.primarySmtpAddress.toLowerCase();
  return `rooms@${address.slice(address.indexOf('@') + 1)}`;
}

/** GetRoomLists ([MS-OXWSGTRM] §3.1.4.1). The directory has no lists of its own: all rooms are in one, where there are any. */
export const getRoomListsOperation: WholeOperation = {
  name: 'GetRoomLists',
  form: 'itself',
  async answer(_element, session) {
    const hasRooms = (await session.services.directory.count(['RoomMailbox'])) > 0;
    return (writer) => {
      writer.open('m:RoomLists');
      if (hasRooms) encodeEmailAddress(writer, 't:Address', { name: 'Rooms', address: roomListAddress(session), routingType: 'SMTP', mailboxType: 'PublicDL' });
      writer.close();
    };
  },
};
