import { errorCode } from '../../../foundation/index.ts';
import type { MailboxEvent } from '../../../organization/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import { asMailboxFault } from '../mailbox/mailbox-error.ts';
import type { Notifications } from './notifications.ts';
import { eventsOf } from './subscription.ts';
import type { Subscription, SubscriptionEnd } from './subscription.ts';

/** One envelope of a streaming connection. */
export interface StreamMessage {
  /** Events of each subscription that has any; an empty list is a sign of life. */
  notifications?: readonly { subscriptionId: string; events: readonly MailboxEvent[] }[];
  /** Subscriptions that end here, and why. */
  fault?: EwsFault;
  faultyIds?: readonly string[];
  status: 'OK' | 'Closed';
}

export interface EventStreamOptions {
  subscriptionIds: readonly string[];
  subscriber: string;
  /** Milliseconds after which the connection ends. */
  durationMs: number;
  /** Aborted when the client has gone. */
  signal: AbortSignal;
  notifications: Notifications;
}

/** Events of one subscription in one envelope. */
const maximumEvents = 100;

const endings: Readonly<Record<SubscriptionEnd, string>> = {
  ErrorAccessDenied: 'The folders of the subscription may not be read any more.',
  ErrorMissedNotificationEvents: 'Events were missed, because they were not taken in time. Subscribe again, and synchronize the folders.',
  ErrorNewEventStreamConnectionOpened: 'Another connection was opened for the subscription.',
  ErrorSubscriptionUnsubsribed: 'The subscription was ended by Unsubscribe.',
};

/**
 * What is sent on one connection of GetStreamingEvents, envelope by envelope. Nothing is kept for it but where each
 * subscription stands in its mailbox's history: a slow client that falls out of that history loses its subscription.
 */
export async function* streamEvents(options: EventStreamOptions): AsyncGenerator<StreamMessage, void, undefined> {
  const { notifications, subscriber, signal } = options;
  const { clock, subscriptions } = notifications;
  const opened = openSubscriptions(options);
  if (!Array.isArray(opened)) {
    yield opened;
    return;
  }
  let disconnect: () => void;
  try {
    disconnect = subscriptions.connect(subscriber);
  } catch (error) {
    yield { fault: error as EwsFault, faultyIds: opened.map(({ id }) => id), status: 'Closed' };
    return;
  }
  const stream = attach(opened, options);
  const endsAt = clock.now() + options.durationMs;
  try {
    yield { status: 'OK' };
    for (;;) {
      if (signal.aborted) return;
      yield* stream.endings();
      if (stream.open.size === 0) return;
      const left = endsAt - clock.now();
      if (notifications.isClosing || left <= 0) {
        yield { status: 'Closed' };
        return;
      }
      const told = await stream.news();
      if (told.length > 0) {
        yield { notifications: told, status: 'OK' };
        continue;
      }
      const isWoken = await stream.wait(Math.min(notifications.heartbeatMs, left));
      if (!isWoken && clock.now() < endsAt) yield { notifications: [...stream.open.values()].map(({ id }) => ({ subscriptionId: id, events: [] })), status: 'OK' };
    }
  } finally {
    stream.detach();
    disconnect();
  }
}

/** The subscriptions; what is answered where one of them cannot be streamed. */
function openSubscriptions({ subscriptionIds, subscriber, notifications }: EventStreamOptions): Subscription[] | StreamMessage {
  const opened: Subscription[] = [];
  const faultyIds: string[] = [];
  let fault: EwsFault | undefined;
  for (const id of new Set(subscriptionIds)) {
    try {
      const subscription = notifications.subscriptions.get(id, subscriber);
      if (subscription.kind !== 'streaming') throw new EwsFault('ErrorInvalidSubscription', 'The subscription is not one for streaming notifications.');
      opened.push(subscription);
    } catch (error) {
      fault ??= asMailboxFault(error);
      faultyIds.push(id);
    }
  }
  return fault === undefined ? opened : { fault, faultyIds, status: 'Closed' };
}

interface Attached {
  /** By id. */
  readonly open: ReadonlyMap<string, Subscription>;
  /** Tells of the subscriptions that have ended. */
  endings(): Generator<StreamMessage, void, undefined>;
  /** Events that were not told yet, of the subscriptions that have any. */
  news(): Promise<{ subscriptionId: string; events: readonly MailboxEvent[] }[]>;
  /** Waits until something happens (true), or for that long (false). */
  wait(ms: number): Promise<boolean>;
  detach(): void;
}

/** Binds subscriptions to one connection; another connection that has one of them loses it. */
function attach(subscriptions: readonly Subscription[], { notifications, signal }: EventStreamOptions): Attached {
  const open = new Map(subscriptions.map((subscription) => [subscription.id, subscription]));
  const ended = new Map<SubscriptionEnd, string[]>();
  /** Those whose mailbox has had events since they were last asked. */
  const pending = new Set(subscriptions);
  let wake: () => void = () => undefined;
  const end = (subscription: Subscription, why: SubscriptionEnd): void => {
    open.delete(subscription.id);
    pending.delete(subscription);
    ended.set(why, [...(ended.get(why) ?? []), subscription.id]);
    wake();
  };
  const releases = subscriptions.map((subscription) => {
    subscription.detach?.('ErrorNewEventStreamConnectionOpened');
    const detach = (why: SubscriptionEnd): void => end(subscription, why);
    subscription.detach = detach;
    const stop = subscription.mailbox.events.listen(() => {
      if (!open.has(subscription.id)) return;
      pending.add(subscription);
      wake();
    });
    return () => {
      stop();
      if (subscription.detach !== detach) return;
      delete subscription.detach;
      subscription.expiresAt = notifications.clock.now() + subscription.lifetimeMs;
    };
  });
  const onGone = (): void => wake();
  signal.addEventListener('abort', onGone);
  releases.push(notifications.onClosing(onGone), () => signal.removeEventListener('abort', onGone));

  return {
    open,
    *endings() {
      for (const [why, faultyIds] of ended) {
        ended.delete(why);
        yield { fault: new EwsFault(why, endings[why]), faultyIds, status: open.size === 0 && ended.size === 0 ? 'Closed' : 'OK' };
      }
    },
    async news() {
      const told: { subscriptionId: string; events: readonly MailboxEvent[] }[] = [];
      for (const subscription of pending) {
        pending.delete(subscription);
        const batch = await eventsOf(subscription, subscription.watermark, maximumEvents).catch((error: unknown) => {
          if (errorCode(error) !== 'ORGANIZATION_WATERMARK') throw error;
          return 'missed' as const;
        });
        // Ended, or taken over, while it was read.
        if (!open.has(subscription.id)) continue;
        if (batch === undefined || batch === 'missed') {
          notifications.subscriptions.remove(subscription);
          end(subscription, batch === undefined ? 'ErrorAccessDenied' : 'ErrorMissedNotificationEvents');
          continue;
        }
        subscription.watermark = batch.watermark;
        if (batch.more) pending.add(subscription);
        if (batch.events.length > 0) told.push({ subscriptionId: subscription.id, events: batch.events });
        if (batch.more) break;
      }
      return told;
    },
    async wait(ms) {
      if (pending.size > 0 || ended.size > 0 || signal.aborted || notifications.isClosing) return true;
      const { promise, resolve } = Promise.withResolvers<boolean>();
      wake = () => resolve(true);
      const stopTimer = notifications.startTimer(() => resolve(false), ms);
      const isWoken = await promise;
      stopTimer();
      wake = () => undefined;
      return isWoken;
    },
    detach() {
      for (const release of releases) release();
    },
  };
}
