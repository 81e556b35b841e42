import { checkNetworks, checkSecondFactor, resolveAccess } from './access-policy.ts';
import { checkConsent } from './consents.ts';
import type { Grant } from './grant-token.ts';
import { userOfGrant } from './grant-user.ts';
import { identifyClient } from './identify-client.ts';
import { issueUserTokens } from './issue-user-tokens.ts';
import { checkRefreshToken, createRefreshToken, findRefreshToken, spendRefreshToken } from './refresh-tokens.ts';
import { readRequestedAccess, storedAccess } from './requested-access.ts';
import type { RequestedAccess } from './requested-access.ts';
import { requiredParameter } from './token-request.ts';
import type { TokenRequest } from './token-request.ts';

/**
 * Exchanges a refresh token for new tokens (RFC 6749 §6), also for another resource that the client may use. Each works
 * once and is answered with its successor. The rules for the application are looked at again; the networks only where
 * the client is the person's own device, because a server's address says nothing about the person's.
 */
export const grantRefreshToken: Grant = async (service, tenant, request) => {
  const { context } = service;
  const endpoint = request.endpoint === 'v1' ? 'v1' : 'v2';
  const identified = await identifyClient(service, tenant, request);
  const { client } = identified;
  const { requestId } = request;
  const found = await checkRefreshToken(context, await findRefreshToken(context, requiredParameter(request, 'refresh_token')), { tenant, clientId: client.appId, requestId });
  const { family, token } = found;
  const user = await userOfGrant(context, tenant, { userId: family.userId, signedInAt: family.signedInAt, issuedAt: token.issuedAt });
  const access = wantedAccess(endpoint, request, storedAccess(token));
  const granted = await resolveAccess(context, tenant, client, access);
  await checkConsent(context, { client, application: granted.application }, user.objectId);
  if (identified.method === '0') checkNetworks(request.clientAddress, client, granted.application, 'token');
  await checkSecondFactor(context, user.objectId, family.methods, client, granted.application);
  await spendRefreshToken(context, found, tenant, requestId);
  const refreshToken = await createRefreshToken(context, tenant, family.id, access);
  return issueUserTokens(service, {
    ...identified,
    tenant,
    user,
    endpoint,
    access,
    granted,
    methods: family.methods,
    signedInAt: family.signedInAt,
    refreshToken,
    clientInfo: request.parameters.has('client_info'),
  });
};

/** What the request asks for; where it asks for nothing, what the token was issued for. */
function wantedAccess(endpoint: 'v1' | 'v2', request: TokenRequest, stored: RequestedAccess): RequestedAccess {
  const asked = request.parameters.get(endpoint === 'v1' ? 'resource' : 'scope');
  return asked === undefined || asked === '' ? stored : readRequestedAccess(endpoint, request.parameters);
}
