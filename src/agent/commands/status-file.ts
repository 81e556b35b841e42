import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Log } from '../../foundation/index.ts';
import { errorCode, systemClock } from '../../foundation/index.ts';
import { targetStatusSchema } from '../../tunnel/index.ts';
import type { AgentStatus } from '../agent-status.ts';

const linkSchema = z.object({ state: z.enum(['connecting', 'up', 'waiting', 'draining', 'closed']), lastError: z.object({ code: z.string(), message: z.string() }).optional() });

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
});

export type StatusFile = z.infer<typeof statusFileSchema>;

const everyMs = 1000;
/** A file older than this was left by an agent that ended without a word. */
const staleMs = 15_000;

export interface KeepStatusFileOptions {
  directory: string;
  status: () => AgentStatus;
  processId: number;
  log: Log;
}

/** Writes the status every second, whole or not at all. Returns what ends it and takes the file away. */
export function keepStatusFile({ directory, status, processId, log }: KeepStatusFileOptions): () => void {
  const file = statusFileIn(directory);
  let complained = false;
  const write = (): void => {
    try {
      writeFileSync(`${file}.new`, JSON.stringify({ processId, writtenAt: systemClock.now(), ...status() }), { mode: 0o600 });
      renameSync(`${file}.new`, file);
      complained = false;
    } catch (error) {
      if (!complained) log.warn({ err: error }, 'the status cannot be written');
      complained = true;
    }
  };
  write();
  const timer = setInterval(write, everyMs);
  return () => {
    clearInterval(timer);
    rmSync(file, { force: true });
  };
}

/** The status of the agent that runs on this folder, or undefined where none does. */
export function readStatusFile(directory: string): StatusFile | undefined {
  let text: string;
  try {
    text = readFileSync(statusFileIn(directory), 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
  const parsed = statusFileSchema.safeParse(JSON.parse(text));
  return parsed.success && systemClock.now() - parsed.data.writtenAt < staleMs ? parsed.data : undefined;
}

function statusFileIn(directory: string): string {
  return join(directory, 'status.json');
}
