import { Command } from 'commander';
import { HybridgeError } from '../../../foundation/index.ts';
import { closestName, exitCodes } from '../../../service/index.ts';
import type { Surroundings } from '../../../service/index.ts';
import type { TenantOptions } from './administer.ts';
import { createRelayOperator } from './administer.ts';
import type { ApplicationOptions } from './application-options.ts';
import type { KeyOptions } from './administer-keys.ts';
import { createKeyOperator } from './administer-keys.ts';
import { checkRelay } from './check.ts';
import type { RelayAdministration, RelayCommandErrorCode, RelayPlace } from './relay-place.ts';
import { createRelayScreen } from './relay-screen.ts';
import { runRelay } from './run.ts';
import type { TailOptions } from './tail.ts';
import { tail } from './tail.ts';

/** `hybridge relay`, or the program that is the relay alone: runs a relay, or talks to one that runs. `finished` gets exit codes. */
export function createRelayCommand(name: string, surroundings: Surroundings, finished: (exitCode: number) => void): Command {
  const relay = new Command(name)
    .description('runs a relay; with a command, talks to the one that runs')
    .exitOverride()
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .option('--config <file>', 'relay.yaml; or HYBRIDGE_RELAY_CONFIG')
    .allowExcessArguments()
    .action(async (options: RelayPlace) => {
      const [unknown] = relay.args;
      if (unknown !== undefined) relay.error(`error: unknown command '${unknown}'\n${suggestion(unknown, relay)}`, { code: 'commander.unknownCommand' });
      finished(await runRelay(options, surroundings));
    });
  const screen = createRelayScreen(surroundings);
  const operator = createRelayOperator(surroundings, screen, tenantOf);
  const keys = createKeyOperator(screen, tenantOf);
  const place = (command: Command): Command =>
    command
      .option('--config <file>', 'relay.yaml of a relay on this machine; or HYBRIDGE_RELAY_CONFIG')
      .option('--url <url>', 'admin listener of a relay elsewhere, or the relay itself where it answers administrators of tenants')
      .option('--key-file <file>', 'its admin key, or one of your tenant; or HYBRIDGE_RELAY_ADMIN_KEY')
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

  relay
    .command('check')
    .description('tells every mistake of relay.yaml with its line, and starts nothing; 78 when there is one')
    .option('--config <file>', 'relay.yaml; or HYBRIDGE_RELAY_CONFIG')
    .option('--json', 'for scripts')
    .action((options: RelayPlace) => finished(checkRelay(options, surroundings)));
  place(relay.command('tail').description('shows requests as they finish, until Ctrl-C'))
    .option('--tenant <id>', 'only of this tenant')
    .option('--application <guid>', 'only of this endpoint')
    .action(async (options: TailOptions) => finished(await tail(options, surroundings)));

  const tenant = group('tenant', 'whom the relay serves');
  tenant('list', 'shows tenants').action(done((options: RelayPlace) => operator.listTenants(options)));
  tenant('create <name>', 'adds a tenant').option('--id <id>', 'its id (default: a new GUID)').action(done((name: string, options: RelayPlace) => operator.createTenant(name, options)));
  tenant('update <id>', 'changes its name, or gives it limits of its own; "none" lifts one')
    .option('--name <name>', 'for people')
    .option('--requests-per-second <number>', 'over all its applications (default: no limit)')
    .option('--requests-in-flight <number>', 'requests in work at once (default: 5000)')
    .option('--connections <number>', 'client connections at once (default: 10000)')
    .option('--connections-per-second <number>', 'new client connections; more are closed before TLS (default: no limit)')
    .option('--domain <domains...>', 'its own administrators may publish host names under these; "none" for none')
    .option('--token-issuer <urls...>', 'its own administrators may trust issuers whose metadata is at or below these; "none" for none')
    .action(done((id: string, options: TenantOptions) => operator.updateTenant(id, options)));
  tenant('remove <id>', 'removes a tenant, its applications and its agents').action(done((id: string, options: RelayPlace) => operator.removeTenant(id, options)));

  const application = group('application', 'what the relay publishes');
  application('list', 'shows endpoints and where they lead').option('--tenant <id>', 'only of this tenant').action(done((options: RelayPlace & { tenant?: string }) => operator.listApplications(options)));
  application('show <guid>', 'shows all settings of an application').action(done((id: string, options: RelayPlace) => operator.showApplication(id, options)));
  applicationSettings(application('create', 'publishes a server').requiredOption('--target <urls...>', targetHelp))
    .option(...tenantOption)
    .option('--id <guid>', 'endpoint GUID (default: a new one)')
    .action(done((options: ApplicationOptions) => operator.createApplication(options)));
  applicationSettings(application('update <guid>', 'changes what is given').option('--target <urls...>', targetHelp)).action(done((id: string, options: ApplicationOptions) => operator.updateApplication(id, options)));
  application('remove <guid>', 'stops publishing').action(done((id: string, options: RelayPlace) => operator.removeApplication(id, options)));
  application('presets', 'shows the names that --allow takes').action(
    done((options: RelayPlace) => {
      operator.listPresets(options);
      return Promise.resolve();
    }),
  );

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

  const key = group('key', 'keys of the admin API that are good for one tenant');
  key('issue <name>', 'prints a new key, once; the name says who uses it')
    .option(...tenantOption)
    .option('--role <administrator|reader>', 'readers look and change nothing (default: administrator)')
    .option('--days <days>', 'how long it is good (default: until it is revoked)')
    .action(done((name: string, options: KeyOptions) => keys.issue(name, options)));
  key('list', 'shows keys without their secret').option(...tenantOption).action(done((options: RelayPlace & { tenant?: string }) => keys.list(options)));
  key('rotate <id>', 'gives a key another secret, printed once')
    .option('--overlap-hours <hours>', 'the one before is good for this long (default: 1)')
    .action(done((id: string, options: RelayPlace & { overlapHours?: string }) => keys.rotate(id, options)));
  key('revoke <id>', 'ends a key at once').action(done((id: string, options: RelayPlace) => keys.revoke(id, options)));

  place(relay.command('audit').description('shows who changed what, newest first'))
    .option('--tenant <id>', 'only of this tenant')
    .option('--last <number>', 'how many changes, 1000 at most (default: 100)')
    .action(done((options: RelayPlace & { tenant?: string; last?: string }) => keys.audit(options)));

  const authority = group('authority', 'who certifies agents');
  authority('list', 'shows the authorities whose agents are let in').action(done((options: RelayPlace) => keys.listAuthorities(options)));
  authority('renew', 'makes another one, which issues from now on').action(done((options: RelayPlace) => keys.renewAuthority(options)));
  authority('remove <thumbprint>', 'lets agents of this one in no longer')
    .option('--force', 'even though agents may have to be enrolled again')
    .action(done((thumbprint: string, options: RelayPlace & { force?: boolean }) => keys.removeAuthority(thumbprint, options)));
  return relay;
}

function suggestion(written: string, relay: Command): string {
  const names = relay.commands.map((command) => command.name());
  const meant = closestName(written, names);
  return meant === undefined ? `(There are ${names.join(', ')}.)` : `(Did you mean ${meant}?)`;
}

async function tenantOf({ client }: RelayAdministration, given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  const [only, ...others] = await client.listTenants();
  if (only !== undefined && others.length === 0) return only.id;
  throw new HybridgeError<RelayCommandErrorCode>('CLI_RELAY_PLACE', 'The relay serves several tenants, or none.', { remedy: 'Give --tenant; see hybridge relay tenant list.' });
}

const targetHelp = 'https://host[:port] of the server, or of several; ",weight=3" gives one a larger share, ",weight=0" makes it a stand-by';

function applicationSettings(command: Command): Command {
  return command
    .option('--name <name>', 'for people')
    .option('--allow <paths...>', 'paths that are published, or presets: see application presets (default: ews autodiscover)')
    .option('--host-name <hosts...>', 'host names of its own at which TLS ends at the relay; "none" for none')
    .option('--pass-through-host <hosts...>', 'host names whose TLS goes to the target untouched; "none" for none')
    .option('--proxy-protocol <on|off>', 'tells targets of pass-through connections the client\'s address')
    .option('--host-header <host>', 'sent to the target instead of the name that the client used; "none": unchanged')
    .option('--response-timeout <time>', 'until the first byte of an answer: 300, 15m, 1h (default: 180 s)')
    .option('--idle-timeout <time>', 'without a byte in either direction (default: 180 s)')
    .option('--total-timeout <time>', 'for a whole request and its answer; "none" (default)')
    .option('--requests-per-second <number>', 'over all clients; "none" (default)')
    .option('--requests-in-flight <number>', 'requests in work at once; "none": what the tenant may (default)')
    .option('--connections <number>', 'client connections at once; "none": what the tenant may (default)')
    .option('--head-size <size>', 'of a request\'s header fields (default: 128KB, the most)')
    .option('--body-size <size>', 'of a request\'s body, such as 150MB; "none" (default)')
    .option('--health <path>', 'agents ask targets for this path; "tls" for a handshake only, "none" (default): only targets that have failed')
    .option('--health-interval <time>', 'between two looks (default: 10 s)')
    .option('--health-timeout <time>', 'for one look (default: 5 s)')
    .option('--token-issuer <urls...>', 'metadata documents of issuers whose access tokens are let through; "none" (default): the target decides')
    .option('--token-audience <hosts...>', 'host names for which tokens may be besides the one asked for')
    .option('--partner-application <ids...>', 'application ids whose server-to-server tokens are let through (default: Exchange)')
    .option('--anonymous <refuse|forward>', 'requests without a token, where issuers are given (default: refuse)')
    .option('--other-schemes <refuse|forward>', 'Basic and others, where issuers are given (default: refuse)');
}
