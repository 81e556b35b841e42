import { outlookClientId } from '../well-known.ts';
import { passwordGrantBlocked } from './aadsts-errors.ts';
import { checkNetworks, checkSecondFactor, resolveAccess } from './access-policy.ts';
import { hasAuthenticator } from './authenticators.ts';
import { checkPassword } from './check-password.ts';
import { checkConsent } from './consents.ts';
import type { Grant } from './grant-token.ts';
import { findClient } from './identify-client.ts';
import { issueUserTokens } from './issue-user-tokens.ts';
import { readRequestedAccess } from './requested-access.ts';
import { requestedResource, requestedScopes } from './resolve-resource.ts';
import { clientCredentialRequired, secondFactorRequired } from './sign-in-errors.ts';
import { requiredParameter } from './token-request.ts';

/**
 * Exchanges a user name and password for the token of Hybrid Modern Authentication (RFC 6749 §4.3), where the tenant
 * allows it and neither the application asks for a second factor nor the person has one, because this grant cannot carry
 * it. An `id_token` comes along when `openid` was asked for. There is no refresh token.
 */
export const grantByPassword: Grant = async (service, tenant, request) => {
  const { context } = service;
  if (!tenant.passwordGrantEnabled) throw passwordGrantBlocked();
  const client = await findClient(context, tenant, request.parameters.get('client_id') ?? outlookClientId);
  if (client.publicClient === 0) throw clientCredentialRequired();
  const user = await checkPassword(service, tenant, { userName: requiredParameter(request, 'username'), password: requiredParameter(request, 'password') }, request);
  const hasSecondFactor = await hasAuthenticator(context, user.objectId);
  // A password alone must not make wrong codes forgotten, or they could be guessed without end.
  await (hasSecondFactor ? service.attempts.takeBack(user) : service.attempts.succeeded(user));
  requestedResource(request);
  const endpoint = request.endpoint === 'v1' ? 'v1' : 'v2';
  const { resource, scopes } = readRequestedAccess(endpoint, request.parameters);
  const openId = requestedScopes(request).includes('openid');
  const access = { resource, scopes: scopes.filter((scope) => scope !== 'offline_access' && (scope !== 'openid' || openId)) };
  const granted = await resolveAccess(context, tenant, client, access);
  await checkConsent(context, { client, application: granted.application }, user.objectId);
  checkNetworks(request.clientAddress, client, granted.application, 'token');
  if (hasSecondFactor) throw secondFactorRequired(granted.application.appId);
  await checkSecondFactor(context, user.objectId, 'pwd', client, granted.application);
  return issueUserTokens(service, {
    client,
    method: '0',
    tenant,
    user,
    endpoint,
    access,
    granted,
    methods: 'pwd',
    signedInAt: context.clock.now(),
    clientInfo: request.parameters.has('client_info'),
  });
};
