import { randomUUID } from 'node:crypto';
import { acsIssuerId } from '../well-known.ts';
import { authenticateClient, isOwnAudience } from './authenticate-client.ts';
import type { Grant } from './grant-token.ts';
import { requestedResource, resolveResource } from './resolve-resource.ts';
import { requiredParameter } from './token-request.ts';
import { verifyClientAssertion } from './verify-client-assertion.ts';

/**
 * Issues a server-to-server actor token, as the Access Control Service does: an application proves itself with an
 * assertion (or as a client with its secret) and gets a token for `{resource application id}/{host}@{tenant id}`.
 * Claims as in the example of [MS-XOAUTH] §4.3 and in public captures. The answer's members are those that public ACS
 * clients read, numbers as texts.
 */
export const grantActorToken: Grant = async (service, tenant, request) => {
  const { context } = service;
  const principal =
    request.parameters.get('grant_type') === 'client_credentials'
      ? (await authenticateClient(service, tenant, request)).principal
      : await verifyClientAssertion(context, requiredParameter(request, 'assertion'), {
          tenant,
          acceptsAudience: (audience) => isOwnAudience(context, tenant, audience),
          singleUse: true,
        });
  const resource = await resolveResource(context, tenant, requestedResource(request));
  const now = Math.floor(context.clock.now() / 1000);
  const expires = now + tenant.actorTokenSeconds;
  const issuer = `${acsIssuerId}@${tenant.id}`;
  const token = await service.sign({
    aud: resource.audience,
    iss: issuer,
    iat: now,
    nbf: now,
    exp: expires,
    identityprovider: issuer,
    nameid: `${principal.appId}@${tenant.id}`,
    oid: principal.objectId,
    sub: principal.objectId,
    trustedfordelegation: principal.trustedForDelegation === 1 ? 'true' : 'false',
    jti: randomUUID(),
  });
  return {
    token_type: 'Bearer',
    expires_in: String(expires - now),
    not_before: String(now),
    expires_on: String(expires),
    resource: resource.audience,
    access_token: token,
  };
};
