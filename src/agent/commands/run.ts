import type { Surroundings } from '../../service/index.ts';
import { openServiceLogs, runService, saveMemory } from '../../service/index.ts';
import { startAgent } from '../start-agent.ts';
import type { AgentPlace } from './agent-configuration.ts';
import { agentOptions, loadAgentConfiguration } from './agent-configuration.ts';
import { keepStatusFile } from './status-file.ts';

/** `agent run`: the agent as a service, until a signal ends it. Returns the exit code. */
export async function runAgent(place: AgentPlace, surroundings: Surroundings): Promise<number> {
  saveMemory();
  const configuration = loadAgentConfiguration(place, surroundings.env);
  const { logLevel, accessLogDirectory, drainSeconds } = configuration.settings;
  const logs = openServiceLogs('agent', { level: logLevel, ...(accessLogDirectory === undefined ? {} : { accessLogDirectory: configuration.path(accessLogDirectory) }) });
  const options = agentOptions(configuration, logs);
  return runService({
    logs,
    surroundings,
    drainMs: drainSeconds * 1000,
    start: () => startAgent(options),
    started: (running) => keepStatusFile({ directory: options.stateDirectory, status: running.status, processId: surroundings.pid, log: logs.log }),
  });
}
