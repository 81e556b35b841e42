import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { errorCode, errorText, silentLog, noAccessLog, systemDial } from '../../foundation/index.ts';
import type { Surroundings } from '../../service/index.ts';
import { exitCodes } from '../../service/index.ts';
import { AgentError } from '../agent-error.ts';
import { provePath } from '../enrolment/prove-path.ts';
import { signInByDeviceCode } from '../enrolment/sign-in-by-device-code.ts';
import { openAgentState } from '../identity/agent-state.ts';
import { enrollAgent, refuseEnrolled } from '../identity/enroll-agent.ts';
import { dialThroughProxy } from '../links/dial-through-proxy.ts';
import { startAgent } from '../start-agent.ts';
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

/** The phases that the Hybrid Agent's installer shows, but for the download; it, too, has somebody sign in. */
type Phase = 'install' | 'sign-in' | 'register' | 'validate';

interface PhaseReport {
  phase: Phase;
  outcome: 'done' | 'failed' | 'skipped';
  detail: string;
  code?: string;
  remedy?: string;
}

/** Milliseconds in which the new agent must have a link and its configuration. */
const linkTimeoutMs = 20_000;

/**
 * `agent enroll`: prepares the state folder, enrols with the relay, then lets a request in from the relay's public side
 * to see whether it reaches the target. Returns 0, or 1 when the agent is enrolled and the way through it does not work.
 *
 * @throws ConfigurationError, AgentError, and what `enrollAgent` throws; nothing is enrolled then
 */
export async function enroll(options: EnrollOptions, surroundings: Surroundings): Promise<number> {
  const configuration = loadAgentConfiguration(options, surroundings.env);
  const agent = agentOptions(configuration, { log: silentLog, accessLog: noAccessLog });
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
  report({ phase: 'install', outcome: 'done', detail: `the state folder ${agent.stateDirectory} is ready` });
  const { agentId, tenantId } = await enrollAgent({
    ...(token === undefined ? { accessToken: await signIn(options, agent, surroundings) } : { token }),
    relayUrl: options.relay,
    stateDirectory: agent.stateDirectory,
    replace: options.replace === true,
    ...(agent.ca === undefined ? {} : { ca: agent.ca }),
    ...(agent.proxy === undefined ? {} : { proxy: agent.proxy }),
    ...(machineName === undefined ? {} : { machineName }),
  });
  openAgentState(agent.stateDirectory).removeConfiguration();
  report({ phase: 'register', outcome: 'done', detail: `agent ${agentId} of tenant ${tenantId}` });
  report(options.validate === false ? { phase: 'validate', outcome: 'skipped', detail: 'as asked' } : await validate(agent));

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
  });
}

/** The folder must be there and writable before the one-time token is spent. */
function prepareFolder(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new AgentError('AGENT_STATE_UNREADABLE', `The state folder cannot be used (${errorCode(error) ?? errorText(error)}).`, { facts: { directory }, cause: error, remedy: 'Choose a folder that this account may write, or run as the account of the service.' });
  }
}

/** Starts the new agent for a moment and sends each application a request from outside. */
async function validate(options: AgentOptions): Promise<PhaseReport> {
  const running = await startAgent({ ...options, links: 1 });
  try {
    const late = AbortSignal.timeout(linkTimeoutMs);
    const linked = await Promise.race([running.ready().then(() => true), new Promise<false>((resolve) => late.addEventListener('abort', () => resolve(false), { once: true }))]);
    const { agentId, relayUrl, links } = running.status();
    if (!linked) {
      const { code, message } = links[0]?.lastError ?? { code: 'AGENT_RELAY_SILENT', message: 'The relay does not answer.' };
      return { phase: 'validate', outcome: 'failed', code, detail: `the agent gets no link to the relay: ${message}`, remedy: 'See docs/agent.md, "No link".' };
    }
    // The relay sends the configuration right behind its welcome; what was on disk before may be another tenant's.
    const applications = await received(options.stateDirectory, late);
    if (applications.length === 0) return { phase: 'validate', outcome: 'skipped', detail: 'nothing is published for this tenant yet', remedy: 'Publish the Exchange server: New-HybridApplication -TargetUri https://…, or hybridge relay application create.' };
    const details: string[] = [];
    for (const application of applications) {
      const proof = await provePath({ application, agentId, relayUrl, dial: options.proxy === undefined ? systemDial : dialThroughProxy(options.proxy, systemDial), ...(options.ca === undefined ? {} : { ca: [options.ca].flat() }) });
      if (proof.outcome === 'refused') return { phase: 'validate', outcome: 'failed', code: proof.code, detail: `${proof.url} answered ${proof.status} ${proof.code}: ${proof.message}`, ...(proof.remedy === undefined ? {} : { remedy: proof.remedy }) };
      if (proof.outcome === 'failed') return { phase: 'validate', outcome: 'failed', code: proof.code, detail: `${proof.url} cannot be asked: ${proof.message}`, remedy: 'Check that the certificate of the relay covers the endpoint and that port 443 is open to it from here.' };
      details.push(proof.outcome === 'answered' ? `${proof.url} answered ${proof.status} through this agent in ${proof.durationMs} ms (request id ${proof.requestId})` : `${proof.url} answered through other agents only`);
    }
    return { phase: 'validate', outcome: 'done', detail: details.join('; ') };
  } finally {
    await running.close();
  }
}

async function received(directory: string, late: AbortSignal): Promise<NonNullable<ReturnType<ReturnType<typeof openAgentState>['configuration']>>['applications']> {
  const state = openAgentState(directory);
  for (;;) {
    const configuration = state.configuration();
    if (configuration !== undefined) return configuration.applications;
    if (late.aborted) return [];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function describePhase({ phase, outcome, detail, code, remedy }: PhaseReport): string {
  const said = code === undefined || detail.includes(code) ? detail : `${code}: ${detail}`;
  return `${phase.padEnd(9)} ${outcome.padEnd(7)} ${said}\n${remedy === undefined ? '' : `${' '.repeat(18)}${remedy}\n`}`;
}
