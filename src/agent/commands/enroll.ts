import { accessSync, constants, readFileSync } from 'node:fs';
import { errorCode, errorText, silentLog, noAccessLog, makeFolder } from '../../foundation/index.ts';
import type { Surroundings } from '../../service/index.ts';
import { exitCodes } from '../../service/index.ts';
import { AgentError } from '../agent-error.ts';
import { describePhase } from '../enrolment/phase-report.ts';
import type { PhaseReport } from '../enrolment/phase-report.ts';
import { proveThroughNewAgent } from '../enrolment/validate.ts';
import { checkServerUrl } from '../check-server-url.ts';
import { signInByDeviceCode } from '../enrolment/sign-in-by-device-code.ts';
import { openAgentState } from '../identity/agent-state.ts';
import { enrollAgent, refuseEnrolled } from '../identity/enroll-agent.ts';
import type { AgentOptions } from '../start-agent.ts';
import type { AgentPlace } from './agent-configuration.ts';
import { agentOptions, loadAgentConfiguration } from './agent-configuration.ts';

export interface EnrollOptions extends AgentPlace {
  relay: string;
  /** Better from a file or `HYBRIDGE_AGENT_TOKEN`: others on the machine see arguments. */
  token?: string;
  tokenFile?: string;
  /** Sign in with a browser instead of a token. */
  deviceCode?: boolean;
  name?: string;
  replace?: boolean;
  /** False: trust that all is well. */
  validate?: boolean;
  json?: boolean;
}

/**
 * `agent enroll`: prepares the state folder, enrols with the relay, then lets a request in from the relay's public side
 * to see whether it reaches the target. Returns 0, or 1 when the agent is enrolled and the way through it does not work.
 *
 * @throws ConfigurationError, AgentError, and what `enrollAgent` throws; nothing is enrolled then
 */
export async function enroll(options: EnrollOptions, surroundings: Surroundings): Promise<number> {
  const configuration = loadAgentConfiguration(options, surroundings.env);
  const agent = agentOptions(configuration, { log: silentLog, accessLog: noAccessLog });
  const relayUrl = checkServerUrl(options.relay);
  const machineName = options.name ?? agent.machineName;
  const reports: PhaseReport[] = [];
  const report = (entry: PhaseReport): void => {
    reports.push(entry);
    if (options.json !== true) surroundings.stdout.write(describePhase(entry));
  };
  // What is wrong on this side is found before a person is asked for anything.
  if (options.replace !== true) refuseEnrolled(agent.stateDirectory);
  const token = options.deviceCode === true ? undefined : readToken(options, surroundings.env);

  prepareFolder(agent.stateDirectory);
  report({
    phase: 'install',
    outcome: 'done',
    detail: `the state folder ${agent.stateDirectory} is ready`,
    // Enrolled from this shell, the agent would be cut off as a service.
    ...(configuration.settings.proxy === undefined && agent.proxy !== undefined ? { remedy: 'The way out is the proxy of HTTPS_PROXY here. A service does not have this variable: name the proxy in the configuration too (proxy).' } : {}),
  });
  const { agentId, tenantId } = await enrollAgent({
    ...(token === undefined ? { accessToken: await signIn(options, agent, surroundings) } : { token }),
    relayUrl,
    stateDirectory: agent.stateDirectory,
    replace: options.replace === true,
    ...(agent.ca === undefined ? {} : { ca: agent.ca }),
    ...(agent.proxy === undefined ? {} : { proxy: agent.proxy }),
    ...(agent.dial === undefined ? {} : { dial: agent.dial }),
    ...(machineName === undefined ? {} : { machineName }),
  });
  openAgentState(agent.stateDirectory).removeConfiguration();
  report({ phase: 'register', outcome: 'done', detail: `agent ${agentId} of tenant ${tenantId}` });
  report(options.validate === false ? { phase: 'validate', outcome: 'skipped', detail: 'as asked' } : await proveThroughNewAgent(agent));

  if (options.json === true) surroundings.stdout.write(`${JSON.stringify({ agentId, tenantId, phases: reports }, undefined, 2)}\n`);
  else surroundings.stdout.write('Start it: hybridge agent run, or the service that does.\n');
  return reports.some(({ outcome }) => outcome === 'failed') ? exitCodes.negative : exitCodes.ok;
}

function readToken({ token, tokenFile }: EnrollOptions, environment: Surroundings['env']): string {
  const given = token ?? (tokenFile === undefined ? environment['HYBRIDGE_AGENT_TOKEN'] : readTokenFile(tokenFile));
  if (given !== undefined && given.trim() !== '') return given.trim();
  throw new AgentError('AGENT_TOKEN_MISSING', 'No enrolment token was given.', { remedy: 'Have one issued (hybridge relay token issue) and give it with --token-file, --token or HYBRIDGE_AGENT_TOKEN; or sign in: --device-code.' });
}

function readTokenFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new AgentError('AGENT_TOKEN_MISSING', `The file of the enrolment token cannot be read (${errorCode(error) ?? errorText(error)}).`, { facts: { file }, cause: error, remedy: 'Check the path given with --token-file.' });
  }
}

/** Has an administrator sign in; what there is to do stands on the screen meanwhile. */
function signIn({ relay, json }: EnrollOptions, agent: AgentOptions, { stdout, stderr }: Surroundings): Promise<string> {
  return signInByDeviceCode({
    relayUrl: relay,
    onPrompt({ address, code, expiresIn }) {
      // What scripts read stays free of it.
      const screen = json === true ? stderr : stdout;
      screen.write(`sign-in   waits   Open ${address} in a browser, on any machine, and enter the code ${code}\n${' '.repeat(18)}The code lasts ${Math.round(expiresIn / 60)} minutes.\n`);
    },
    ...(agent.ca === undefined ? {} : { ca: agent.ca }),
    ...(agent.proxy === undefined ? {} : { proxy: agent.proxy }),
    ...(agent.dial === undefined ? {} : { dial: agent.dial }),
  });
}

/** The folder must be there and writable before the one-time token is spent. */
function prepareFolder(directory: string): void {
  try {
    makeFolder(directory, { mode: 0o700 });
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new AgentError('AGENT_STATE_UNREADABLE', `The state folder cannot be used (${errorCode(error) ?? errorText(error)}).`, { facts: { directory }, cause: error, remedy: 'Choose a folder that this account may write, or run as the account of the service.' });
  }
}
