import { EwsFault } from '../../codec/ews-fault.ts';
import { decodeEmailAddress, encodeEmailAddress } from '../../codec/items/email-address.ts';
import { messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import { addressOf } from '../../../transport/index.ts';
import type { WholeOperation } from '../mailbox/whole-operation.ts';
import { roomListAddress } from './get-room-lists.ts';

/** GetRooms ([MS-OXWSGTRM] §3.1.4.2): the rooms of the one list that there is. */
export const getRoomsOperation: WholeOperation = {
  name: 'GetRooms',
  form: 'itself',
  async answer(element, session) {
    const parts = readSequence(element, messageMembers('RoomList'));
    const list = decodeEmailAddress(required(element, parts['RoomList'], 'RoomList'));
    if (list.address?.toLowerCase() !== roomListAddress(session)) throw new EwsFault('ErrorNameResolutionNoResults', 'The room list was not found.');
    const rooms = await session.services.directory.list({ types: ['RoomMailbox'], limit: 1_000 });
    return (writer) => {
      writer.open('m:Rooms');
      for (const room of rooms) {
        writer.open('t:Room');
        encodeEmailAddress(writer, 't:Id', addressOf(room));
        writer.close();
      }
      writer.close();
    };
  },
};
