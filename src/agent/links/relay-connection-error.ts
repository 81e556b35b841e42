import { errorCode, errorText, systemClock } from '../../foundation/index.ts';
import { AgentError } from '../agent-error.ts';
import { isCertificateError } from '../targets/dial-failure.ts';

/** What the resolver says: no such name, no answer, refused. */
const nameErrors: ReadonlySet<string | undefined> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME', 'ESERVFAIL', 'ETIMEOUT']);

/** Turns what dialling the relay threw into an error that says what to do. */
export function relayConnectionError(error: unknown, relay: string): AgentError {
  if (error instanceof AgentError) return error;
  const cause = errorCode(error) ?? errorCode((error as { cause?: unknown }).cause);
  const facts = { relay, cause: cause ?? errorText(error) };
  if (cause !== undefined && cause.startsWith('ERR_SSL_')) {
    return new AgentError('AGENT_RELAY_ANSWER', `What answers at the address of the relay does not speak TLS as a relay does (${cause}).`, {
      facts,
      cause: error,
      retryable: true,
      remedy: 'Check the address and its port; a proxy may answer in its place.',
    });
  }
  if (isCertificateError(cause)) {
    return new AgentError('AGENT_RELAY_CERTIFICATE', `The certificate of the relay is not accepted (${cause}).`, {
      facts,
      cause: error,
      retryable: true,
      remedy: cause === 'CERT_NOT_YET_VALID' || cause === 'CERT_HAS_EXPIRED' ? `Check the clock of this machine first (it says ${new Date(systemClock.now()).toISOString()}), then the certificate of the relay.` : 'Let the agent trust the authority of the relay (ca); a proxy that inspects TLS must leave the relay alone.',
    });
  }
  if (nameErrors.has(cause)) {
    return new AgentError('AGENT_RELAY_UNREACHABLE', `The name of the relay cannot be resolved (${String(cause)}).`, {
      facts,
      cause: error,
      retryable: true,
      remedy: 'Check the name, and the name servers of this machine; behind a proxy, that the proxy is configured: it resolves names then.',
    });
  }
  return new AgentError('AGENT_RELAY_UNREACHABLE', `The relay cannot be reached (${cause === 'DIAL_ABORTED' ? 'no answer in time' : (cause ?? 'unknown reason')}).`, {
    facts,
    cause: error,
    retryable: true,
    remedy: 'Check the address, name resolution, the outbound firewall for port 443, and the proxy settings.',
  });
}
