import { acsIssuerId } from '../well-known.ts';
import {
  applicationDisabled,
  applicationNotFound,
  assertionMalformed,
  expiredClientSecret,
  invalidClientSecret,
  malformedRequest,
  missingClientCredential,
  tooManyRequests,
} from './aadsts-errors.ts';
import { verifySecret } from './secret-hash.ts';
import { findServicePrincipalRow } from './service-principals.ts';
import type { ServicePrincipalRow } from './service-principals.ts';
import type { StsContext } from './sts-context.ts';
import type { StsTenant } from './sts-types.ts';
import { requiredParameter } from './token-request.ts';
import type { TokenRequest } from './token-request.ts';
import type { TokenService } from './token-service.ts';
import { verifyClientAssertion } from './verify-client-assertion.ts';

export interface AuthenticatedClient {
  principal: ServicePrincipalRow;
  /** `appidacr` of its tokens: 1 for a secret, 2 for a certificate. */
  method: '1' | '2';
}

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * Establishes which application is asking: by a signed assertion (`client_assertion`, RFC 7523 §2.2) or by its secret.
 * `client_id` is the application id, at ACS also `{application id}@{tenant id}`.
 *
 * @throws AadstsError
 */
export async function authenticateClient(service: TokenService, tenant: StsTenant, request: TokenRequest): Promise<AuthenticatedClient> {
  const { context } = service;
  const assertion = request.parameters.get('client_assertion');
  const clientId = request.parameters.get('client_id')?.split('@')[0]?.toLowerCase();
  if (assertion !== undefined) {
    if (request.parameters.get('client_assertion_type') !== assertionType) throw malformedRequest('client_assertion_type');
    const principal = await verifyClientAssertion(context, assertion, { tenant, acceptsAudience: (audience) => isOwnAudience(context, tenant, audience), singleUse: false });
    if (clientId !== undefined && clientId !== principal.appId) throw assertionMalformed('The claim iss is not the client_id.');
    return { principal, method: '2' };
  }
  const id = requiredParameter(request, 'client_id').split('@')[0]?.toLowerCase() ?? '';
  const principal = await findServicePrincipalRow(context, tenant.id, id);
  if (principal === undefined || principal.appId !== id) throw applicationNotFound(id, tenant.id);
  if (principal.enabled === 0) throw applicationDisabled(id);
  const secret = request.parameters.get('client_secret');
  if (secret === undefined || secret === '') throw missingClientCredential();
  if (!service.attempts.addressMayTry(request.clientAddress)) throw tooManyRequests();
  try {
    await checkSecret(service, principal, secret);
  } catch (error) {
    service.attempts.addressFailed(request.clientAddress);
    throw error;
  }
  return { principal, method: '1' };
}

/** True for an audience that means this service and tenant: its issuer, one of its token endpoints, or ACS's name for it. */
export function isOwnAudience(context: StsContext, tenant: StsTenant, audience: string): boolean {
  if (audience.toLowerCase() === `${acsIssuerId}/${context.hostName}@${tenant.id}`) return true;
  if (!URL.canParse(audience)) return false;
  const url = new URL(audience);
  if (url.protocol !== 'https:' || url.hostname !== context.hostName.toLowerCase()) return false;
  const [, tenantName = '', ...rest] = url.pathname.split('/');
  const named = tenantName.toLowerCase();
  return (named === tenant.id || tenant.domains.includes(named)) && ownPaths.has(rest.join('/').toLowerCase());
}

const ownPaths = new Set(['', 'v2.0', 'oauth2/token', 'oauth2/v2.0/token', 'tokens/oauth/2']);

async function checkSecret({ context, limit }: TokenService, principal: ServicePrincipalRow, secret: string): Promise<void> {
  const rows = await context.db.selectFrom('passwordCredential').selectAll().where('servicePrincipalId', '=', principal.objectId).orderBy('endDate', 'desc').limit(10).execute();
  const now = context.clock.now();
  for (const row of rows) {
    if (!(await limit(() => verifySecret(secret, row.secretHash)))) continue;
    if (now < row.startDate || now > row.endDate) throw expiredClientSecret(principal.appId);
    return;
  }
  throw invalidClientSecret(principal.appId);
}
