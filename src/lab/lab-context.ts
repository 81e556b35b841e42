import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import type { AccessLog, Clock, Log } from '../foundation/index.ts';
import { createLog, logFile, openAccessLog } from '../foundation/index.ts';
import type { LabPartyName } from './conditions/condition.ts';
import type { AgentState, ServerHabits } from './conditions/open-conditions.ts';
import type { LabCertificates } from './lab-certificates.ts';
import type { LabListener } from './lab-ports.ts';
import type { LabState, LabStateFolder } from './lab-state.ts';
import type { LabNetwork } from './network/lab-network.ts';

/** What every party of a lab is started with. */
export interface LabContext {
  folder: LabStateFolder;
  state: LabState;
  certificates: LabCertificates;
  network: LabNetwork;
  /** Each is 0 until the system has chosen; a party that is started again takes the port that it had. */
  ports: Record<LabListener, number>;
  clock: Clock;
  /** Whether the organisation on premises takes NTLM. */
  ntlm: boolean;
  /** The clock on one party's wall, which may go wrong. */
  clockOf(party: LabPartyName): Clock;
  /** What is not usual about the agent. */
  agentState?: AgentState;
  /** How long the server on premises keeps what it has read; absent, not at all. */
  serverHabits?: ServerHabits;
  /** How long organisations wait for one another; the parties' own defaults where it is absent. */
  lookUpTimeouts?: { connectMs: number; deadlineMs: number };
}

/**
 * scrypt's N for the lab's accounts: 4 MiB and a few milliseconds. Their passwords are random and long, so nothing is
 * gained by making guesses dearer, and a hundred of them are hashed at the first start.
 */
export const labPasswordCost = 4096;

export interface PartyLogs {
  directory: string;
  log: Log;
  accessLog: AccessLog;
  close(): Promise<void>;
}

/** Opens the logs of one party: `party.jsonl`, `access.jsonl` and the W3C file of the day. */
export function openPartyLogs(context: LabContext, party: string, accessLogDirectory?: string): PartyLogs {
  const directory = context.folder.path('logs', party);
  const file = logFile(`${directory}/party.jsonl`);
  const log = createLog(party, { destination: file });
  const accessLog = openAccessLog(accessLogDirectory ?? directory, party, context.clock, log);
  return {
    directory,
    log,
    accessLog,
    async close() {
      await accessLog.close();
      file.end();
    },
  };
}

/** A party's admin key, made at its first start. */
export function adminKey(context: LabContext, party: string): { key: string; file: string } {
  const file = context.folder.path('certificates', `${party}-admin.key`);
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  return { key: readFileSync(file, 'utf8').trim(), file };
}
