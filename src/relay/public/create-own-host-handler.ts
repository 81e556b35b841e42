import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock, Log } from '../../foundation/index.ts';
import { errorText, HybridgeError, readJson, requestPath, sendJson } from '../../foundation/index.ts';
import { IdentityError, readCertificate } from '../../identity/index.ts';
import type { EnrolmentRequest, EnrolmentResponse } from '../../tunnel/index.ts';
import { describeClockDifference, enrolmentPath, enrolmentRequestSchema, signInPath } from '../../tunnel/index.ts';
import type { AdministratorSignIn } from '../enrolment/administrator-sign-in.ts';
import type { Registry } from '../registry/open-registry.ts';
import { RelayError } from '../relay-error.ts';

export interface OwnHostOptions {
  registry: Registry;
  clock: Clock;
  log: Log;
  /** Days that agents' certificates are valid. */
  certificateDays: number;
  /** How administrators enrol without a token; absent: they do not. */
  signIn?: AdministratorSignIn;
  /** Answers what is below `/api/`; absent: nothing does. */
  tenantApi?: (request: IncomingMessage, response: ServerResponse) => void;
  /** Who is at the far end of a connection, where a load balancer stands in between. */
  addressOf: (socket: Socket) => string;
}

const toleratedClockDifferenceMs = 5 * 60 * 1000;

/** Answers on the relay's own host name: enrolment of agents, how to sign in for it, and tenants' administrators where they are let in. */
export function createOwnHostHandler(options: OwnHostOptions): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    // Also tells who looks for a clock that is wrong what this one says.
    response.setHeader('date', new Date(options.clock.now()).toUTCString());
    const path = requestPath(request);
    if (path === signInPath) return tellSignIn(request, response, options.signIn);
    if (options.tenantApi !== undefined && path.startsWith('/api/')) return options.tenantApi(request, response);
    if (path !== enrolmentPath) return sendJson(response, 404, { error: { code: 'RELAY_NOT_FOUND', message: 'Nothing answers at this path.' } });
    if (request.method !== 'POST') return sendJson(response, 405, { error: { code: 'RELAY_METHOD', message: 'Enrolment is a POST request.' } }, { allow: 'POST' });
    enrol(request, options).then(
      (answer) => sendJson(response, 200, answer),
      (error: unknown) => {
        if (!(error instanceof HybridgeError)) {
          options.log.error({ err: error }, errorText(error));
          return sendJson(response, 500, { error: { code: 'RELAY_INTERNAL', message: 'The request failed inside the relay. Its log has the details.' } });
        }
        options.log.warn({ code: error.code, facts: error.facts, address: options.addressOf(request.socket) }, error.message);
        const status = typeof error.facts['status'] === 'number' ? error.facts['status'] : 400;
        return sendJson(response, status, { error: { code: error.code, message: error.message, ...(error.remedy === undefined ? {} : { remedy: error.remedy }) } });
      },
    );
  };
}

function tellSignIn(request: IncomingMessage, response: ServerResponse, signIn: AdministratorSignIn | undefined): void {
  if (request.method !== 'GET') return sendJson(response, 405, { error: { code: 'RELAY_METHOD', message: 'How to sign in is asked with GET.' } }, { allow: 'GET' });
  if (signIn !== undefined) return sendJson(response, 200, signIn.description);
  const { code, message, remedy } = signInOff();
  sendJson(response, 404, { error: { code, message, remedy } });
}

function signInOff(): RelayError {
  return new RelayError('RELAY_SIGN_IN_OFF', 'This relay enrols agents by token only.', { remedy: 'Have a token issued (hybridge relay token issue) and enrol with --token-file, or have the relay’s operator configure signIn.' });
}

async function enrol(request: IncomingMessage, options: OwnHostOptions): Promise<EnrolmentResponse> {
  const { registry, clock, log } = options;
  const parsed = enrolmentRequestSchema.safeParse(await readJson(request, 64 * 1024));
  if (!parsed.success) throw new RelayError('RELAY_ENROLMENT_REQUEST', 'The enrolment request is malformed.', { remedy: 'Use an agent of the same version as the relay.' });
  const { machineName, version, time } = parsed.data;
  const difference = time - clock.now();
  if (Math.abs(difference) > toleratedClockDifferenceMs) {
    throw new RelayError('RELAY_ENROLMENT_CLOCK', `The clock of the agent is ${describeClockDifference(difference)} the relay's.`, {
      facts: { difference },
      remedy: 'Set the clock of the agent right and enrol again; the token can still be used.',
    });
  }
  const permission = await permissionOf(parsed.data, options);
  const agentId = randomUUID();
  const { certificate, authority } = await certify(parsed.data.request, agentId, options);
  const { tenantId, administrator } = await permission(agentId);
  const externalIp = options.addressOf(request.socket);
  await registry.agents.add({ id: agentId, tenantId, machineName, version, externalIp, enrolledAt: clock.now(), certificateExpiresAt: readCertificate(certificate).notAfter });
  log.info({ agentId, tenantId, machineName, ...(administrator === undefined ? {} : { administrator }) }, 'agent enrolled');
  return { agentId, tenantId, certificate, authority };
}

/** Checks what a request brings, and returns what takes the permission once the certificate exists. */
async function permissionOf({ token, accessToken }: EnrolmentRequest, { registry, signIn }: OwnHostOptions): Promise<(agentId: string) => Promise<{ tenantId: string; administrator?: string }>> {
  if (token !== undefined) {
    await registry.tokens.check(token);
    // From then on the token is spent, whoever else holds it.
    return (agentId) => registry.tokens.redeem(token, agentId);
  }
  if (accessToken === undefined) throw new RelayError('RELAY_ENROLMENT_REQUEST', 'The enrolment request brings neither a token nor a sign-in.', { remedy: 'Use an agent of the same version as the relay.' });
  if (signIn === undefined) throw signInOff();
  const admitted = await signIn.admit(accessToken);
  await registry.tenant(admitted.tenantId);
  return () => Promise.resolve(admitted);
}

async function certify(request: string, agentId: string, options: OwnHostOptions): Promise<{ certificate: string; authority: string }> {
  try {
    return await options.registry.authorities.issue(request, agentId, options.certificateDays);
  } catch (error) {
    if (!(error instanceof IdentityError)) throw error;
    throw new RelayError('RELAY_ENROLMENT_REQUEST', error.message, { facts: { cause: error.code }, cause: error });
  }
}
