import { HybridgeError } from '../foundation/index.ts';
import type { HybridgeErrorOptions } from '../foundation/index.ts';

/**
 * What goes wrong at the relay apart from forwarding (those codes are the `refusals` of the tunnel room):
 * - `RELAY_OPTION_INVALID`: a value of an administrator's request; `facts.issues` lists what is wrong
 * - `RELAY_TENANT_UNKNOWN`, `RELAY_APPLICATION_UNKNOWN`, `RELAY_AGENT_UNKNOWN`: nothing has this id
 * - `RELAY_HOST_TAKEN`: the host name is the relay's own, or another application publishes it
 * - `RELAY_ADMIN_KEY`: the admin key is missing or wrong; `RELAY_ADMIN_ROLE`: it is good, but not for this
 * - `RELAY_KEY_UNKNOWN`, `RELAY_AUTHORITY_UNKNOWN`: nothing has this id; `RELAY_AUTHORITY_IN_USE`: the one that issues cannot be removed
 * - `RELAY_HOST_NOT_ALLOWED`, `RELAY_ISSUER_NOT_ALLOWED`: what only the operator may give a tenant
 * - `RELAY_TENANT_FULL`: a tenant has as many of something as one may have
 * - `RELAY_ENROLMENT_TOKEN_UNKNOWN`, `_USED`, `_EXPIRED`; `RELAY_ENROLMENT_CLOCK`: the agent's clock is more than five minutes off;
 *   `RELAY_ENROLMENT_REQUEST`: the certificate request is malformed or weak
 * - `RELAY_SIGN_IN_OFF`: this relay enrols by tokens only; `RELAY_SIGN_IN_TENANT`, `_ROLE`: who signed in may not enrol agents here;
 *   `RELAY_SIGN_IN_CLOCK`, `_TOKEN`: the access token is not accepted, `facts.cause` is the identity room's code;
 *   `RELAY_SIGN_IN_UNAVAILABLE`: the token service does not answer the relay
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
  | 'RELAY_ADMIN_ROLE'
  | 'RELAY_KEY_UNKNOWN'
  | 'RELAY_AUTHORITY_UNKNOWN'
  | 'RELAY_AUTHORITY_IN_USE'
  | 'RELAY_HOST_NOT_ALLOWED'
  | 'RELAY_ISSUER_NOT_ALLOWED'
  | 'RELAY_TENANT_FULL'
  | 'RELAY_TAIL_FULL'
  | 'RELAY_ADMIN_UNREACHABLE'
  | 'RELAY_ENROLMENT_TOKEN_UNKNOWN'
  | 'RELAY_ENROLMENT_TOKEN_USED'
  | 'RELAY_ENROLMENT_TOKEN_EXPIRED'
  | 'RELAY_ENROLMENT_CLOCK'
  | 'RELAY_ENROLMENT_REQUEST'
  | 'RELAY_SIGN_IN_OFF'
  | 'RELAY_SIGN_IN_TENANT'
  | 'RELAY_SIGN_IN_ROLE'
  | 'RELAY_SIGN_IN_CLOCK'
  | 'RELAY_SIGN_IN_TOKEN'
  | 'RELAY_SIGN_IN_UNAVAILABLE'
  | 'RELAY_AGENT_REVOKED'
  | 'RELAY_AGENT_CERTIFICATE';

/** Why an exchange ended without an answer, for the logs: the client went away, or did not take its answer. */
export type ClientFaultCode = 'RELAY_CLIENT_CLOSED' | 'RELAY_CLIENT_SLOW';

const statuses: Partial<Record<RelayErrorCode, number>> = {
  RELAY_TENANT_UNKNOWN: 404,
  RELAY_APPLICATION_UNKNOWN: 404,
  RELAY_AGENT_UNKNOWN: 404,
  RELAY_HOST_TAKEN: 409,
  RELAY_ADMIN_KEY: 401,
  RELAY_ADMIN_ROLE: 403,
  RELAY_KEY_UNKNOWN: 404,
  RELAY_AUTHORITY_UNKNOWN: 404,
  RELAY_AUTHORITY_IN_USE: 409,
  RELAY_HOST_NOT_ALLOWED: 403,
  RELAY_ISSUER_NOT_ALLOWED: 403,
  RELAY_TENANT_FULL: 409,
  RELAY_ENROLMENT_TOKEN_UNKNOWN: 403,
  RELAY_ENROLMENT_TOKEN_USED: 403,
  RELAY_ENROLMENT_TOKEN_EXPIRED: 403,
  RELAY_SIGN_IN_OFF: 404,
  RELAY_SIGN_IN_TENANT: 403,
  RELAY_SIGN_IN_ROLE: 403,
  RELAY_SIGN_IN_CLOCK: 403,
  RELAY_SIGN_IN_TOKEN: 403,
  RELAY_SIGN_IN_UNAVAILABLE: 503,
};

export class RelayError extends HybridgeError<RelayErrorCode> {
  override readonly name = 'RelayError';

  constructor(code: RelayErrorCode, message: string, options: HybridgeErrorOptions = {}) {
    super(code, message, { ...options, facts: { status: statuses[code] ?? 400, ...options.facts } });
  }
}
