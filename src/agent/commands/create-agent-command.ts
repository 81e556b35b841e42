import { Command, Option } from 'commander';
import type { Surroundings } from '../../service/index.ts';
import type { AgentPlace } from './agent-configuration.ts';
import type { EnrollOptions } from './enroll.ts';
import { enroll } from './enroll.ts';
import { runAgent } from './run.ts';
import { showAgentStatus } from './status.ts';
import type { TestConnectivityOptions } from './test-connectivity.ts';
import { testConnectivity } from './test-connectivity.ts';
import type { UnregisterOptions } from './unregister.ts';
import { unregister } from './unregister.ts';

/** The agent's commands, for `hybridge agent` and for the program that is the agent alone. `finished` gets exit codes. */
export function createAgentCommand(name: string, surroundings: Surroundings, finished: (exitCode: number) => void): Command {
  const agent = new Command(name).description('the Hybrid Agent: links this network to a relay, without an inbound port').exitOverride().showSuggestionAfterError();
  const add = (command: string, description: string): Command =>
    agent
      .command(command)
      .description(description)
      .option('--config <file>', 'agent.yaml; or HYBRIDGE_AGENT_CONFIG')
      .option('--state <dir>', 'state folder, where no configuration names it')
      .option('--ca <file>', 'authorities to trust for the relay instead of the built-in ones');
  add('enroll', 'registers this machine with a relay by a one-time token or a sign-in, and tests the way through')
    .alias('enrol')
    .requiredOption('--relay <url>', 'https://relay.example[:port]')
    .option('--token <token>', 'one-time token; others on this machine can see it here')
    .option('--token-file <file>', 'file that holds the token; or HYBRIDGE_AGENT_TOKEN')
    .addOption(new Option('--device-code', 'sign in as an administrator, with a browser on any machine, instead of a token').conflicts(['token', 'tokenFile']))
    .option('--target-ca <file>', 'authorities to trust for targets instead of the built-in ones')
    .option('--name <name>', 'shown in the list of agents (default: the host name)')
    .option('--replace', 'give an agent that is enrolled already a new identity')
    .option('--no-validate', 'do not send a request through the new agent')
    .option('--json', 'for scripts')
    .action(async (options: EnrollOptions) => finished(await enroll(options, surroundings)));
  add('run', 'runs the agent until SIGTERM or Ctrl-C; log lines go to standard output')
    .option('--target-ca <file>', 'authorities to trust for targets instead of the built-in ones')
    .action(async (options: AgentPlace) => finished(await runAgent(options, surroundings)));
  add('status', 'shows links, targets and counters of the running agent; 0 active, 1 inactive, 3 not running')
    .option('--json', 'for scripts')
    .action((options: AgentPlace & { json?: boolean }) => finished(showAgentStatus(options, surroundings)));
  add('test', 'Test-HybridConnectivity: whether this machine reaches what an agent needs, and requests come through it')
    .option('--relay <url>', 'relay, where the agent is not enrolled yet')
    .option('--sts <url>', 'token service, tested as well')
    .option('--cloud <urls...>', 'endpoints of the cloud organisation')
    .option('--test-o365-endpoints', 'test these, too')
    .option('--target-ca <file>', 'authorities to trust for targets instead of the built-in ones')
    .option('--no-validate', 'do not send a request through the agent')
    .option('--json', 'for scripts')
    .action(async (options: TestConnectivityOptions) => finished(await testConnectivity(options, surroundings)));
  add('unregister', 'gives the agent’s permission back to the relay and deletes its key here')
    .option('--force', 'delete the key even where the relay cannot be told')
    .option('--json', 'for scripts')
    .action(async (options: UnregisterOptions) => finished(await unregister(options, surroundings)));
  return agent;
}
