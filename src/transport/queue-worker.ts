import type { QueuedMessage } from '../organization/index.ts';
import { deliverQueued } from './deliver-queued.ts';
import type { Outbound } from './deliver-queued.ts';
import { deliveryStatuses } from './delivery-status.ts';
import type { Undelivered } from './report.ts';
import type { TransportContext } from './submission.ts';

/** When mail that could not be delivered is tried again, and when it is given up. */
export interface RetrySchedule {
  /** Waits between attempts, milliseconds; the last one goes on. */
  intervalsMs: readonly number[];
  /** Time in the queue after which a message goes back, milliseconds. */
  expiresMs: number;
}

const minute = 60_000;

/** As Exchange's transport has it: four times after a minute, six times after five, then every ten; two days in all. */
export const defaultSchedule: RetrySchedule = { intervalsMs: [...Array<number>(4).fill(minute), ...Array<number>(6).fill(5 * minute), 10 * minute], expiresMs: 2 * 86_400_000 };

export interface QueueWorker {
  /** There may be something to do. */
  wake(): void;
  close(): Promise<void>;
}

export interface QueueWorkerOptions {
  context: TransportContext;
  outbound: Outbound;
  schedule: RetrySchedule;
  report(message: QueuedMessage, undelivered: readonly Undelivered[]): Promise<void>;
}

/** Messages on their way at once. */
const atOnce = 8;
/** A timer waits no longer, so that a clock that is put forward is noticed. */
const longestWaitMs = 60_000;

/** Sends on what is queued, each message in its time. */
export function startQueueWorker({ context, outbound, schedule, report }: QueueWorkerOptions): QueueWorker {
  const { transportQueue } = context.organization;
  const { log, clock } = context;
  const closing = new AbortController();
  const busy = new Map<number, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let again = false;

  const handle = async (message: QueuedMessage): Promise<void> => {
    const { waiting, undelivered } = await deliverQueued(context, outbound, message, closing.signal);
    if (closing.signal.aborted && waiting.length > 0 && undelivered.length === 0 && waiting.length === message.recipients.length) return;
    const now = clock.now();
    const isExpired = now - message.queuedAt >= schedule.expiresMs;
    const given = isExpired ? waiting.map(({ address, original, lastError }) => ({ address: original ?? address, why: deliveryStatuses.expired, ...(lastError === undefined ? {} : { diagnostic: `${deliveryStatuses.expired.code} ${deliveryStatuses.expired.status} ${deliveryStatuses.expired.text}; ${lastError}` }) })) : [];
    const attempts = message.attempts + 1;
    const interval = schedule.intervalsMs[Math.min(attempts, schedule.intervalsMs.length) - 1] ?? minute;
    // Who has it is forgotten first: a report twice is better than a message twice.
    if (waiting.length > 0 && !isExpired) await transportQueue.postpone(message.number, { recipients: waiting, attempts, nextAttemptAt: now + interval, reported: message.removed ?? [] });
    if (undelivered.length + given.length > 0) await report(message, [...undelivered, ...given]);
    if (waiting.length === 0 || isExpired) await transportQueue.remove(message.number);
    else log.warn({ message: message.number, attempts, recipients: waiting.length, answer: waiting[0]?.lastError }, 'mail waits to be tried again');
  };

  const look = async (): Promise<void> => {
    while (!closing.signal.aborted && busy.size < atOnce) {
      const found = await transportQueue.due(atOnce - busy.size, [...busy.keys()]);
      if (found.length === 0) break;
      for (const message of found) {
        const work = handle(message)
          .catch(async (error: unknown) => {
            log.error({ err: error, message: message.number }, 'a queued message could not be worked on');
            await transportQueue.postpone(message.number, { recipients: message.recipients, attempts: message.attempts + 1, nextAttemptAt: clock.now() + minute }).catch((failure: unknown) => log.error({ err: failure }, 'the queue cannot be written to'));
          })
          .finally(() => {
            busy.delete(message.number);
            wake();
          });
        busy.set(message.number, work);
      }
    }
    if (closing.signal.aborted || busy.size >= atOnce) return;
    const next = await transportQueue.nextAt();
    clearTimeout(timer);
    if (next === undefined || closing.signal.aborted) return;
    // What is being worked on is due, too; its end wakes this.
    if (busy.size > 0 && next <= clock.now()) return;
    timer = setTimeout(wake, Math.min(longestWaitMs, Math.max(10, next - clock.now()))).unref();
  };

  function wake(): void {
    if (closing.signal.aborted) return;
    if (looking !== undefined) {
      again = true;
      return;
    }
    looking = look()
      .catch((error: unknown) => log.error({ err: error }, 'the queue cannot be read'))
      .finally(() => {
        looking = undefined;
        if (!again) return;
        again = false;
        wake();
      });
  }

  const forget = transportQueue.onDue(wake);
  return {
    wake,
    async close() {
      closing.abort();
      forget();
      clearTimeout(timer);
      await looking;
      await Promise.all(busy.values());
    },
  };
}
