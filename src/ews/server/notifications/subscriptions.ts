import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../foundation/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import type { Subscription } from './subscription.ts';

export interface SubscriptionLimits {
  /** Subscriptions of one user. Default 5,000, which is Exchange's EwsMaxSubscriptions. */
  perUser: number;
  /** Of all users. Default 100,000. */
  total: number;
  /** Streaming connections of one user. Default 10, Exchange Online's. */
  connectionsPerUser: number;
}

const defaults: SubscriptionLimits = { perUser: 5_000, total: 100_000, connectionsPerUser: 10 };

/** A streaming one without a connection is kept this long (*unverified*), milliseconds. */
export const streamingLifetimeMs = 30 * 60_000;
/** How often expired ones are looked for, milliseconds. */
const sweepMs = 60_000;

/** Subscriptions live in memory, as Exchange's do: after a restart clients subscribe again. */
export interface Subscriptions {
  /** @throws EwsFault `ErrorExceededSubscriptionCount` */
  add(subscription: Omit<Subscription, 'id' | 'expiresAt'>): Subscription;
  /**
   * One that belongs to the caller; it lives on from now.
   *
   * @throws EwsFault `ErrorSubscriptionNotFound`, `ErrorSubscriptionAccessDenied`
   */
  get(id: string, subscriber: string): Subscription;
  remove(subscription: Subscription): void;
  /** Takes a place among the user's streaming connections, and gives a function that frees it. @throws EwsFault `ErrorExceededConnectionCount` */
  connect(subscriber: string): () => void;
}

export function createSubscriptions(clock: Clock, options: Partial<SubscriptionLimits> = {}): Subscriptions {
  const limits = { ...defaults, ...options };
  const all = new Map<string, Subscription>();
  const counts = new Map<string, number>();
  const connections = new Map<string, number>();
  let swept = clock.now();

  const remove = (subscription: Subscription): void => {
    if (all.delete(subscription.id)) add(counts, subscription.subscriber, -1);
  };

  const sweep = (): void => {
    const now = clock.now();
    if (now - swept < sweepMs && all.size < limits.total) return;
    swept = now;
    for (const subscription of all.values()) if (isOver(subscription, now)) remove(subscription);
  };

  return {
    add(wanted) {
      sweep();
      if ((counts.get(wanted.subscriber) ?? 0) >= limits.perUser || all.size >= limits.total) {
        throw new EwsFault('ErrorExceededSubscriptionCount', 'You have exceeded the available subscriptions for your account. Remove unnecessary subscriptions and try your request again.');
      }
      const subscription: Subscription = { ...wanted, id: randomBytes(24).toString('base64'), expiresAt: clock.now() + wanted.lifetimeMs };
      all.set(subscription.id, subscription);
      add(counts, subscription.subscriber, 1);
      return subscription;
    },
    get(id, subscriber) {
      const subscription = all.get(id);
      const now = clock.now();
      if (subscription === undefined || isOver(subscription, now)) throw new EwsFault('ErrorSubscriptionNotFound', 'The specified subscription was not found.');
      if (subscription.subscriber !== subscriber) throw new EwsFault('ErrorSubscriptionAccessDenied', 'The subscription belongs to another user.');
      subscription.expiresAt = now + subscription.lifetimeMs;
      return subscription;
    },
    remove,
    connect(subscriber) {
      if ((connections.get(subscriber) ?? 0) >= limits.connectionsPerUser) {
        throw new EwsFault('ErrorExceededConnectionCount', 'You have exceeded the available concurrent connections for your account. Try again once your other requests have completed.');
      }
      add(connections, subscriber, 1);
      return () => add(connections, subscriber, -1);
    },
  };
}

/** One with an open connection does not expire. */
function isOver({ detach, expiresAt }: Subscription, now: number): boolean {
  return detach === undefined && expiresAt <= now;
}

function add(counts: Map<string, number>, key: string, more: number): void {
  const count = (counts.get(key) ?? 0) + more;
  if (count > 0) counts.set(key, count);
  else counts.delete(key);
}
