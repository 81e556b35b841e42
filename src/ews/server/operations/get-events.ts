import { EwsFault } from '../../codec/ews-fault.ts';
import { messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';
import { eventsOf } from '../notifications/subscription.ts';
import { writeEvent } from '../notifications/write-event.ts';

/** Events in one answer; `MoreEvents` says that there are others. */
const maximumEvents = 500;

/** GetEvents ([MS-OXWSNTIF] §3.1.4.1): what a pull subscription has not told yet; a status event where there is nothing. */
export const getEventsOperation: MailboxOperation = {
  name: 'GetEvents',
  plan(element, session) {
    const parts = readSequence(element, messageMembers('SubscriptionId', 'Watermark'));
    const id = required(element, parts['SubscriptionId'], 'SubscriptionId').text.trim();
    const since = required(element, parts['Watermark'], 'Watermark').text.trim();
    return [
      async () => {
        const subscription = session.notifications.subscriptions.get(id, session.actor.guid);
        if (subscription.kind !== 'pull') throw new EwsFault('ErrorInvalidPullSubscriptionId', 'The subscription is not one for pull notifications.');
        const batch = await eventsOf(subscription, since, maximumEvents);
        if (batch === undefined) throw new EwsFault('ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
        return (writer) => {
          writer.open('m:Notification');
          writer.element('t:SubscriptionId', id);
          writer.element('t:PreviousWatermark', since);
          writer.element('t:MoreEvents', batch.more);
          batch.events.forEach((event, index) => {
            // The last watermark is where the client goes on, past what it did not subscribe to.
            writeEvent(writer, index === batch.events.length - 1 ? { ...event, watermark: batch.watermark } : event, true);
          });
          if (batch.events.length === 0) {
            writer.open('t:StatusEvent');
            writer.element('t:Watermark', batch.watermark);
            writer.close();
          }
          writer.close();
        };
      },
    ];
  },
};
