import { hostname } from 'node:os';
import { request } from 'undici';
import type { Dispatcher } from 'undici';
import type { Clock, Dial } from '../../foundation/index.ts';
import { createHttpClient, errorCode, HybridgeError, systemClock, systemDial } from '../../foundation/index.ts';
import { enrolmentErrorSchema, enrolmentPath, enrolmentResponseSchema } from '../../tunnel/index.ts';
import { AgentError } from '../agent-error.ts';
import { agentVersion } from '../agent-version.ts';
import type { OutboundProxy } from '../links/dial-through-proxy.ts';
import { dialThroughProxy } from '../links/dial-through-proxy.ts';
import { relayConnectionError } from '../links/relay-connection-error.ts';
import { openAgentState } from './agent-state.ts';
import { createCertificateRequest } from './create-certificate-request.ts';

/** What lets a machine in: a one-time token from the relay's administrator, or the access token of `signInByDeviceCode`. */
export type EnrolmentPermission = { token: string } | { accessToken: string };

export type EnrollAgentOptions = EnrolmentPermission & EnrolmentPlace;

export interface EnrolmentPlace {
  /** `https://relay.example[:port]`. */
  relayUrl: string;
  /** Where key, certificate and configuration will live. */
  stateDirectory: string;
  /** PEM certificates to trust for the relay instead of the built-in roots. */
  ca?: string | readonly string[];
  /** Shown in the list of agents. Default: the machine's host name. */
  machineName?: string;
  /** True to replace an identity that is already there. Default false. */
  replace?: boolean;
  dial?: Dial;
  /** Outbound proxy to reach the relay through. */
  proxy?: OutboundProxy;
  clock?: Clock;
}

export interface EnrolledAgent {
  agentId: string;
  tenantId: string;
}

/**
 * Enrols this machine as an agent: makes a key that never leaves it, has the relay certify it, stores the result.
 *
 * @throws AgentError `AGENT_ALREADY_ENROLLED`, `AGENT_RELAY_UNREACHABLE`, `AGENT_RELAY_CERTIFICATE`, `AGENT_RELAY_ANSWER`, `AGENT_PROXY_…`;
 *   HybridgeError with the relay's code: `RELAY_ENROLMENT_TOKEN_UNKNOWN`, `_USED`, `_EXPIRED`, `RELAY_SIGN_IN_…`, `RELAY_ENROLMENT_CLOCK`,
 *   `RELAY_ENROLMENT_REQUEST`
 */
export async function enrollAgent(options: EnrollAgentOptions): Promise<EnrolledAgent> {
  const clock = options.clock ?? systemClock;
  const state = openAgentState(options.stateDirectory);
  if (options.replace !== true) refuseEnrolled(options.stateDirectory);
  const machineName = options.machineName ?? hostname();
  const { request: certificateRequest, privateKey } = createCertificateRequest(machineName);
  const direct = options.dial ?? systemDial;
  const dial = options.proxy === undefined ? direct : dialThroughProxy(options.proxy, direct);
  const httpClient = createHttpClient({ dial, connections: 1, ...(options.ca === undefined ? {} : { ca: options.ca }) });
  try {
    const body = { ...('token' in options ? { token: options.token.trim() } : { accessToken: options.accessToken }), request: certificateRequest, machineName, version: agentVersion, time: clock.now() };
    const { status, answer } = await post(httpClient, options.relayUrl, body);
    const { agentId, tenantId, certificate } = readAnswer(status, answer);
    state.saveIdentity({ agentId, tenantId, relayUrl: new URL(options.relayUrl).origin, certificate, privateKey, ...(options.machineName === undefined ? {} : { machineName }) });
    return { agentId, tenantId };
  } finally {
    await httpClient.close();
  }
}

/** @throws AgentError `AGENT_ALREADY_ENROLLED` */
export function refuseEnrolled(directory: string): void {
  if (!openAgentState(directory).enrolled) return;
  throw new AgentError('AGENT_ALREADY_ENROLLED', 'This agent is already enrolled.', { facts: { directory }, remedy: 'Use it as it is, or enrol with --replace to give it a new identity.' });
}

async function post(httpClient: Dispatcher, relayUrl: string, body: unknown): Promise<{ status: number; answer: unknown }> {
  try {
    const response = await request(new URL(enrolmentPath, relayUrl), {
      method: 'POST',
      dispatcher: httpClient,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    return { status: response.statusCode, answer: await response.body.json() };
  } catch (error) {
    if (error instanceof SyntaxError) throw notARelay({ reason: 'not JSON' });
    throw relayConnectionError(error, relayUrl);
  }
}

function readAnswer(status: number, answer: unknown): { agentId: string; tenantId: string; certificate: string } {
  const good = enrolmentResponseSchema.safeParse(answer);
  if (status === 200 && good.success) return good.data;
  const refused = enrolmentErrorSchema.safeParse(answer);
  if (!refused.success) throw notARelay({ status });
  const { code, message, remedy } = refused.data.error;
  throw new HybridgeError(code, message, { facts: { status }, ...(remedy === undefined ? {} : { remedy }) });
}

function notARelay(facts: Record<string, unknown>): AgentError {
  return new AgentError('AGENT_RELAY_ANSWER', 'What answers at this address is not a relay of this version.', {
    facts: { ...facts, cause: errorCode(facts['cause']) },
    remedy: 'Check the address of the relay; a proxy in between may answer in its place.',
  });
}
