import type { MailboxFailure } from '../published-failures.ts';
import type { ConnectorRoute } from './route.ts';

/** Why a request to the other organisation brought no answer, whatever the request was for. */
export type RemoteProblem =
  | { kind: 'Timeout' }
  | { kind: 'NameNotResolved'; host: string }
  | { kind: 'NotConnected'; reason: 'refused' | 'unreachable' | 'silent'; host: string; port: number }
  /** The connection was cut: `sending` before anything of the request was accepted (TLS handshake), `receiving` afterwards. */
  | { kind: 'Cut'; during: 'sending' | 'receiving' }
  /** TLS could not be agreed on; `untrusted` when it was the certificate. */
  | { kind: 'Tls'; untrusted: boolean }
  | { kind: 'HttpStatus'; status: number; /** Reason phrase of the status line. */ reason: string; /** `x-ms-diagnostics`. */ diagnostics?: string }
  | { kind: 'Redirected' }
  | { kind: 'NotXml' }
  | { kind: 'Fault'; text: string }
  /** No token was to be had, so nothing was sent. */
  | { kind: 'NoToken'; detail: string }
  /** The federation gateway gave no delegation token, so nothing was sent. */
  | { kind: 'NoDelegation'; refused: boolean; detail: string }
  /** An address space has neither credentials nor a service account, so nothing was sent. */
  | { kind: 'NoCredentials'; name: string }
  | { kind: 'Unknown' };

/** The texts of Windows Sockets for a connection that does not come about (WSAECONNREFUSED, WSAEHOSTUNREACH, WSAETIMEDOUT). */
const socketTexts = {
  refused: 'No connection could be made because the target machine actively refused it',
  unreachable: 'A socket operation was attempted to an unreachable host',
  silent:
    'A connection attempt failed because the connected party did not properly respond after a period of time, or established connection failed because connected host has failed to respond',
} as const;

/** The error table has a full stop after a cut on receiving (row 7), and none after one on sending (row 8). */
function cut(stop: '.' | ''): string {
  return `System.IO.IOException: Unable to read data from the transport connection: An existing connection was forcibly closed by the remote host${stop} System.Net.Sockets.SocketException: An existing connection was forcibly closed by the remote host`;
}

/**
 * Each problem's published wording (Microsoft, "Resolve free/busy errors", and the free/busy error table), which is what
 * administrators search for. Some publications name the .NET type before the sentence and some do not; each wording is
 * kept as its publication has it.
 */
function innerException(problem: Exclude<RemoteProblem, { kind: 'Timeout' }>): string {
  switch (problem.kind) {
    case 'NameNotResolved':
      return `System.Net.WebException: The remote name could not be resolved: '${problem.host}'`;
    case 'NotConnected':
      return `System.Net.WebException: Unable to connect to the remote server ; System.Net.Sockets.SocketException: ${socketTexts[problem.reason]} ${problem.host}:${problem.port}`;
    case 'Cut':
      return `System.Net.WebException: The underlying connection was closed: An unexpected error occurred on a ${problem.during === 'sending' ? `send. ; ${cut('')}` : `receive. ${cut('.')}`}`;
    case 'Tls':
      return `System.Net.WebException: The request was aborted: Could not create SSL/TLS secure channel.${problem.untrusted ? ' ; System.Security.Authentication.AuthenticationException: The remote certificate is invalid according to the validation procedure.' : ''}`;
    case 'HttpStatus':
      return httpStatusText(problem);
    case 'Redirected':
      return 'System.Net.WebException: The request failed with the error message:--\r\n<head><title>Object moved</title></head><body><h1>Object Moved</h1></body>\r\n--\r\n';
    case 'NotXml':
      return 'Response is not well-formed XML.';
    case 'Fault':
      return problem.text;
    case 'NoToken':
      return `System.Net.WebException: The request failed with HTTP status 401: Unauthorized. ; ${problem.detail}`;
    case 'NoDelegation':
      return problem.detail;
    case 'NoCredentials':
      return `The availability address space '${problem.name}' has neither credentials nor the service account to sign in with.`;
    default:
      return 'System.Net.WebException: The request failed.';
  }
}

function httpStatusText({ status, reason, diagnostics }: RemoteProblem & { kind: 'HttpStatus' }): string {
  const text = `The request failed with HTTP status ${status}: ${reason}`;
  if (diagnostics !== undefined) return `${text} diagnostics: ${diagnostics}`;
  return status === 403 ? `${text}.` : `System.Net.WebException: ${text}.`;
}

const timeout: MailboxFailure = {
  code: 'AVAILABILITY_TIMEOUT',
  message: "Request could not be processed in time. Timeout occurred during 'Waiting-For-Request-Completion'.",
};

/** The published texts of these failures stand alone, whichever request the token was for (error table, rows 19 to 23 and 28). */
function delegationFailure({ refused, detail }: RemoteProblem & { kind: 'NoDelegation' }): MailboxFailure {
  return { code: refused ? 'AVAILABILITY_DELEGATION_REFUSED' : 'AVAILABILITY_DELEGATION_UNAVAILABLE', message: detail };
}

/** What a mailbox's answer says when the EWS request of its group failed. */
export function proxyFailure(problem: RemoteProblem): MailboxFailure {
  if (problem.kind === 'Timeout') return timeout;
  if (problem.kind === 'NoDelegation') return delegationFailure(problem);
  if (problem.kind === 'NoCredentials') return { code: 'AVAILABILITY_ADDRESS_SPACE_CREDENTIALS', message: innerException(problem) };
  return {
    code: problem.kind === 'Fault' ? 'AVAILABILITY_PROXY_FAULT' : 'AVAILABILITY_PROXY_HTTP',
    message: `Proxy web request failed. , inner exception: ${innerException(problem)}`,
  };
}

/** What a mailbox's answer says when Autodiscover could not be asked. The published text of a name that is not found spells `E-Mail Address`. */
export function autodiscoverFailure(address: string, problem: RemoteProblem): MailboxFailure {
  if (problem.kind === 'Timeout') return timeout;
  if (problem.kind === 'NoDelegation') return delegationFailure(problem);
  const inner = problem.kind === 'Fault' ? `System.Web.Services.Protocols.SoapHeaderException: ${problem.text}` : innerException(problem);
  return {
    code: 'AVAILABILITY_AUTODISCOVER',
    message: `Autodiscover failed for ${problem.kind === 'NameNotResolved' ? 'E-Mail Address' : 'email address'} ${address} with error ${inner}`,
  };
}

/** What a mailbox's answer says when the POX Autodiscover of an address space could not be asked (error table, row 8). */
export function poxFailure(address: string, url: string, problem: RemoteProblem): MailboxFailure {
  if (problem.kind === 'Timeout') return timeout;
  if (problem.kind === 'NoCredentials') return proxyFailure(problem);
  const inner = innerException(problem);
  const [reason = ''] = inner.replace(/^System\.Net\.WebException: /, '').split(/ ?; /, 1);
  return poxRefusal(address, url, reason, ` ${inner}`);
}

/** What it says when that Autodiscover answered, with an error. */
export function poxRefusal(address: string, url: string, reason: string, inner = ''): MailboxFailure {
  return {
    code: 'AVAILABILITY_AUTODISCOVER',
    message: `Autodiscover failed for email address ${address} with error Microsoft.Exchange.InfoWorker.Common.Availability.AutoDiscoverFailedException: ${reason}. The request information is Discovery URL : ${url}, EmailAddress : SMTP:${address.toLowerCase()}${inner}`,
  };
}

/**
 * What a mailbox's answer says when Autodiscover answered, but not with an EWS URL.
 *
 * @param errorCode Autodiscover's ErrorCode: `InvalidUser`, `SettingIsNotAvailable`, `RedirectAddress`…
 */
export function autodiscoverUserFailure(address: string, endpoint: string, errorCode: string): MailboxFailure {
  const type = errorCode === 'InvalidUser' ? 'AutoDiscoverInvalidUserException' : 'AutoDiscoverFailedException';
  return {
    code: 'AVAILABILITY_AUTODISCOVER_USER',
    message: `Autodiscover failed for email address ${address} with error Microsoft.Exchange.InfoWorker.Common.Availability.${type}: The response from the Autodiscover service at '${endpoint}' failed due to an error in user setting 'ExternalEwsUrl'. Error message: ${errorCode}.`,
  };
}

/** A connector that names neither an EWS nor an Autodiscover endpoint leads nowhere. The wording is ours. */
export function endpointMissingFailure(address: string, { source, name }: ConnectorRoute): MailboxFailure {
  return { code: 'AVAILABILITY_AUTODISCOVER', message: `Autodiscover failed for email address ${address} with error: ${missingEndpoints[source](name)} that is an https URL.` };
}

const missingEndpoints: Readonly<Record<ConnectorRoute['source'], (name: string) => string>> = {
  IntraOrganizationConnector: (name) => `the intra-organization connector '${name}' has neither a TargetSharingEpr nor a DiscoveryEndpoint`,
  OrganizationRelationship: (name) => `the organization relationship '${name}' has neither a TargetSharingEpr nor a TargetAutodiscoverEpr`,
  AvailabilityAddressSpace: (name) => `the availability address space '${name}' has no ProxyUrl`,
};
