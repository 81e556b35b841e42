import type { TLSSocket } from 'node:tls';
import type { Dial } from '../../foundation/index.ts';
import { dialTls, errorCode, errorText, HybridgeError, noAccessLog, silentLog, systemDial } from '../../foundation/index.ts';
import type { Surroundings } from '../../service/index.ts';
import { exitCodes } from '../../service/index.ts';
import { checkServerUrl } from '../check-server-url.ts';
import type { PhaseReport } from '../enrolment/phase-report.ts';
import { describePhase } from '../enrolment/phase-report.ts';
import { proveThroughAgent, proveThroughNewAgent } from '../enrolment/validate.ts';
import { openAgentState } from '../identity/agent-state.ts';
import { dialThroughProxy } from '../links/dial-through-proxy.ts';
import { relayConnectionError } from '../links/relay-connection-error.ts';
import type { AgentOptions } from '../start-agent.ts';
import type { AgentPlace } from './agent-configuration.ts';
import { agentOptions, loadAgentConfiguration, namesAgent } from './agent-configuration.ts';
import { readStatusFile } from './status-file.ts';

export interface TestConnectivityOptions extends AgentPlace {
  /** For an agent that is not enrolled yet. */
  relay?: string;
  sts?: string;
  cloud?: string[];
  testO365Endpoints?: boolean;
  validate?: boolean;
  json?: boolean;
}

interface EndpointReport {
  host: string;
  port: number;
  reached: boolean;
  code?: string;
  message?: string;
  remedy?: string;
}

const connectTimeoutMs = 10_000;

/**
 * `agent test`: Test-HybridConnectivity for this machine (its texts, line by line), through the outbound proxy where there
 * is one, then the validation of enrolment once more. Returns 0, or 1 when something cannot be reached.
 *
 * @throws ConfigurationError, AgentError `AGENT_ADDRESS_INVALID`, `AGENT_NOT_ENROLLED` without `relay`
 */
export async function testConnectivity(options: TestConnectivityOptions, { stdout, stderr, env }: Surroundings): Promise<number> {
  const nowhere = options.relay !== undefined && !namesAgent(options, env);
  // Before anything is configured there is no folder to look into, and the way out can be tested all the same.
  const agent = agentOptions(loadAgentConfiguration(nowhere ? { ...options, state: '.' } : options, env), { log: silentLog, accessLog: noAccessLog });
  const state = openAgentState(agent.stateDirectory);
  const relay = options.relay === undefined ? state.identity().relayUrl : checkServerUrl(options.relay);
  const direct = agent.dial ?? systemDial;
  const outside = agent.proxy === undefined ? direct : dialThroughProxy(agent.proxy, direct);
  const others = [...(options.sts === undefined ? [] : [options.sts]), ...(options.testO365Endpoints === true ? (options.cloud ?? []) : [])].map(checkServerUrl);
  const endpoints: EndpointReport[] = [];
  const look = async (url: string, connect: (host: string, port: number, signal: AbortSignal) => Promise<{ destroy(): unknown }>): Promise<void> => {
    const { hostname, port: given } = new URL(url);
    const [host, port] = [hostname.replace(/^\[|\]$/g, ''), Number(given || '443')];
    if (options.json !== true) stdout.write(`Testing connection to ${host} on port ${port}\n`);
    try {
      (await connect(host, port, AbortSignal.timeout(connectTimeoutMs))).destroy();
      endpoints.push({ host, port, reached: true });
    } catch (error) {
      const code = errorCode(error) ?? errorText(error);
      const { message, remedy } = error instanceof HybridgeError ? error : {};
      endpoints.push({ host, port, reached: false, code, ...(message === undefined ? {} : { message }), ...(remedy === undefined ? {} : { remedy }) });
      const lines = [`WARNING: Unable to connect to ${host} on port ${port} (${code}).`, ...[message, remedy].flatMap((line) => (line === undefined ? [] : [`         ${line}`]))];
      if (options.json !== true) stderr.write(`${lines.join('\n')}\n`);
    }
  };
  await look(relay, (host, port, signal) => connectToRelay({ host, port, signal, dial: outside, agent }));
  for (const url of others) await look(url, outside);
  const validation = options.validate === false || nowhere || !state.enrolled || endpoints[0]?.reached !== true ? undefined : await validate(agent);
  if (options.json === true) stdout.write(`${JSON.stringify({ endpoints, ...(validation === undefined ? {} : { validation }) }, undefined, 2)}\n`);
  else if (validation !== undefined) stdout.write(describePhase(validation));
  return endpoints.every(({ reached }) => reached) && validation?.outcome !== 'failed' ? exitCodes.ok : exitCodes.negative;
}

interface RelayConnection {
  host: string;
  port: number;
  signal: AbortSignal;
  dial: Dial;
  agent: AgentOptions;
}

/** With the handshake: it is the certificate that shows a proxy which inspects TLS. */
async function connectToRelay({ agent, ...connection }: RelayConnection): Promise<TLSSocket> {
  try {
    return await dialTls({ ...connection, ...(agent.ca === undefined ? {} : { ca: [agent.ca].flat() }) });
  } catch (error) {
    throw relayConnectionError(error, `${connection.host}:${connection.port}`);
  }
}

/** Through the agent that runs on this folder, or one that runs for a moment. */
async function validate(agent: AgentOptions): Promise<PhaseReport> {
  if (readStatusFile(agent.stateDirectory) === undefined) return proveThroughNewAgent(agent);
  return proveThroughAgent(agent, openAgentState(agent.stateDirectory).configuration()?.applications ?? []);
}
