import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Plane } from './planes/plane.ts';
import { run } from './processes.ts';

export interface RequestLoad {
  connections: number;
  seconds: number;
  /** A connection of its own for each request. */
  newConnections?: boolean;
}

export interface RequestFigures {
  perSecond: number;
  requests: number;
  failed: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

/** Small requests by wrk: 2 KB POST, 4 KB answer. */
export async function sendRequests(plane: Plane, load: RequestLoad): Promise<RequestFigures> {
  const output = await run('wrk', [
    '-t1',
    `-c${load.connections}`,
    `-d${load.seconds}s`,
    '--timeout',
    '10s',
    '-s',
    join(import.meta.dirname, 'post.lua'),
    `${plane.url}/EWS/Exchange.asmx`,
    '--',
    load.newConnections === true ? 'close' : 'keep',
    ...(plane.host === undefined ? [] : [plane.host]),
  ]);
  const line = output.trim().split('\n').at(-1) ?? '';
  const figures = JSON.parse(line) as { requests: number; microseconds: number; failed: number; p50: number; p99: number };
  return { perSecond: (figures.requests / figures.microseconds) * 1e6, requests: figures.requests, failed: figures.failed, p50: figures.p50 / 1000, p99: figures.p99 / 1000 };
}

export interface Transfer {
  direction: 'down' | 'up';
  /** `large` is 256 MB, `medium` 64 MB. */
  size: 'large' | 'medium';
  /** For uploads: the file itself. */
  file: string;
  caFile: string;
}

export const transferBytes = { large: 256 * 1024 * 1024, medium: 64 * 1024 * 1024 };

/**
 * Megabytes a second (10⁶) of one or more transfers at once, by as many curl processes, from the first start to the last
 * end. One that fails is said, and makes the whole count as nothing.
 */
export async function transfer(plane: Plane, transfers: Transfer, count: number): Promise<number> {
  const started = performance.now();
  try {
    await Promise.all(Array.from({ length: count }, () => run('curl', curlArguments(plane, transfers))));
  } catch (error) {
    console.log(`  a transfer ${transfers.direction} with ${plane.name} failed: ${error instanceof Error ? error.message.trim().replaceAll('\n', ' ') : String(error)}`);
    return 0;
  }
  return (transferBytes[transfers.size] * count) / 1000 / (performance.now() - started);
}

/** Downloads held to a rate (bytes a second each) until the returned function is called. */
export function downloadSteadily(plane: Plane, transfers: Transfer, count: number, bytesPerSecond: number): () => Promise<void> {
  const children: ChildProcess[] = Array.from({ length: count }, () => spawn('curl', ['--limit-rate', String(bytesPerSecond), ...curlArguments(plane, transfers)], { stdio: 'ignore' }));
  return async () => {
    await Promise.all(
      children.map(async (child) => {
        if (child.exitCode !== null) return;
        const exit = once(child, 'exit');
        child.kill('SIGKILL');
        await exit;
      }),
    );
  };
}

function curlArguments(plane: Plane, { direction, size, file, caFile }: Transfer): string[] {
  const { port } = new URL(plane.url);
  const common = ['--silent', '--show-error', '--fail', '--http1.1', '--cacert', caFile, '--connect-to', `::127.0.0.1:${port}`, '--output', '/dev/null', '--write-out', '%header{x-hybridge-error}'];
  if (direction === 'down') return [...common, `${plane.url}/EWS/${size}`];
  return [...common, '--header', 'Expect:', '--request', 'POST', '--upload-file', file, `${plane.url}/EWS/upload`];
}
