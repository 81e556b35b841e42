import { applicationDisabled, applicationNotFound } from './aadsts-errors.ts';
import { authenticateClient } from './authenticate-client.ts';
import { findServicePrincipalRow } from './service-principals.ts';
import type { ServicePrincipalRow } from './service-principals.ts';
import { clientIsPublic } from './sign-in-errors.ts';
import type { StsContext } from './sts-context.ts';
import type { StsTenant } from './sts-types.ts';
import { requiredParameter } from './token-request.ts';
import type { TokenRequest } from './token-request.ts';
import type { TokenService } from './token-service.ts';

export interface IdentifiedClient {
  client: ServicePrincipalRow;
  /** `appidacr` of its tokens: 0 for a public client, 1 for a secret, 2 for a certificate. */
  method: '0' | '1' | '2';
}

/** An application of a tenant by its application id. @throws AadstsError 700016, 7000112 */
export async function findClient(context: Pick<StsContext, 'db'>, tenant: StsTenant, clientId: string): Promise<ServicePrincipalRow> {
  const appId = clientId.toLowerCase();
  const principal = await findServicePrincipalRow(context, tenant.id, appId);
  if (principal?.appId !== appId) throw applicationNotFound(clientId, tenant.id);
  if (principal.enabled === 0) throw applicationDisabled(clientId);
  return principal;
}

/**
 * Which application redeems a person's grant. A public client only names itself, everything else proves itself.
 *
 * @throws AadstsError 700016, 7000112, 700025, and those of `authenticateClient`
 */
export async function identifyClient(service: TokenService, tenant: StsTenant, request: TokenRequest): Promise<IdentifiedClient> {
  const client = await findClient(service.context, tenant, requiredParameter(request, 'client_id'));
  if (client.publicClient === 0) return { client, method: (await authenticateClient(service, tenant, request)).method };
  if (request.parameters.has('client_secret') || request.parameters.has('client_assertion')) throw clientIsPublic();
  return { client, method: '0' };
}
