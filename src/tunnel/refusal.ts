import { STATUS_CODES } from 'node:http';
import { errorCodes } from './http2/protocol.ts';

export interface Refusal {
  status: number;
  /** What happened, safe for strangers. */
  message: string;
  /** What the reader of the answer can do. */
  remedy: string;
}

/** Every answer that relay or agent give instead of the target, by the code that goes into `x-hybridge-error`. */
export const refusals = {
  RELAY_REQUEST_MALFORMED: refusal(400, 'The request could be read in more than one way and was refused.', 'Correct the client: the request breaks a rule of RFC 9112.'),
  RELAY_REQUEST_VERSION: refusal(505, 'Only HTTP/1.0, HTTP/1.1 and HTTP/2 are spoken here.', 'Use HTTP/1.1.'),
  RELAY_REQUEST_HEADERS_TOO_LARGE: refusal(431, 'The header fields of the request are too large.', 'Send fewer or smaller header fields, for instance a smaller cookie or ticket.'),
  RELAY_REQUEST_TIMEOUT: refusal(408, 'The request did not arrive in time.', 'Send the request again, without pauses.'),
  RELAY_METHOD_NOT_ALLOWED: refusal(405, 'This method is not forwarded.', 'Use another method.'),
  RELAY_PATH_AMBIGUOUS: refusal(400, 'The path could be understood in more than one way and was refused.', 'Remove encoded slashes, dot segments and doubly encoded characters from the path.'),
  RELAY_PATH_NOT_ALLOWED: refusal(403, 'This path is not published.', 'Ask the administrator of the application to allow the path, or check the address.'),
  RELAY_UNKNOWN_ENDPOINT: refusal(404, 'No application is published under this host name.', 'Check the endpoint address with Get-HybridApplication.'),
  RELAY_MISDIRECTED: refusal(421, 'The connection was opened for another host name.', 'Open a connection of its own for each host name.'),
  RELAY_REQUEST_TOO_LARGE: refusal(413, 'The body of the request is larger than this application takes.', 'Send less at once, or ask the administrator of the application to raise its body limit.'),
  RELAY_RATE_LIMIT: refusal(429, 'Too many requests for this application.', 'Wait a moment and try again.'),
  RELAY_CONCURRENCY_LIMIT: refusal(429, 'Too many requests for this application are in work.', 'Wait for answers before sending more, or ask the administrator of the application to raise its limit.'),
  RELAY_CONNECTION_LIMIT: refusal(429, 'Too many connections with this application are open.', 'Use fewer connections for longer, or ask the administrator of the application to raise its limit.'),
  RELAY_TENANT_RATE_LIMIT: refusal(429, 'Too many requests for this tenant.', 'Wait a moment and try again.'),
  RELAY_TENANT_CONCURRENCY_LIMIT: refusal(429, 'Too many requests for this tenant are in work.', 'Wait for answers before sending more, or ask the operator of the relay to raise the limit.'),
  RELAY_TENANT_CONNECTION_LIMIT: refusal(429, 'Too many connections with this tenant are open.', 'Use fewer connections for longer, or ask the operator of the relay to raise the limit.'),
  RELAY_OVERLOADED: refusal(503, 'Too many requests for this tenant wait for their turn.', 'Try again in a moment.'),
  RELAY_TOKEN_REQUIRED: refusal(401, 'This application takes requests with an access token only.', 'Sign in where the challenge says, and send the access token.'),
  RELAY_TOKEN_REJECTED: refusal(401, 'The access token was refused; x-ms-diagnostics says why.', 'Get another access token for this host name from an issuer that the application trusts.'),
  RELAY_TOKEN_KEYS_UNAVAILABLE: refusal(503, 'The keys of the token issuer cannot be had at the moment.', 'Try again in a moment; the operator finds the reason in the log of the relay.'),
  RELAY_NO_AGENT: refusal(503, 'No agent of this application is connected.', 'Start the Hybrid Agent, or see why it cannot reach the relay with Get-HybridAgent.'),
  RELAY_AGENT_BUSY: refusal(503, 'All agents of this application are at their limit of connections.', 'Try again later, or install another agent.'),
  RELAY_LINK_LOST: refusal(502, 'The agent was lost while it handled the request; the request may have been carried out.', 'Check whether the request took effect before sending it again.'),
  RELAY_TARGET_TIMEOUT: refusal(504, 'The target did not answer in time; the request may have been carried out.', 'Check the health of the target, or raise the time-out of the application.'),
  RELAY_TOTAL_TIMEOUT: refusal(504, 'The request took longer than this application allows; it may have been carried out.', 'Ask for less at once, or raise the total time-out of the application.'),
  RELAY_TARGET_RESPONSE_INVALID: refusal(502, 'The answer of the target could not be read safely and was refused.', 'Correct the target: its answer breaks a rule of RFC 9112.'),
  RELAY_SHUTTING_DOWN: refusal(503, 'The relay is shutting down.', 'Try again in a moment.'),
  AGENT_TARGET_UNREACHABLE: refusal(502, 'The agent cannot connect to the target.', 'Check that the target runs and that the agent may reach it.'),
  AGENT_TARGET_CERTIFICATE: refusal(502, 'The agent does not accept the certificate of the target.', 'Renew the certificate of the target, or let the agent trust the authority that issued it.'),
  AGENT_TARGET_TIMEOUT: refusal(504, 'The target did not accept a connection in time.', 'Check the health of the target and the firewall between agent and target.'),
  AGENT_TARGET_CLOSED: refusal(502, 'The target closed the connection before it answered; the request may have been carried out.', 'Check whether the request took effect before sending it again; see the log of the target.'),
  AGENT_TARGET_NOT_ALLOWED: refusal(403, 'The agent is not allowed to connect to this target.', 'Add the target to the allowed targets in the configuration of the agent.'),
  AGENT_APPLICATION_UNKNOWN: refusal(503, 'The agent does not know this application yet.', 'Try again in a moment.'),
  AGENT_PATH_NOT_ALLOWED: refusal(403, 'The agent does not allow this path.', 'Ask the administrator of the application to allow the path, or check the address.'),
  AGENT_REQUEST_MALFORMED: refusal(400, 'The agent refused the request because it could be read in more than one way.', 'Correct the client: the request breaks a rule of RFC 9112.'),
  AGENT_DRAINING: refusal(503, 'The agent is shutting down.', 'Try again in a moment.'),
} as const satisfies Record<string, Refusal>;

export type RefusalCode = keyof typeof refusals;

/**
 * What an agent says when it ends a stream: the error code of RST_STREAM (RFC 9113 §6.4), in a range of our own. Part
 * of the link's protocol: numbers are never reused.
 */
const resetCodes = new Map<RefusalCode, number>([
  ['AGENT_TARGET_UNREACHABLE', 0x48420001],
  ['AGENT_TARGET_CERTIFICATE', 0x48420002],
  ['AGENT_TARGET_TIMEOUT', 0x48420003],
  ['AGENT_TARGET_CLOSED', 0x48420004],
  ['AGENT_TARGET_NOT_ALLOWED', 0x48420005],
  ['AGENT_APPLICATION_UNKNOWN', 0x48420006],
  ['AGENT_PATH_NOT_ALLOWED', 0x48420007],
  ['AGENT_REQUEST_MALFORMED', 0x48420008],
  ['AGENT_DRAINING', 0x48420009],
]);
const refusalsByReset = new Map([...resetCodes].map(([code, reset]) => [reset, code]));

/** The number under which an agent ends a stream for this reason; INTERNAL_ERROR for codes that are the relay's. */
export function resetCodeOf(code: RefusalCode): number {
  return resetCodes.get(code) ?? errorCodes.internalError;
}

/** The reason for which an agent ended a stream, where it was one of ours. */
export function refusalOfReset(reset: number): RefusalCode | undefined {
  return refusalsByReset.get(reset);
}

/** Refusals after which the same request may be tried with another agent: no byte of it has reached a target. */
export function neverReachedTarget(code: RefusalCode): boolean {
  return code === 'AGENT_DRAINING' || code === 'AGENT_APPLICATION_UNKNOWN' || code === 'AGENT_TARGET_NOT_ALLOWED' || code === 'AGENT_TARGET_UNREACHABLE' || code === 'AGENT_TARGET_CERTIFICATE' || code === 'AGENT_TARGET_TIMEOUT';
}

/** The header that tells an answer of relay or agent from one of the target. */
export const errorHeader = 'x-hybridge-error';

function refusal(status: number, message: string, remedy: string): Refusal {
  return { status, message, remedy };
}

export function isRefusalCode(code: unknown): code is RefusalCode {
  return typeof code === 'string' && Object.hasOwn(refusals, code);
}

export interface RefusalResponseOptions {
  requestId: string;
  /** The value of `Via`. */
  via: string;
  /** True when the connection ends after this answer. */
  close: boolean;
  /** True for an answer to HEAD: the length is announced, the body is not sent. */
  head?: boolean;
  /** More fields, such as a challenge. */
  fields?: readonly (readonly [name: string, value: string])[];
}

/** A refusal as bytes of HTTP/1.1: JSON body `{ error: { code, message, remedy, requestId } }`. */
export function refusalResponse(code: RefusalCode, options: RefusalResponseOptions): Buffer {
  const { status, message, remedy } = refusals[code];
  const body = `${JSON.stringify({ error: { code, message, remedy, requestId: options.requestId } })}\n`;
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    `${errorHeader}: ${code}`,
    `request-id: ${options.requestId}`,
    `Via: ${options.via}`,
    ...(status === 503 ? ['Retry-After: 5'] : []),
    ...(status === 429 ? ['Retry-After: 1'] : []),
    ...(options.fields ?? []).map(([name, value]) => `${name}: ${value}`),
    ...(status === 405 ? ['Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'] : []),
    ...(options.close ? ['Connection: close'] : []),
  ].join('\r\n');
  return Buffer.from(`${head}\r\n\r\n${options.head === true ? '' : body}`, 'latin1');
}
