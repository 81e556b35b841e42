import { HybridgeError } from '../foundation/index.ts';
import type { HybridgeErrorOptions } from '../foundation/index.ts';

/**
 * What goes wrong at the relay apart from forwarding (those codes are the `refusals` of the tunnel room):
 * - `RELAY_OPTION_INVALID`: a value of an administrator's request; `facts.issues` lists what is wrong
 * - `RELAY_TENANT_UNKNOWN`, `RELAY_APPLICATION_UNKNOWN`, `RELAY_AGENT_UNKNOWN`: nothing has this id
 * - `RELAY_HOST_TAKEN`: the host name is the relay's own, or another application publishes it
 * - `RELAY_ADMIN_KEY`: the admin key is missing or wrong
 * - `RELAY_ENROLMENT_TOKEN_UNKNOWN`, `_USED`, `_EXPIRED`; `RELAY_ENROLMENT_CLOCK`: the agent's clock is more than five minutes off;
 *   `RELAY_ENROLMENT_REQUEST`: the certificate request is malformed or weak
 * - `RELAY_AGENT_REVOKED`, `RELAY_AGENT_CERTIFICATE`: why a link is refused
 * - `RELAY_TAIL_FULL`: too many operators watch the requests
 * - `RELAY_ADMIN_UNREACHABLE`: the admin client got no answer that it understands
 */
export type RelayErrorCode =
  | 'RELAY_OPTION_INVALID'
  | 'RELAY_TENANT_UNKNOWN'
  | 'RELAY_APPLICATION_UNKNOWN'
  | 'RELAY_AGENT_UNKNOWN'
  | 'RELAY_HOST_TAKEN'
  | 'RELAY_ADMIN_KEY'
  | 'RELAY_TAIL_FULL'
  | 'RELAY_ADMIN_UNREACHABLE'
  | 'RELAY_ENROLMENT_TOKEN_UNKNOWN'
  | 'RELAY_ENROLMENT_TOKEN_USED'
  | 'RELAY_ENROLMENT_TOKEN_EXPIRED'
  | 'RELAY_ENROLMENT_CLOCK'
  | 'RELAY_ENROLMENT_REQUEST'
  | 'RELAY_AGENT_REVOKED'
  | 'RELAY_AGENT_CERTIFICATE';

const statuses: Partial<Record<RelayErrorCode, number>> = {
  RELAY_TENANT_UNKNOWN: 404,
  RELAY_APPLICATION_UNKNOWN: 404,
  RELAY_AGENT_UNKNOWN: 404,
  RELAY_HOST_TAKEN: 409,
  RELAY_ADMIN_KEY: 401,
  RELAY_ENROLMENT_TOKEN_UNKNOWN: 403,
  RELAY_ENROLMENT_TOKEN_USED: 403,
  RELAY_ENROLMENT_TOKEN_EXPIRED: 403,
};

export class RelayError extends HybridgeError<RelayErrorCode> {
  override readonly name = 'RelayError';

  constructor(code: RelayErrorCode, message: string, options: HybridgeErrorOptions = {}) {
    super(code, message, { ...options, facts: { status: statuses[code] ?? 400, ...options.facts } });
  }
}
