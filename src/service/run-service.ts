import type { Log } from '../foundation/index.ts';
import { exitCodes } from './exit-codes.ts';
import type { ServiceLogs } from './open-service-logs.ts';

/** The part of `process` that commands use: where text goes, the environment, signals, and the end. */
export interface Surroundings {
  stdout: NodeJS.WritableStream & { isTTY?: boolean; columns?: number };
  stderr: NodeJS.WritableStream;
  env: Readonly<Record<string, string | undefined>>;
  pid: number;
  once(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(event: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  exit(code: number): void;
}

export interface ServiceOptions<Running> {
  logs: ServiceLogs;
  surroundings: Surroundings;
  /** Milliseconds that work in hand may take once the service is to stop. */
  drainMs: number;
  start: () => Promise<Running>;
  /** Called once it runs. Returns what is to be done before it stops. */
  started?: (running: Running) => () => void;
}

/** Milliseconds beyond the drain after which a party that does not end is left behind. */
const overdueMs = 5000;

/**
 * Starts a party and keeps it until SIGTERM or SIGINT asks it to stop; it then takes no more work, and what is in hand
 * gets its time. A second signal ends it at once. Returns the exit code: 0, or 130 when it was ended at once.
 *
 * @throws what `start` throws
 */
export async function runService<Running extends { close(graceMs?: number): Promise<void> }>(options: ServiceOptions<Running>): Promise<number> {
  const { surroundings, drainMs, logs } = options;
  const { log } = logs;
  const stop = Promise.withResolvers<string>();
  const hurry = Promise.withResolvers<'hurried'>();
  let asked = false;
  const onSignal = (signal: 'SIGINT' | 'SIGTERM') => (): void => {
    if (asked) hurry.resolve('hurried');
    asked = true;
    stop.resolve(signal);
    surroundings.once(signal, handlers[signal]);
  };
  const handlers = { SIGINT: onSignal('SIGINT'), SIGTERM: onSignal('SIGTERM') };
  surroundings.once('SIGINT', handlers.SIGINT);
  surroundings.once('SIGTERM', handlers.SIGTERM);
  try {
    const running = await options.start();
    const ending = options.started?.(running);
    const signal = await stop.promise;
    ending?.();
    const outcome = await drain(running, { drainMs, signal, log, hurry: hurry.promise });
    await logs.accessLog.close();
    if (outcome === 'drained') return exitCodes.ok;
    surroundings.exit(exitCodes.stopped);
    return exitCodes.stopped;
  } finally {
    surroundings.off('SIGINT', handlers.SIGINT);
    surroundings.off('SIGTERM', handlers.SIGTERM);
  }
}

interface DrainOptions {
  drainMs: number;
  signal: string;
  log: Log;
  hurry: Promise<'hurried'>;
}

async function drain(running: { close(graceMs?: number): Promise<void> }, { drainMs, signal, log, hurry }: DrainOptions): Promise<'drained' | 'hurried' | 'overdue'> {
  const began = performance.now();
  log.info({ signal, drainMs }, 'stopping: no more requests are taken, those in work may finish');
  const overdue = Promise.withResolvers<'overdue'>();
  const timer = setTimeout(() => overdue.resolve('overdue'), drainMs + overdueMs);
  const outcome = await Promise.race([running.close(drainMs).then(() => 'drained' as const), hurry, overdue.promise]);
  clearTimeout(timer);
  const durationMs = Math.round(performance.now() - began);
  if (outcome === 'drained') log.info({ durationMs, cutShort: durationMs >= drainMs && drainMs > 0 }, 'stopped');
  else log.warn({ durationMs, outcome }, 'ended at once: what was in work is lost');
  return outcome;
}
