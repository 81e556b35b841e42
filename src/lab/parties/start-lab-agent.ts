import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { enrollAgent, startAgent } from '../../agent/index.ts';
import type { AgentOptions, RunningAgent } from '../../agent/index.ts';
import { errorCode, makeFolder } from '../../foundation/index.ts';
import { LabError } from '../lab-error.ts';
import { openPartyLogs } from '../lab-context.ts';
import type { LabContext } from '../lab-context.ts';
import { labNames, thisMachine } from '../lab-names.ts';

export interface LabAgent {
  running: RunningAgent;
  adminUrl: string;
  logs: string;
  close(): Promise<void>;
}

/** On one machine a link takes milliseconds. */
export const linkTimeoutMs = 15_000;
const machineName = 'hybrid-agent-01';

export interface StartLabAgentOptions {
  issueToken: () => Promise<string>;
  /** Waits for a link. Default true. */
  waits?: boolean;
  signal?: AbortSignal | undefined;
}

/**
 * Starts the agent in the lab's on-premises network and waits until it has a link. At its first start it enrols with a
 * one-time token, which `issueToken` brings as an administrator would.
 */
export async function startLabAgent(context: LabContext, { issueToken, waits = true, signal }: StartLabAgentOptions): Promise<LabAgent> {
  const { certificate, privateKey } = await context.certificates.server('agent', [...thisMachine]);
  const { version, isDiskFull = false } = context.agentState ?? {};
  const logs = openPartyLogs(context, 'agent', isDiskFull ? fullDisk(context) : undefined);
  const stateDirectory = context.folder.path('agent');
  const { ca } = context.certificates;
  const dial = context.network.dialFrom('agent');
  const clock = context.clockOf('agent');
  const options: AgentOptions = {
    stateDirectory,
    ca,
    targetCa: ca,
    machineName,
    dial,
    admin: { certificate, privateKey, port: context.ports.agentAdmin },
    clock,
    ...(version === undefined ? {} : { version }),
    log: logs.log,
    accessLog: logs.accessLog,
  };
  const running = await startEnrolled(options, async () => {
    await enrollAgent({ relayUrl: `https://${labNames.relay}`, token: await issueToken(), stateDirectory, ca, machineName, dial, clock });
  });
  context.ports.agentAdmin = Number(new URL(running.urls.admin ?? '').port);
  if (waits) await untilLinked(running, logs.directory, signal);
  return {
    running,
    adminUrl: running.urls.admin ?? '',
    logs: logs.directory,
    async close() {
      await running.close(5_000);
      await logs.close();
    },
  };
}

/** A folder whose access log is a device that has no room for anything (full(4)): writing fails as on a full disk. */
function fullDisk({ folder }: LabContext): string {
  const directory = folder.path('logs', 'agent-full-disk');
  rmSync(directory, { recursive: true, force: true });
  makeFolder(directory);
  symlinkSync('/dev/full', join(directory, 'access.jsonl'));
  return directory;
}

/** @throws LabError `LAB_AGENT_NOT_LINKED` when no link comes up in time; the agent is closed then, as when `signal` is aborted */
async function untilLinked(running: RunningAgent, logs: string, signal: AbortSignal | undefined): Promise<void> {
  const late = AbortSignal.timeout(linkTimeoutMs);
  const giveUp = AbortSignal.any([late, ...(signal === undefined ? [] : [signal])]);
  const close = (): void => void running.close();
  giveUp.addEventListener('abort', close, { once: true });
  try {
    await running.ready();
  } catch (error) {
    await running.close();
    if (!late.aborted) throw error;
    throw new LabError('LAB_AGENT_NOT_LINKED', `The agent got no link to the relay within ${linkTimeoutMs / 1000} seconds.`, {
      facts: { links: running.status().links },
      cause: error,
      remedy: `Read ${logs}/party.jsonl, or begin again with --fresh.`,
    });
  } finally {
    giveUp.removeEventListener('abort', close);
  }
}

async function startEnrolled(options: AgentOptions, enrol: () => Promise<void>): Promise<RunningAgent> {
  try {
    return await startAgent(options);
  } catch (error) {
    if (errorCode(error) !== 'AGENT_NOT_ENROLLED') throw error;
  }
  await enrol();
  return startAgent(options);
}
