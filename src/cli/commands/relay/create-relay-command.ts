import { Command } from 'commander';
import { HybridgeError } from '../../../foundation/index.ts';
import { exitCodes } from '../../../service/index.ts';
import type { Surroundings } from '../../../service/index.ts';
import type { ApplicationOptions } from './administer.ts';
import { createRelayOperator } from './administer.ts';
import type { RelayAdministration, RelayCommandErrorCode, RelayPlace } from './relay-place.ts';
import { runRelay } from './run.ts';
import type { TailOptions } from './tail.ts';
import { tail } from './tail.ts';

/** `hybridge relay`: runs a relay, or talks to one that runs. `finished` gets exit codes. */
export function createRelayCommand(surroundings: Surroundings, finished: (exitCode: number) => void): Command {
  const relay = new Command('hybridge relay')
    .description('runs a relay; with a command, talks to the one that runs')
    .exitOverride()
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .option('--config <file>', 'relay.yaml; or HYBRIDGE_RELAY_CONFIG')
    .action(async (options: RelayPlace) => finished(await runRelay(options, surroundings)));
  const operator = createRelayOperator(surroundings, tenantOf);
  const place = (command: Command): Command =>
    command
      .option('--config <file>', 'relay.yaml of a relay on this machine; or HYBRIDGE_RELAY_CONFIG')
      .option('--url <url>', 'admin listener of a relay elsewhere')
      .option('--key-file <file>', 'its admin key; or HYBRIDGE_RELAY_ADMIN_KEY')
      .option('--ca <file>', 'authorities to trust for it instead of the built-in ones')
      .option('--json', 'for scripts');
  const group = (name: string, description: string): ((line: string, description: string) => Command) => {
    const parent = relay.command(name).description(description);
    return (line, text) => place(parent.command(line).description(text));
  };
  const tenantOption = ['--tenant <id>', 'which tenant (default: the only one)'] as const;
  const done = <Arguments extends unknown[]>(run: (...given: Arguments) => Promise<void>) => async (...given: Arguments): Promise<void> => {
    await run(...given);
    finished(exitCodes.ok);
  };

  place(relay.command('tail').description('shows requests as they finish, until Ctrl-C'))
    .option('--tenant <id>', 'only of this tenant')
    .option('--application <guid>', 'only of this endpoint')
    .action(async (options: TailOptions) => finished(await tail(options, surroundings)));

  const tenant = group('tenant', 'whom the relay serves');
  tenant('list', 'shows tenants').action(done((options: RelayPlace) => operator.listTenants(options)));
  tenant('create <name>', 'adds a tenant').option('--id <id>', 'its id (default: a new GUID)').action(done((name: string, options: RelayPlace) => operator.createTenant(name, options)));
  tenant('remove <id>', 'removes a tenant, its applications and its agents').action(done((id: string, options: RelayPlace) => operator.removeTenant(id, options)));

  const application = group('application', 'what the relay publishes');
  const settings = (command: Command): Command =>
    command
      .option('--name <name>', 'for people')
      .option('--allow <paths...>', 'paths that are published (default: /EWS/* and /Autodiscover/*)')
      .option('--host-header <host>', 'sent to the target instead of the name that the client used; empty: unchanged')
      .option('--pass-through-host <hosts...>', 'host names whose TLS goes to the target untouched');
  application('list', 'shows endpoints and where they lead').option('--tenant <id>', 'only of this tenant').action(done((options: RelayPlace & { tenant?: string }) => operator.listApplications(options)));
  settings(application('create', 'publishes a server'))
    .requiredOption('--target <urls...>', 'https://host[:port] of the server, or of several')
    .option(...tenantOption)
    .option('--id <guid>', 'endpoint GUID (default: a new one)')
    .action(done((options: ApplicationOptions) => operator.createApplication(options)));
  settings(application('update <guid>', 'changes what is given'))
    .option('--target <urls...>', 'https://host[:port] of the server, or of several')
    .action(done((id: string, options: ApplicationOptions) => operator.updateApplication(id, options)));
  application('remove <guid>', 'stops publishing').action(done((id: string, options: RelayPlace) => operator.removeApplication(id, options)));

  const token = group('token', 'one-time permissions to enrol an agent');
  token('issue', 'prints a new token, once')
    .option(...tenantOption)
    .option('--hours <hours>', 'how long it can be used (default: 1)')
    .action(done((options: RelayPlace) => operator.issueToken(options)));
  token('list', 'shows tokens without their secret').option(...tenantOption).action(done((options: RelayPlace) => operator.listTokens(options)));
  token('remove <id>', 'takes back a token that was not used').action(done((id: string, options: RelayPlace) => operator.removeToken(id, options)));

  const agents = group('agents', 'who keeps links');
  agents('list', 'shows agents with status and counters').option('--tenant <id>', 'only of this tenant').action(done((options: RelayPlace & { tenant?: string }) => operator.listAgents(options)));
  agents('show <id>', 'shows one agent').action(done((id: string, options: RelayPlace) => operator.showAgent(id, options)));
  agents('revoke <id>', 'takes an agent’s permission away at once').action(done((id: string, options: RelayPlace) => operator.revokeAgent(id, options)));
  return relay;
}

async function tenantOf({ client }: RelayAdministration, given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  const [only, ...others] = await client.listTenants();
  if (only !== undefined && others.length === 0) return only.id;
  throw new HybridgeError<RelayCommandErrorCode>('CLI_RELAY_PLACE', 'The relay serves several tenants, or none.', { remedy: 'Give --tenant; see hybridge relay tenant list.' });
}
