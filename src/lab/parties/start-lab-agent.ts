import { enrollAgent, startAgent } from '../../agent/index.ts';
import type { AgentOptions, RunningAgent } from '../../agent/index.ts';
import { errorCode } from '../../foundation/index.ts';
import { openPartyLogs } from '../lab-context.ts';
import type { LabContext } from '../lab-context.ts';
import { labNames, thisMachine } from '../lab-names.ts';

export interface LabAgent {
  running: RunningAgent;
  adminUrl: string;
  logs: string;
  close(): Promise<void>;
}

const machineName = 'hybrid-agent-01';

/**
 * Starts the agent in the lab's on-premises network and waits until it has a link. At its first start it enrols with a
 * one-time token, which `issueToken` brings as an administrator would.
 */
export async function startLabAgent(context: LabContext, issueToken: () => Promise<string>): Promise<LabAgent> {
  const { certificate, privateKey } = await context.certificates.server('agent', [...thisMachine]);
  const logs = openPartyLogs(context, 'agent');
  const stateDirectory = context.folder.path('agent');
  const { ca } = context.certificates;
  const { dial } = context.network;
  const options: AgentOptions = {
    stateDirectory,
    ca,
    targetCa: ca,
    machineName,
    dial,
    admin: { certificate, privateKey, port: context.ports.agentAdmin },
    clock: context.clock,
    log: logs.log,
    accessLog: logs.accessLog,
  };
  const running = await startEnrolled(options, async () => {
    await enrollAgent({ relayUrl: `https://${labNames.relay}`, token: await issueToken(), stateDirectory, ca, machineName, dial, clock: context.clock });
  });
  try {
    await running.ready();
  } catch (error) {
    await running.close();
    throw error;
  }
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

async function startEnrolled(options: AgentOptions, enrol: () => Promise<void>): Promise<RunningAgent> {
  try {
    return await startAgent(options);
  } catch (error) {
    if (errorCode(error) !== 'AGENT_NOT_ENROLLED') throw error;
  }
  await enrol();
  return startAgent(options);
}
