import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock, Log } from '../../foundation/index.ts';
import { errorText, HybridgeError, readJson, requestPath, sendJson } from '../../foundation/index.ts';
import { IdentityError, issueClientCertificate, readCertificate } from '../../identity/index.ts';
import type { EnrolmentResponse } from '../../tunnel/index.ts';
import { enrolmentPath, enrolmentRequestSchema } from '../../tunnel/index.ts';
import type { Registry } from '../registry/open-registry.ts';
import { RelayError } from '../relay-error.ts';

export interface OwnHostOptions {
  registry: Registry;
  clock: Clock;
  log: Log;
  /** Days that agents' certificates are valid. */
  certificateDays: number;
}

const toleratedClockDifferenceMs = 5 * 60 * 1000;

/** Answers on the relay's own host name: enrolment of agents, nothing else. */
export function createOwnHostHandler(options: OwnHostOptions): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    if (requestPath(request) !== enrolmentPath) return sendJson(response, 404, { error: { code: 'RELAY_NOT_FOUND', message: 'Nothing answers at this path.' } });
    if (request.method !== 'POST') return sendJson(response, 405, { error: { code: 'RELAY_METHOD', message: 'Enrolment is a POST request.' } }, { allow: 'POST' });
    enrol(request, options).then(
      (answer) => sendJson(response, 200, answer),
      (error: unknown) => {
        if (!(error instanceof HybridgeError)) {
          options.log.error({ err: error }, errorText(error));
          return sendJson(response, 500, { error: { code: 'RELAY_INTERNAL', message: 'The request failed inside the relay. Its log has the details.' } });
        }
        options.log.warn({ code: error.code, facts: error.facts, address: request.socket.remoteAddress }, error.message);
        const status = typeof error.facts['status'] === 'number' ? error.facts['status'] : 400;
        return sendJson(response, status, { error: { code: error.code, message: error.message, ...(error.remedy === undefined ? {} : { remedy: error.remedy }) } });
      },
    );
  };
}

async function enrol(request: IncomingMessage, options: OwnHostOptions): Promise<EnrolmentResponse> {
  const { registry, clock, log } = options;
  const parsed = enrolmentRequestSchema.safeParse(await readJson(request, 64 * 1024));
  if (!parsed.success) throw new RelayError('RELAY_ENROLMENT_REQUEST', 'The enrolment request is malformed.', { remedy: 'Use an agent of the same version as the relay.' });
  const { token, machineName, version, time } = parsed.data;
  const difference = time - clock.now();
  if (Math.abs(difference) > toleratedClockDifferenceMs) {
    throw new RelayError('RELAY_ENROLMENT_CLOCK', `The clock of the agent is ${Math.round(Math.abs(difference) / 60_000)} minutes ${difference > 0 ? 'ahead of' : 'behind'} the relay's.`, {
      facts: { difference },
      remedy: 'Set the clock of the agent right and enrol again; the token can still be used.',
    });
  }
  await registry.tokens.check(token);
  const agentId = randomUUID();
  const certificate = await certify(parsed.data.request, agentId, options);
  // From here on the token is spent, whoever else holds it.
  const { tenantId } = await registry.tokens.redeem(token, agentId);
  const externalIp = (request.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
  await registry.agents.add({ id: agentId, tenantId, machineName, version, externalIp, enrolledAt: clock.now(), certificateExpiresAt: readCertificate(certificate).notAfter });
  log.info({ agentId, tenantId, machineName }, 'agent enrolled');
  return { agentId, tenantId, certificate, authority: registry.authority.certificate };
}

async function certify(request: string, agentId: string, options: OwnHostOptions): Promise<string> {
  try {
    return await issueClientCertificate(options.registry.authority, { request, commonName: agentId, days: options.certificateDays, clock: options.clock });
  } catch (error) {
    if (!(error instanceof IdentityError)) throw error;
    throw new RelayError('RELAY_ENROLMENT_REQUEST', error.message, { facts: { cause: error.code }, cause: error });
  }
}
