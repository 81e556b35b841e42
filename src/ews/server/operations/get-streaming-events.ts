import { messageMembers } from '../../codec/references.ts';
import { readInteger, readList, readSequence, required } from '../../codec/schema-reader.ts';
import { schemaViolation } from '../../codec/ews-fault.ts';
import type { StreamOperation } from '../notifications/stream-operation.ts';
import { streamEvents } from '../notifications/stream-events.ts';

/** Subscriptions on one connection, as Microsoft advises for Exchange Online. */
const maximumSubscriptions = 200;

/**
 * GetStreamingEvents ([MS-OXWSNTIF] §3.1.4.3): one response that goes on for up to `ConnectionTimeout` minutes, an envelope
 * for each batch of events.
 */
export const getStreamingEventsOperation: StreamOperation = {
  name: 'GetStreamingEvents',
  open(element, session) {
    const parts = readSequence(element, messageMembers('SubscriptionIds', 'ConnectionTimeout'));
    const list = required(element, parts['SubscriptionIds'], 'SubscriptionIds');
    const subscriptionIds = readList(list, { name: 'SubscriptionId' }).map((child) => child.text.trim());
    if (subscriptionIds.length === 0 || subscriptionIds.length > maximumSubscriptions) throw schemaViolation(list, `The element 'SubscriptionIds' takes 1 to ${maximumSubscriptions} elements 'SubscriptionId'.`);
    const minutes = readInteger(required(element, parts['ConnectionTimeout'], 'ConnectionTimeout'), 1, 30);
    return streamEvents({
      subscriptionIds,
      subscriber: session.actor.guid,
      durationMs: minutes * 60_000,
      signal: session.context.signal,
      notifications: session.notifications,
    });
  },
};
