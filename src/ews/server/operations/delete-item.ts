import { decodeItemReferences, enumeratedAttribute, messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import { withoutHappening } from '../../../transport/index.ts';
import { cancelMeeting } from '../mailbox/meeting-messages.ts';
import { isOrganizersMeeting } from '../mailbox/meeting-state.ts';
import { resolveItem } from '../mailbox/resolve-item.ts';
import { disposalTypes } from './delete-folder.ts';

/** DeleteItem ([MS-OXWSCORE] §3.1.4.3). Deleting an occurrence makes it a deleted one of its series. */
export const deleteItemOperation: MailboxOperation = {
  name: 'DeleteItem',
  plan(element, session) {
    const parts = readSequence(element, messageMembers('ItemIds'));
    const type = enumeratedAttribute(element, 'DeleteType', disposalTypes);
    const cancellations = enumeratedAttribute(element, 'SendMeetingCancellations', ['SendToNone', 'SendOnlyToAll', 'SendToAllAndSaveCopy', 'unset'], 'unset');
    enumeratedAttribute(element, 'AffectedTaskOccurrences', ['AllOccurrences', 'SpecifiedOccurrenceOnly'], 'AllOccurrences');
    return decodeItemReferences(required(element, parts['ItemIds'], 'ItemIds')).map((reference) => async () => {
      const { mailbox, item, occurrence } = await resolveItem(session, reference, 'delete');
      const isCalendarItem = item.itemClass.toLowerCase().startsWith('ipm.appointment');
      if (isCalendarItem && cancellations === 'unset') throw new EwsFault('ErrorSendMeetingCancellationsRequired', 'SendMeetingCancellations attribute is required for Calendar items.');
      if (isCalendarItem && cancellations !== 'SendToNone' && (await isOrganizersMeeting(session, mailbox, item))) {
        await cancelMeeting(session, mailbox, item, { saveCopy: cancellations === 'SendToAllAndSaveCopy', ...(occurrence === undefined ? {} : { occurrence }) });
      }
      if (occurrence === undefined) await mailbox.items.delete(item.id, type);
      else await mailbox.items.change(item.id, (present) => withoutHappening(present, occurrence.originalStart));
      return () => undefined;
    });
  },
};
