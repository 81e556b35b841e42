import type { Command } from 'commander';
import { createAgentCommand } from '../../agent/index.ts';
import type { AgentTestOptions } from './agent-test.ts';
import { testConnectivity } from './agent-test.ts';
import type { Surroundings } from '../../service/index.ts';

/** `hybridge agent`: the commands of the agent itself, and those that need more than the agent. */
export function createAgentCommandLine(surroundings: Surroundings, finished: (exitCode: number) => void): Command {
  const agent = createAgentCommand('hybridge agent', surroundings, finished);
  agent
    .command('test')
    .description('Test-HybridConnectivity: whether this machine reaches what an agent needs')
    .option('--config <file>', 'agent.yaml; or HYBRIDGE_AGENT_CONFIG')
    .option('--state <dir>', 'state folder, where no configuration names it')
    .option('--relay <url>', 'relay, where the agent is not enrolled yet')
    .option('--sts <url>', 'token service')
    .option('--cloud <urls...>', 'endpoints of the cloud organisation')
    .option('--test-o365-endpoints', 'test these, too')
    .action(async (options: AgentTestOptions) => finished(await testConnectivity(options, surroundings)));
  return agent;
}
