import { randomUUID } from 'node:crypto';
import { checkSecondFactor, resolveAccess } from './access-policy.ts';
import { authenticateClient } from './authenticate-client.ts';
import { checkConsent } from './consents.ts';
import type { Grant } from './grant-token.ts';
import { userOfGrant } from './grant-user.ts';
import { issueUserTokens } from './issue-user-tokens.ts';
import { createRefreshToken } from './refresh-tokens.ts';
import { readRequestedAccess } from './requested-access.ts';
import { unsupportedValue } from './sign-in-errors.ts';
import { requiredParameter } from './token-request.ts';
import { verifyUserAssertion } from './verify-user-assertion.ts';

/**
 * Exchanges a person's token for another one, on whose behalf a service then calls the next (Microsoft, "OAuth 2.0
 * On-Behalf-Of flow"; RFC 7523 §2.1 with `requested_token_use`). The service proves itself, and the token must be for it.
 * Consent and second factor count as at any other grant; networks do not, because a server's address says nothing about
 * the person's.
 *
 * @throws AadstsError those of `authenticateClient` and `verifyUserAssertion`; 50034, 50057, 50173, 65001, 50076, 50079
 */
export const grantOnBehalfOf: Grant = async (service, tenant, request) => {
  const { context } = service;
  const endpoint = request.endpoint === 'v1' ? 'v1' : 'v2';
  if (requiredParameter(request, 'requested_token_use') !== 'on_behalf_of') throw unsupportedValue('requested_token_use');
  const { principal: client, method } = await authenticateClient(service, tenant, request);
  const { userId, issuedAt, methods } = await verifyUserAssertion(context, requiredParameter(request, 'assertion'), { tenant, client });
  const user = await userOfGrant(context, tenant, { userId, signedInAt: issuedAt, issuedAt });
  if (endpoint === 'v1') requiredParameter(request, 'resource');
  const access = readRequestedAccess(endpoint, request.parameters);
  const granted = await resolveAccess(context, tenant, client, access);
  const { application } = granted;
  await checkConsent(context, { client, application }, user.objectId);
  await checkSecondFactor(context, user.objectId, methods, client, application);
  const common = { client, method, tenant, user, endpoint, access, granted, methods, signedInAt: issuedAt, clientInfo: request.parameters.has('client_info') } as const;
  if (!access.scopes.includes('offline_access')) return issueUserTokens(service, common);
  const familyId = randomUUID();
  await context.db.insertInto('refreshFamily').values({ id: familyId, tenantId: tenant.id, clientId: client.appId, userId: user.objectId, methods, signedInAt: issuedAt, revokedAt: null }).execute();
  return issueUserTokens(service, { ...common, refreshToken: await createRefreshToken(context, tenant, familyId, access) });
};
