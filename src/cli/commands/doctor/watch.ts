import { createServer } from 'node:http';
import { Gauge, Registry } from 'prom-client';
import { createAdminHandler, errorText, HybridgeError, listen, silentLog, systemClock } from '../../../foundation/index.ts';
import type { DoctorReport } from '../../../doctor/index.ts';
import { exitCodes } from '../../../service/index.ts';
import type { DoctorSurroundings } from './create-doctor-command.ts';
import type { LiveTopic } from './live-topics.ts';
import type { LiveOptions } from './live.ts';
import { openLivePlace } from './live.ts';

export type DoctorWatchErrorCode = 'CLI_DOCTOR_WATCH';

export interface WatchOptions extends LiveOptions {
  every: string;
  listen: string;
}

const shortestSeconds = 5;

/** `hybridge doctor watch`: looks on a schedule, one run at a time, and shows what it saw as Prometheus metrics. Ends with SIGINT or SIGTERM. */
export async function runWatch(topics: readonly LiveTopic[], options: WatchOptions, surroundings: DoctorSurroundings): Promise<number> {
  const everyMs = readInterval(options.every) * 1000;
  const { host, port } = readListen(options.listen);
  const place = openLivePlace(options, surroundings);
  const metrics = createWatchMetrics();
  const stopped = new AbortController();
  const stop = (): void => stopped.abort();
  surroundings.once('SIGINT', stop);
  surroundings.once('SIGTERM', stop);
  const text = (type: string, body: string) => ({ type, body });
  const answer = (get: () => Promise<{ type: string; body: string }>) => async (_: unknown, response: { writeHead(status: number, headers: Record<string, string>): { end(body: string): unknown } }): Promise<void> => {
    const { type, body } = await get();
    response.writeHead(200, { 'content-type': type }).end(body);
  };
  const server = createServer(
    createAdminHandler(
      [
        { method: 'GET', path: '/livez', handle: answer(() => Promise.resolve(text('text/plain; charset=utf-8', 'ok\n'))) },
        { method: 'GET', path: '/metrics', handle: answer(async () => text(metrics.registry.contentType, await metrics.registry.metrics())) },
      ],
      silentLog,
    ),
  );
  const listener = await listen(server, { host, port });
  surroundings.stdout.write(`Looking every ${everyMs / 1000} s at ${topics.join(', ')}. Metrics: http://${host.includes(':') ? `[${host}]` : host}:${listener.port}/metrics\n`);
  try {
    while (!stopped.signal.aborted) {
      const started = systemClock.now();
      const said = await look(async () => (await place.look(topics)).report, metrics);
      surroundings.stdout.write(`${new Date(started).toISOString()} ${said}\n`);
      await pause(Math.max(0, everyMs - (systemClock.now() - started)), stopped.signal);
    }
    return exitCodes.ok;
  } finally {
    surroundings.off('SIGINT', stop);
    surroundings.off('SIGTERM', stop);
    await listener.close();
    await place.close();
  }
}

async function look(run: () => Promise<DoctorReport>, metrics: WatchMetrics): Promise<string> {
  try {
    const report = await run();
    metrics.saw(report);
    const count = (status: string): number => report.probes.filter((probe) => probe.status === status).length;
    return `${report.status}: ${count('pass')} passed, ${count('fail')} failed, ${count('skipped')} skipped. ${report.status === 'wrong' ? report.verdict : ''}`.trimEnd();
  } catch (error) {
    metrics.failed();
    return `could not look: ${errorText(error)}`;
  }
}

interface WatchMetrics {
  registry: Registry;
  saw(report: DoctorReport): void;
  failed(): void;
}

function createWatchMetrics(): WatchMetrics {
  const registry = new Registry();
  const registers = [registry];
  const success = new Gauge({ name: 'hybridge_doctor_probe_success', help: '1 where the probe passed, 0 where it failed; absent where it was skipped', labelNames: ['probe'], registers });
  const duration = new Gauge({ name: 'hybridge_doctor_probe_duration_seconds', help: 'How long the probe took at the last run', labelNames: ['probe'], registers });
  const skippedProbes = new Gauge({ name: 'hybridge_doctor_probe_skipped', help: '1 where the probe could not look', labelNames: ['probe'], registers });
  const cause = new Gauge({ name: 'hybridge_doctor_cause', help: '1 for each cause that the last run proved', labelNames: ['cause', 'failure'], registers });
  const last = new Gauge({ name: 'hybridge_doctor_last_run_timestamp_seconds', help: 'When the last run ended', registers });
  const up = new Gauge({ name: 'hybridge_doctor_up', help: '1 where the last run could look, 0 where it ended in an error', registers });
  return {
    registry,
    saw({ probes, findings }) {
      for (const gauge of [success, duration, skippedProbes, cause]) gauge.reset();
      for (const { id, status, durationMs } of probes) {
        skippedProbes.set({ probe: id }, status === 'skipped' ? 1 : 0);
        if (status === 'skipped') continue;
        success.set({ probe: id }, status === 'pass' ? 1 : 0);
        duration.set({ probe: id }, durationMs / 1000);
      }
      for (const finding of findings) cause.set({ cause: finding.cause, failure: finding.failure }, 1);
      up.set(1);
      last.set(systemClock.now() / 1000);
    },
    failed() {
      up.set(0);
    },
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}

/** `60`, `30s`, `5m`, `1h`, in seconds. */
function readInterval(text: string): number {
  const [, number = '', unit = 's'] = /^(\d{1,6})([smh])?$/.exec(text) ?? [];
  const seconds = Number(number) * { s: 1, m: 60, h: 3600 }[unit as 's' | 'm' | 'h'];
  if (number === '' || seconds < shortestSeconds) throw new HybridgeError<DoctorWatchErrorCode>('CLI_DOCTOR_WATCH', `"${text}" is no interval.`, { remedy: 'Write 60s, 5m or 1h; no less than 5 seconds.' });
  return seconds;
}

function readListen(text: string): { host: string; port: number } {
  const [, host = '', port = ''] = /^(?:\[?([^\]]+?)\]?:)?(\d{1,5})$/.exec(text) ?? [];
  if (port === '' || Number(port) > 65_535) throw new HybridgeError<DoctorWatchErrorCode>('CLI_DOCTOR_WATCH', `"${text}" is no address to listen at.`, { remedy: 'Write 127.0.0.1:9464; port 0 lets the system choose.' });
  return { host: host === '' ? '127.0.0.1' : host, port: Number(port) };
}
