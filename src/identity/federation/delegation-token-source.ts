import { request as httpRequest } from 'undici';
import type { Dispatcher } from 'undici';
import type { Clock } from '../../foundation/index.ts';
import { createBoundedCache, requestIdHeader } from '../../foundation/index.ts';
import { IdentityError } from '../identity-error.ts';
import { connectFailure } from '../validation/fetch-json.ts';
import { federationNamespaces as names, samlAssertionIdType } from './federation-namespaces.ts';
import type { DelegationAction } from './federation-namespaces.ts';
import { secureEnvelope } from './message-security.ts';
import { issueAction, writeTokenRequest } from './security-token-request.ts';
import type { CertificateHolder } from './security-token-request.ts';
import { readTokenResponse } from './security-token-response.ts';
import type { DelegationToken } from './security-token-response.ts';

export interface DelegationTokenSourceOptions {
  /** `…/extSTS.srf`. */
  endpoint: string;
  /** Application URI of this organisation. */
  requestor: string;
  signingCertificate: () => Promise<CertificateHolder | undefined>;
  httpClient: Dispatcher;
  clock: Clock;
  timeoutMs?: number;
}

export interface DelegationTokenRequest {
  target: string;
  action: DelegationAction;
  nameIdentifier: string;
  emailAddress: string;
  requestId: string;
}

export type DelegationTokenSource = (request: DelegationTokenRequest) => Promise<DelegationToken>;

/** Tokens kept at most; one is for one person, target and action. */
const capacity = 5_000;
/** A token is asked for anew this long before it ends. */
const renewBeforeMs = 10 * 60_000;
const largestAnswer = 256 * 1024;

/**
 * Gets delegation tokens from the federation gateway and keeps them until shortly before they expire. Calls for the same
 * token that come meanwhile share one request.
 *
 * Rejects with IdentityError `IDENTITY_FEDERATION_CERTIFICATE_MISSING`, `IDENTITY_GATEWAY_UNREACHABLE` (fact `endpoint`),
 * `IDENTITY_GATEWAY_REFUSED` (facts `value`, `internalCode`, `text`) or `IDENTITY_GATEWAY_RESPONSE_UNREADABLE`.
 */
export function createDelegationTokenSource(options: DelegationTokenSourceOptions): DelegationTokenSource {
  const { clock } = options;
  const kept = createBoundedCache<Promise<DelegationToken>>(capacity);
  return async (request) => {
    const key = JSON.stringify([request.target, request.action, request.nameIdentifier, request.emailAddress]);
    const earlier = kept.get(key);
    const known = earlier === undefined ? undefined : await earlier.catch(() => undefined);
    if (known !== undefined && known.expiresAt > clock.now() + renewBeforeMs) return known;
    // Whoever found the same token wanting a moment earlier has asked already.
    const current = kept.get(key);
    if (current !== undefined && current !== earlier) return current;
    const asking = askGateway(options, request);
    kept.set(key, asking);
    asking.catch(() => {
      if (kept.get(key) === asking) kept.delete(key);
    });
    return asking;
  };
}

async function askGateway(options: DelegationTokenSourceOptions, request: DelegationTokenRequest): Promise<DelegationToken> {
  const { endpoint, clock } = options;
  const signer = await options.signingCertificate();
  if (signer === undefined) {
    throw new IdentityError('IDENTITY_FEDERATION_CERTIFICATE_MISSING', 'The federation certificate, or its key, is missing.', {
      facts: { requestor: options.requestor },
      remedy: 'Name a certificate that is in the store: Set-FederationTrust -Thumbprint, then -PublishFederationCertificate.',
    });
  }
  const written = writeTokenRequest({ ...request, requestor: options.requestor }, { endpoint, signer, clock });
  let status: number;
  let text: string;
  try {
    const answer = await httpRequest(endpoint, {
      dispatcher: options.httpClient,
      method: 'POST',
      headers: { 'content-type': `application/soap+xml; charset=utf-8; action="${issueAction}"`, [requestIdHeader]: request.requestId },
      body: written.xml,
      signal: AbortSignal.timeout(options.timeoutMs ?? 20_000),
    });
    status = answer.statusCode;
    text = await readText(answer.body);
  } catch (cause) {
    throw new IdentityError('IDENTITY_GATEWAY_UNREACHABLE', 'The federation gateway cannot be reached.', { facts: { endpoint, cause: connectFailure(cause) }, retryable: true, cause });
  }
  const answer = readTokenResponse(text, written.entropy);
  if (answer === undefined) {
    throw new IdentityError('IDENTITY_GATEWAY_RESPONSE_UNREADABLE', 'The federation gateway answered, but not with a token or a fault.', { facts: { endpoint, status } });
  }
  if ('fault' in answer) {
    throw new IdentityError('IDENTITY_GATEWAY_REFUSED', 'The federation gateway refused the request for a delegation token.', { facts: { endpoint, status, target: request.target, action: request.action, ...answer.fault } });
  }
  return answer.token;
}

async function readText(body: Dispatcher.ResponseData['body']): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestAnswer) {
      body.destroy();
      return '';
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Secures a message with a delegation token: its encrypted assertion stands in the header, its proof key signs. */
export function secureWithToken(envelope: string, token: DelegationToken, clock: Clock): string {
  return secureEnvelope(envelope, {
    key: { kind: 'HMAC', secret: token.proofKey },
    token: token.encryptedAssertion,
    keyInfo: `<o:SecurityTokenReference xmlns:o="${names.security}"><o:KeyIdentifier ValueType="${samlAssertionIdType}">${token.assertionId}</o:KeyIdentifier></o:SecurityTokenReference>`,
    clock,
  });
}
