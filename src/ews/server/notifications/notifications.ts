import { systemClock } from '../../../foundation/index.ts';
import type { Clock } from '../../../foundation/index.ts';
import type { SubscriptionLimits, Subscriptions } from './subscriptions.ts';
import { createSubscriptions } from './subscriptions.ts';

export interface NotificationOptions {
  clock?: Clock;
  limits?: Partial<SubscriptionLimits>;
  /** Milliseconds of quiet after which a streaming connection sends status events, so that nothing between takes it for dead. Default 30,000. */
  heartbeatMs?: number;
  /** Calls back once, and gives a function that takes it back. Default: Node's timer. */
  startTimer?: (callback: () => void, ms: number) => () => void;
}

/** Subscriptions, and what the connections that stream to them share. */
export interface Notifications {
  readonly subscriptions: Subscriptions;
  readonly clock: Clock;
  readonly heartbeatMs: number;
  startTimer(callback: () => void, ms: number): () => void;
  /** True once the service ends: streams say so and end. */
  readonly isClosing: boolean;
  /** Called when it ends. Gives a function that takes it back. */
  onClosing(callback: () => void): () => void;
  close(): void;
}

export function createNotifications(options: NotificationOptions = {}): Notifications {
  const clock = options.clock ?? systemClock;
  const callbacks = new Set<() => void>();
  let isClosing = false;
  return {
    subscriptions: createSubscriptions(clock, options.limits),
    clock,
    heartbeatMs: options.heartbeatMs ?? 30_000,
    startTimer: options.startTimer ?? startNodeTimer,
    get isClosing() {
      return isClosing;
    },
    onClosing(callback) {
      callbacks.add(callback);
      return () => void callbacks.delete(callback);
    },
    close() {
      isClosing = true;
      for (const callback of callbacks) callback();
    },
  };
}

function startNodeTimer(callback: () => void, ms: number): () => void {
  const timer = setTimeout(callback, ms).unref();
  return () => clearTimeout(timer);
}
