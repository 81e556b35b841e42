import { messageMembers } from '../../codec/references.ts';
import { readSequence, required } from '../../codec/schema-reader.ts';
import type { MailboxOperation } from '../mailbox/mailbox-operation.ts';

/** Unsubscribe ([MS-OXWSNTIF] §3.1.4.5). A connection that is open on the subscription is told. */
export const unsubscribeOperation: MailboxOperation = {
  name: 'Unsubscribe',
  plan(element, session) {
    const parts = readSequence(element, messageMembers('SubscriptionId'));
    const id = required(element, parts['SubscriptionId'], 'SubscriptionId').text.trim();
    return [
      () => {
        const subscription = session.notifications.subscriptions.get(id, session.actor.guid);
        session.notifications.subscriptions.remove(subscription);
        subscription.detach?.('ErrorSubscriptionUnsubsribed');
        return Promise.resolve(() => undefined);
      },
    ];
  },
};
