import { createPrivateKey, randomUUID } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import type { Clock } from '../../foundation/index.ts';
import { createBoundedCache, requestIdHeader } from '../../foundation/index.ts';
import type { CertificateWithKey } from '../certificates/create-certificate-authority.ts';
import { readCertificate } from '../certificates/read-certificate.ts';
import { IdentityError } from '../identity-error.ts';
import { acsIssuerId, exchangeApplicationId } from '../well-known.ts';
import { connectFailure, fetchJson } from './fetch-json.ts';
import type { JsonAnswer } from './fetch-json.ts';

export interface ActorTokenSourceOptions {
  /** `https://{host}/{tenant id}/tokens/OAuth/2`. */
  tokenIssuingEndpoint: string;
  tenantId: string;
  /** The calling application. Default Exchange's. */
  applicationId?: string;
  /** The application that is called. Default Exchange's. */
  resourceApplicationId?: string;
  /**
   * How the assertion is handed in: as an ACS assertion of Exchange's own principal (default), or as the credential of a
   * client (RFC 7523 §2.2), as Entra asks of applications.
   */
  grant?: 'assertion' | 'clientCredentials';
  /** Issuer identifier of the token service, for the assertion's audience. Default ACS. */
  issuerIdentifier?: string;
  /**
   * The certificate that signs now (`CurrentCertificateThumbprint`), asked for with every new token. Undefined where the
   * organisation has none.
   */
  signingCertificate: () => Promise<CertificateWithKey | undefined>;
  httpClient: Dispatcher;
  clock: Clock;
  /** For the token service's answer. Default 30,000. */
  timeoutMs?: number;
}

/** Brings the actor token for a host; `requestId` goes along as `client-request-id`. */
export type ActorTokenSource = (resourceHost: string, requestId: string) => Promise<string>;

/** A token is used until this long before its end. */
const renewBeforeMs = 300_000;
/** An assertion serves one request; it lives as long as clocks may differ, twice. */
const assertionSeconds = 600;

const granted = z.object({ access_token: z.string().min(1).max(16_384), expires_in: z.coerce.number().positive().optional(), expires_on: z.coerce.number().positive().optional() });

const refused = z.object({
  error: z.string().max(200),
  error_description: z.string().max(8192).default(''),
  error_codes: z.array(z.number()).max(20).default([]),
  trace_id: z.string().max(100).optional(),
  correlation_id: z.string().max(100).optional(),
});

/**
 * Gets server-to-server actor tokens from an ACS-shaped token service: an assertion signed with the organisation's Auth
 * certificate is exchanged for a token for `{resource application id}/{host}@{tenant id}`. Tokens are kept until five
 * minutes before they end; callers that ask for the same host at the same time share one request. Failures are not kept.
 *
 * The form of the request (grant type `http://oauth.net/grant_type/jwt/1.0/bearer`, `assertion`, `resource`) is
 * *unverified* against the real service.
 *
 * @throws IdentityError `IDENTITY_SIGNING_CERTIFICATE_MISSING`; `IDENTITY_TOKEN_SERVICE_UNREACHABLE` (`facts.cause`);
 *   `IDENTITY_TOKEN_REQUEST_REFUSED` with what the service said in `facts`: `error`, `description`, `errorCodes`,
 *   `traceId`, `correlationId`, `status`, `thumbprint`; `IDENTITY_TOKEN_RESPONSE_UNREADABLE`
 */
export function createActorTokenSource(options: ActorTokenSourceOptions): ActorTokenSource {
  const { clock } = options;
  const tokens = createBoundedCache<{ token: string; until: number }>(1000);
  const underWay = new Map<string, Promise<string>>();
  const signer = createSigner(options);

  const fetchToken = async (host: string, resource: string, requestId: string): Promise<string> => {
    const { assertion, thumbprint } = await signer();
    const { access_token: token, expires_in: seconds = 3600 } = await requestToken(options, { assertion, resource, requestId, thumbprint });
    tokens.set(host, { token, until: clock.now() + seconds * 1000 - renewBeforeMs });
    return token;
  };
  return async (resourceHost, requestId) => {
    const host = resourceHost.toLowerCase();
    const kept = tokens.get(host);
    if (kept !== undefined && clock.now() < kept.until) return kept.token;
    const shared = underWay.get(host);
    if (shared !== undefined) return shared;
    const resource = actorTokenAudience({ applicationId: options.resourceApplicationId ?? exchangeApplicationId, host, tenantId: options.tenantId });
    const fetching = fetchToken(host, resource, requestId).finally(() => underWay.delete(host));
    underWay.set(host, fetching);
    return fetching;
  };
}

/** The audience of an actor token, and the resource asked for to get one: `{application id}/{host}@{tenant id}`. */
export function actorTokenAudience(parts: { applicationId?: string; host: string; tenantId: string }): string {
  return `${parts.applicationId ?? exchangeApplicationId}/${parts.host.toLowerCase()}@${parts.tenantId}`;
}

function createSigner(options: ActorTokenSourceOptions): () => Promise<{ assertion: string; thumbprint: string }> {
  let parsed: { certificate: string; key: KeyObject; x5t: string; thumbprint: string } | undefined;
  const isClient = options.grant === 'clientCredentials';
  const applicationId = options.applicationId ?? exchangeApplicationId;
  const caller = isClient ? applicationId : `${applicationId}@${options.tenantId}`;
  const service = URL.canParse(options.tokenIssuingEndpoint) ? new URL(options.tokenIssuingEndpoint).hostname : '';
  const audience = isClient ? options.tokenIssuingEndpoint : `${options.issuerIdentifier ?? acsIssuerId}/${service}@${options.tenantId}`;
  return async () => {
    const current = await options.signingCertificate();
    if (current === undefined) {
      throw new IdentityError('IDENTITY_SIGNING_CERTIFICATE_MISSING', 'Missing signing certificate.', {
        remedy: 'Create an Auth certificate, name it with Set-AuthConfig -NewCertificateThumbprint, then Set-AuthConfig -PublishCertificate.',
      });
    }
    if (parsed?.certificate !== current.certificate) {
      const { x5t, thumbprint } = readCertificate(current.certificate);
      parsed = { certificate: current.certificate, key: createPrivateKey(current.privateKey), x5t, thumbprint };
    }
    const now = Math.floor(options.clock.now() / 1000);
    const assertion = await new SignJWT({ aud: audience, iss: caller, ...(isClient ? { sub: caller } : {}), nbf: now - 60, exp: now + assertionSeconds, jti: randomUUID() })
      .setProtectedHeader({ typ: 'JWT', alg: 'RS256', x5t: parsed.x5t })
      .sign(parsed.key);
    return { assertion, thumbprint: parsed.thumbprint };
  };
}

async function requestToken(
  options: ActorTokenSourceOptions,
  { assertion, resource, requestId, thumbprint }: { assertion: string; resource: string; requestId: string; thumbprint: string },
): Promise<z.infer<typeof granted>> {
  const endpoint = options.tokenIssuingEndpoint;
  let answer: JsonAnswer;
  try {
    answer = await fetchJson(endpoint, {
      httpClient: options.httpClient,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', [requestIdHeader]: requestId },
      body: new URLSearchParams({ ...grantOf(options, assertion), resource }).toString(),
      timeoutMs: options.timeoutMs ?? 30_000,
    });
  } catch (error) {
    throw new IdentityError('IDENTITY_TOKEN_SERVICE_UNREACHABLE', 'The token service cannot be reached.', {
      facts: { endpoint, resource, requestId, cause: connectFailure(error) },
      retryable: true,
      cause: error,
      remedy: 'Check name resolution, proxy, firewall and certificates between this server and the token service.',
    });
  }
  if (answer.status === 200) {
    const parsed = granted.safeParse(answer.value);
    if (parsed.success) return parsed.data;
  }
  throw refusal(answer, { endpoint, resource, requestId, thumbprint, status: answer.status });
}

function grantOf(options: ActorTokenSourceOptions, assertion: string): Record<string, string> {
  if (options.grant !== 'clientCredentials') return { grant_type: 'http://oauth.net/grant_type/jwt/1.0/bearer', assertion };
  return {
    grant_type: 'client_credentials',
    client_id: options.applicationId ?? exchangeApplicationId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  };
}

function refusal(answer: JsonAnswer, facts: Record<string, unknown>): IdentityError {
  const parsed = refused.safeParse(answer.value);
  if (!parsed.success) {
    return new IdentityError('IDENTITY_TOKEN_RESPONSE_UNREADABLE', 'What answers at the token endpoint is not a token service.', {
      facts: { ...facts, contentType: answer.contentType },
      retryable: answer.status >= 500,
      remedy: 'Check TokenIssuingEndpoint, and what stands between this server and the token service.',
    });
  }
  const { error, error_description: description, error_codes: errorCodes, trace_id: traceId, correlation_id: correlationId } = parsed.data;
  return new IdentityError('IDENTITY_TOKEN_REQUEST_REFUSED', 'Unable to get token from Auth Server.', {
    facts: { ...facts, error, description, errorCodes, traceId, correlationId },
    retryable: answer.status === 429 || answer.status >= 500,
    remedy: 'Look up the AADSTS code in the facts; the usual cause is that the Auth certificate is not registered in the tenant.',
  });
}
