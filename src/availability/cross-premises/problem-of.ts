import { EwsClientError } from '../../ews/index.ts';
import { errorCode } from '../../foundation/index.ts';
import type { ErrorFacts } from '../../foundation/index.ts';
import { IdentityError } from '../../identity/index.ts';
import type { Deadline } from './deadline.ts';
import type { RemoteProblem } from './remote-failures.ts';

const unresolved = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NONAME', 'EAI_NODATA']);
const unreachable = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EHOSTDOWN', 'ENETDOWN']);
const cut = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'UND_ERR_SOCKET']);
/** OpenSSL's X509_V_ERR names as Node gives them, and Node's own code for a certificate of another name. */
const untrusted = /^(CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|ERR_TLS_CERT_)/;
const tls = /^(ERR_SSL_|ERR_TLS_|EPROTO$)/;

/** What an error of the EWS client means to the one who asked. Decides on codes and facts only. */
export function problemOf(error: unknown, deadline: Deadline): RemoteProblem {
  if (deadline.expired()) return { kind: 'Timeout' };
  if (!(error instanceof EwsClientError)) return { kind: 'Unknown' };
  const { facts } = error;
  switch (error.code) {
    case 'EWS_CLIENT_TIMEOUT':
      return timeoutProblem(facts);
    case 'EWS_CLIENT_CONNECT':
      return connectProblem(facts);
    case 'EWS_CLIENT_CONNECTION_LOST':
      return { kind: 'Cut', during: 'receiving' };
    case 'EWS_CLIENT_HTTP_STATUS':
      return statusProblem(facts);
    case 'EWS_CLIENT_NOT_XML':
    case 'EWS_CLIENT_UNEXPECTED_ANSWER':
      return { kind: 'NotXml' };
    case 'EWS_CLIENT_FAULT':
      return { kind: 'Fault', text: textOf(facts, 'text') };
    case 'EWS_CLIENT_AUTHORIZATION':
      return { kind: 'NoToken', detail: noTokenText };
    default:
      return { kind: 'Unknown' };
  }
}

/** Nothing answered to the dialling, as where a firewall drops packets, is another thing than an answer that takes too long. */
function timeoutProblem(facts: ErrorFacts): RemoteProblem {
  const url = textOf(facts, 'url');
  if (facts['phase'] !== 'connect' || !URL.canParse(url)) return { kind: 'Timeout' };
  const { hostname, port } = new URL(url);
  return { kind: 'NotConnected', reason: 'silent', host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || 443 };
}

function connectProblem(facts: ErrorFacts): RemoteProblem {
  const cause = textOf(facts, 'cause');
  const host = textOf(facts, 'host');
  if (unresolved.has(cause)) return { kind: 'NameNotResolved', host };
  if (untrusted.test(cause)) return { kind: 'Tls', untrusted: true };
  if (tls.test(cause)) return { kind: 'Tls', untrusted: false };
  if (cut.has(cause)) return { kind: 'Cut', during: 'sending' };
  const reason = cause === 'ECONNREFUSED' ? 'refused' : unreachable.has(cause) ? 'unreachable' : 'silent';
  return { kind: 'NotConnected', reason, host, port: typeof facts['port'] === 'number' ? facts['port'] : 443 };
}

function statusProblem(facts: ErrorFacts): RemoteProblem {
  const status = typeof facts['status'] === 'number' ? facts['status'] : 0;
  if (status >= 300 && status < 400) return { kind: 'Redirected' };
  const diagnostics = textOf(facts, 'diagnostics');
  return { kind: 'HttpStatus', status, reason: textOf(facts, 'reason'), ...(diagnostics === '' ? {} : { diagnostics }) };
}

const noTokenText = 'Microsoft.Exchange.Security.OAuth.OAuthTokenRequestFailedException: Unable to get token from Auth Server.';

/**
 * What it means that no token was to be had. Exchange goes on without one and is answered 401; the sentences that
 * Test-OAuthConnectivity adds (error table, rows 17 and 26) are given at once. What the token service said goes to the
 * requester's own organisation, whose administrators need it, and holds no secret.
 */
export function tokenProblemOf(error: unknown, deadline: Deadline): RemoteProblem {
  if (deadline.expired()) return { kind: 'Timeout' };
  if (!(error instanceof IdentityError)) return { kind: 'NoToken', detail: noTokenText };
  const { facts } = error;
  switch (error.code) {
    case 'IDENTITY_SIGNING_CERTIFICATE_MISSING':
      return { kind: 'NoToken', detail: 'Microsoft.Exchange.Security.OAuth.OAuthTokenRequestFailedException: Missing signing certificate.' };
    case 'IDENTITY_TOKEN_REQUEST_REFUSED':
      return {
        kind: 'NoToken',
        detail: `Error:Unable to get token from Auth Server. Error code: '${textOf(facts, 'error')}'. Description: '${textOf(facts, 'description')}'.`,
      };
    case 'IDENTITY_TOKEN_SERVICE_UNREACHABLE':
      return {
        kind: 'NoToken',
        detail: `${noTokenText} ; Failed to communicate with ${textOf(facts, 'endpoint')}., inner exception: Unable to connect to the remote server`,
      };
    case 'IDENTITY_FEDERATION_CERTIFICATE_MISSING':
      return { kind: 'NoDelegation', refused: false, detail: 'The federation certificate of this organization is missing or has expired.' };
    case 'IDENTITY_GATEWAY_UNREACHABLE':
      return { kind: 'NoDelegation', refused: false, detail: `Failed to communicate with ${textOf(facts, 'endpoint')}., inner exception: Unable to connect to the remote server` };
    case 'IDENTITY_GATEWAY_RESPONSE_UNREADABLE':
      return { kind: 'NoDelegation', refused: false, detail: `Failed to communicate with ${textOf(facts, 'endpoint')}., inner exception: Response is not well-formed XML.` };
    case 'IDENTITY_GATEWAY_REFUSED':
      return {
        kind: 'NoDelegation',
        refused: true,
        detail: `Soap fault exception received. ${textOf(facts, 'text')} wst:${textOf(facts, 'code')} ${textOf(facts, 'value')} ${textOf(facts, 'internalCode')}`,
      };
    default:
      return { kind: 'NoToken', detail: noTokenText };
  }
}

/** For the log: the code of what was thrown, ours or Node's. */
export function problemCode(error: unknown): string {
  return errorCode(error) ?? 'UNKNOWN';
}

function textOf(facts: ErrorFacts, name: string): string {
  const value = facts[name];
  return typeof value === 'string' ? value : '';
}
