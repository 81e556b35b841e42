import { closeSync, ftruncateSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Log } from '../../foundation/index.ts';
import { errorCode, systemClock } from '../../foundation/index.ts';
import { targetStatusSchema } from '../../tunnel/index.ts';
import type { AgentProblem } from '../agent-problems.ts';
import { unwritable } from '../agent-problems.ts';
import type { AgentStatus } from '../agent-status.ts';

const linkSchema = z.object({ state: z.enum(['connecting', 'up', 'waiting', 'draining', 'closed']), lastError: z.object({ code: z.string(), message: z.string(), remedy: z.string().optional() }).optional() });

/** What a running agent leaves for `agent status`. Times are epoch milliseconds. */
const statusFileSchema = z.object({
  processId: z.number(),
  writtenAt: z.number(),
  agentId: z.string(),
  tenantId: z.string(),
  version: z.string(),
  relayUrl: z.string(),
  ready: z.boolean(),
  links: z.array(linkSchema),
  targets: z.array(targetStatusSchema),
  counters: z.object({ requests: z.number(), errors: z.number(), bytesReceived: z.number(), bytesSent: z.number(), activeConnections: z.number() }),
  certificateExpiresAt: z.number(),
  problems: z.array(z.object({ code: z.string(), message: z.string(), remedy: z.string() })),
});

export type StatusFile = z.infer<typeof statusFileSchema>;

const everyMs = 1000;
/** A file older than this was left by an agent that ended without a word, or one that cannot write. */
const staleMs = 15_000;
/** Files are filled up with blanks to multiples of this, so that a full disk can still take a newer status in the same place. */
const blockBytes = 4096;

export interface KeepStatusFileOptions {
  directory: string;
  status: () => AgentStatus;
  processId: number;
  log: Log;
}

/** Writes the status every second, whole or not at all. Returns what ends it and takes the file away. */
export function keepStatusFile({ directory, status, processId, log }: KeepStatusFileOptions): () => void {
  const file = statusFileIn(directory);
  let failing: AgentProblem | undefined;
  const textOf = (): string => {
    const { problems, ...rest } = status();
    const text = JSON.stringify({ processId, writtenAt: systemClock.now(), ...rest, problems: failing === undefined ? problems : [...problems.filter(({ code }) => code !== failing?.code), failing] });
    return text.padEnd(Math.ceil(Buffer.byteLength(text) / blockBytes) * blockBytes - Buffer.byteLength(text) + text.length);
  };
  const write = (): void => {
    try {
      writeFileSync(`${file}.new`, textOf(), { mode: 0o600 });
      renameSync(`${file}.new`, file);
      if (failing !== undefined) log.warn('the status can be written again');
      failing = undefined;
    } catch (error) {
      if (failing === undefined) log.error({ err: error }, 'the status cannot be written');
      failing = { code: 'AGENT_STATE_UNWRITABLE', ...unwritable('status', error) };
      rmSync(`${file}.new`, { force: true });
      overwrite(file, textOf());
    }
  };
  write();
  const timer = setInterval(write, everyMs);
  return () => {
    clearInterval(timer);
    rmSync(file, { force: true });
  };
}

/** Writes over what is there: blocks that a file has, a full disk gives it again. Never throws. */
function overwrite(file: string, text: string): void {
  try {
    const descriptor = openSync(file, 'r+');
    try {
      writeSync(descriptor, text, 0);
      ftruncateSync(descriptor, Buffer.byteLength(text));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // The failure before this one has been told.
  }
}

/**
 * The status of the agent that runs on this folder, or undefined where none does. `outdated` is true where its process
 * lives but has not been able to write for a while.
 */
export function readStatusFile(directory: string): (StatusFile & { outdated: boolean }) | undefined {
  let text: string;
  try {
    text = readFileSync(statusFileIn(directory), 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const parsed = statusFileSchema.safeParse(parse(text));
  if (!parsed.success) return undefined;
  const outdated = systemClock.now() - parsed.data.writtenAt >= staleMs;
  return outdated && !isAlive(parsed.data.processId) ? undefined : { ...parsed.data, outdated };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Half of one that a full disk cut off.
    return undefined;
  }
}

/** Whether the process of a file that was left long ago is there; its number may be another program's by now. */
function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function statusFileIn(directory: string): string {
  return join(directory, 'status.json');
}
