import { HybridgeError } from '../foundation/index.ts';

/**
 * What goes wrong at the agent apart from forwarding (those codes are the `refusals` of the tunnel room):
 * - `AGENT_NOT_ENROLLED`: the state directory holds no identity; `AGENT_ALREADY_ENROLLED`: it holds one and was not to be replaced
 * - `AGENT_TOKEN_MISSING`: no enrolment token was given; `AGENT_ADDRESS_INVALID`: the address that was given is none
 * - `AGENT_SIGN_IN_DECLINED`, `_EXPIRED`: the person refused, or did not sign in in time; `AGENT_SIGN_IN_REFUSED`: the token service
 *   does not let the person or the agent in, `facts.error` is OAuth's word; `AGENT_SIGN_IN_UNREACHABLE`: it cannot be reached
 * - `AGENT_STATE_UNREADABLE`: a file of the state directory is damaged or not readable
 * - `AGENT_STATE_UNWRITABLE`, `AGENT_LOG_UNWRITABLE`: the disk does not take the state or the access log; the agent goes on serving
 * - `AGENT_CLOCK_WRONG`: the clock is more than five minutes away from the relay's
 * - `AGENT_CERTIFICATE_LIFE`: the agent's own certificate is over, or nearly so and not renewed
 * - `AGENT_RELAY_UNREACHABLE`: no connection with the relay; `facts.cause` is Node's code
 * - `AGENT_RELAY_CERTIFICATE`: the certificate of the relay is not accepted; `facts.cause` is OpenSSL's code
 * - `AGENT_PROXY_UNREACHABLE`, `AGENT_PROXY_SILENT`, `AGENT_PROXY_SIGN_IN` (407), `AGENT_PROXY_REFUSED`: the outbound proxy; `facts.status` is its answer
 * - `AGENT_RELAY_ANSWER`: what answers is no relay, or of another version
 * - `AGENT_RELAY_SILENT`: the link went dead
 * - `AGENT_RELAY_REFUSES`: the relay refuses the link; `facts.code` is its reason
 */
export type AgentErrorCode =
  | 'AGENT_NOT_ENROLLED'
  | 'AGENT_ALREADY_ENROLLED'
  | 'AGENT_TOKEN_MISSING'
  | 'AGENT_ADDRESS_INVALID'
  | 'AGENT_SIGN_IN_DECLINED'
  | 'AGENT_SIGN_IN_EXPIRED'
  | 'AGENT_SIGN_IN_REFUSED'
  | 'AGENT_SIGN_IN_UNREACHABLE'
  | 'AGENT_STATE_UNREADABLE'
  | 'AGENT_STATE_UNWRITABLE'
  | 'AGENT_LOG_UNWRITABLE'
  | 'AGENT_CLOCK_WRONG'
  | 'AGENT_CERTIFICATE_LIFE'
  | 'AGENT_RELAY_UNREACHABLE'
  | 'AGENT_RELAY_CERTIFICATE'
  | 'AGENT_PROXY_UNREACHABLE'
  | 'AGENT_PROXY_SILENT'
  | 'AGENT_PROXY_SIGN_IN'
  | 'AGENT_PROXY_REFUSED'
  | 'AGENT_RELAY_ANSWER'
  | 'AGENT_RELAY_SILENT'
  | 'AGENT_RELAY_REFUSES';

export class AgentError extends HybridgeError<AgentErrorCode> {
  override readonly name = 'AgentError';
}
