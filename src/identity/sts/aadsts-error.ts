import type { ErrorFacts } from '../../foundation/index.ts';
import { IdentityError } from '../identity-error.ts';

/** The `error` member of an answer: RFC 6749 §5.2, and Azure AD's own additions. */
export type OAuthErrorName =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'invalid_resource'
  | 'invalid_tenant'
  | 'access_denied'
  | 'unsupported_response_type'
  | 'login_required'
  | 'interaction_required'
  | 'consent_required'
  | 'authorization_pending'
  | 'slow_down'
  | 'expired_token'
  | 'authorization_declined'
  | 'temporarily_unavailable'
  | 'server_error';

export interface AadstsErrorOptions {
  /** HTTP status. Default 401 for `invalid_client`, 400 for everything else. */
  status?: number;
  facts?: ErrorFacts;
  /** What MSAL reads to tell refusals of one name apart. */
  suberror?: 'basic_action' | 'consent_required';
}

/**
 * A refusal of the token service, in Azure AD's terms. `codes` are the AADSTS numbers, the outer one first; the message
 * is what the client reads after `AADSTS…:`.
 */
export class AadstsError extends IdentityError<'IDENTITY_STS_REFUSED'> {
  override readonly name = 'AadstsError';
  readonly codes: readonly number[];
  readonly error: OAuthErrorName;
  readonly status: number;
  readonly suberror: AadstsErrorOptions['suberror'];

  constructor(codes: readonly number[], error: OAuthErrorName, message: string, options: AadstsErrorOptions = {}) {
    super('IDENTITY_STS_REFUSED', message, { facts: { codes, ...options.facts } });
    this.codes = codes;
    this.error = error;
    this.status = options.status ?? (error === 'invalid_client' ? 401 : 400);
    this.suberror = options.suberror;
  }
}

export interface AadstsErrorBody {
  error: OAuthErrorName;
  error_description: string;
  error_codes: readonly number[];
  timestamp: string;
  trace_id: string;
  correlation_id: string;
  suberror?: string;
}

/** What a refusal names besides its text. */
export interface RefusalIds {
  traceId: string;
  correlationId: string;
  now: number;
}

/** The JSON body of a refusal, as the token endpoint of Azure AD writes it. */
export function aadstsErrorBody(error: AadstsError, ids: RefusalIds): AadstsErrorBody {
  return {
    error: error.error,
    error_description: aadstsDescription(error, ids),
    error_codes: error.codes,
    timestamp: refusalTime(ids.now),
    trace_id: ids.traceId,
    correlation_id: ids.correlationId,
    ...(error.suberror === undefined ? {} : { suberror: error.suberror }),
  };
}

/** The description of a refusal: number, text, ids and time, a line each. */
export function aadstsDescription(error: AadstsError, ids: RefusalIds): string {
  return [`AADSTS${error.codes[0]}: ${error.message}`, `Trace ID: ${ids.traceId}`, `Correlation ID: ${ids.correlationId}`, `Timestamp: ${refusalTime(ids.now)}`].join('\r\n');
}

/** `2017-11-16 20:36:16Z`. */
export function refusalTime(now: number): string {
  return `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}
