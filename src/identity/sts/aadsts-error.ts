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
  | 'temporarily_unavailable'
  | 'server_error';

export interface AadstsErrorOptions {
  /** HTTP status. Default 401 for `invalid_client`, 400 for everything else. */
  status?: number;
  facts?: ErrorFacts;
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

  constructor(codes: readonly number[], error: OAuthErrorName, message: string, options: AadstsErrorOptions = {}) {
    super('IDENTITY_STS_REFUSED', message, { facts: { codes, ...options.facts } });
    this.codes = codes;
    this.error = error;
    this.status = options.status ?? (error === 'invalid_client' ? 401 : 400);
  }
}

export interface AadstsErrorBody {
  error: OAuthErrorName;
  error_description: string;
  error_codes: readonly number[];
  timestamp: string;
  trace_id: string;
  correlation_id: string;
}

/** The JSON body of a refusal, as the token endpoint of Azure AD writes it. */
export function aadstsErrorBody(error: AadstsError, ids: { traceId: string; correlationId: string; now: number }): AadstsErrorBody {
  const timestamp = `${new Date(ids.now).toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const description = [`AADSTS${error.codes[0]}: ${error.message}`, `Trace ID: ${ids.traceId}`, `Correlation ID: ${ids.correlationId}`, `Timestamp: ${timestamp}`];
  return {
    error: error.error,
    error_description: description.join('\r\n'),
    error_codes: error.codes,
    timestamp,
    trace_id: ids.traceId,
    correlation_id: ids.correlationId,
  };
}
