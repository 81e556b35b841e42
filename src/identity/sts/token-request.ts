import type { IncomingMessage } from 'node:http';
import { errorCode, readBody } from '../../foundation/index.ts';
import { malformedRequest, missingParameter } from './aadsts-errors.ts';

/** Which of the token endpoints was asked: `/{tenant}/tokens/OAuth/2`, `/{tenant}/oauth2/token`, `/{tenant}/oauth2/v2.0/token`. */
export type TokenEndpoint = 'acs' | 'v1' | 'v2';

export interface TokenRequest {
  endpoint: TokenEndpoint;
  /** The tenant as the path names it: an id, a domain, or `common` and its like. */
  tenantName: string;
  parameters: ReadonlyMap<string, string>;
  clientAddress: string;
  requestId: string;
}

/** A token request is an assertion of some 2 KiB and a few short fields. */
const largestBody = 65_536;
const mostParameters = 50;

/**
 * Reads the form of a token request (RFC 6749 §3.2): `application/x-www-form-urlencoded`, no parameter twice.
 *
 * @throws AadstsError 9002313
 */
export async function readTokenForm(request: IncomingMessage): Promise<ReadonlyMap<string, string>> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') throw malformedRequest('content type');
  const body = await readBody(request, largestBody).catch((error: unknown) => {
    throw errorCode(error) === 'HTTP_BODY_TOO_LARGE' ? malformedRequest('body too large', 413) : malformedRequest('body cut short');
  });
  const parameters = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(body.toString('utf8'))) {
    if (parameters.has(name)) throw malformedRequest('parameter repeated');
    if (parameters.size >= mostParameters) throw malformedRequest('too many parameters');
    parameters.set(name, value);
  }
  return parameters;
}

/** @throws AadstsError 900144 when absent or empty */
export function requiredParameter(request: TokenRequest, name: string): string {
  const value = request.parameters.get(name);
  if (value === undefined || value === '') throw missingParameter(name);
  return value;
}
