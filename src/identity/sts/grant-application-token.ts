import { randomUUID } from 'node:crypto';
import { authenticateClient } from './authenticate-client.ts';
import type { Grant, TokenAnswer } from './grant-token.ts';
import { rolesIn } from './groups.ts';
import { requestedResource, resolveResource } from './resolve-resource.ts';
import { findServicePrincipalRow } from './service-principals.ts';
import { issuerOfTenant } from './sts-context.ts';
import type { TokenEndpoint } from './token-request.ts';

/** Issues a token for an application by itself (RFC 6749 §4.4). Roles that it was assigned in the resource come along. Both versions of the endpoint issue the version 1 token that Exchange takes. */
export const grantApplicationToken: Grant = async (service, tenant, request) => {
  const { principal, method } = await authenticateClient(service, tenant, request);
  const resource = await resolveResource(service.context, tenant, requestedResource(request));
  const application = await findServicePrincipalRow(service.context, tenant.id, resource.appId);
  const roles = application === undefined ? [] : await rolesIn(service.context, application, [principal.objectId]);
  const now = Math.floor(service.context.clock.now() / 1000);
  const issuer = issuerOfTenant(service.context, tenant.id);
  const token = await service.sign({
    aud: resource.audience,
    iss: issuer,
    iat: now,
    nbf: now,
    exp: now + tenant.accessTokenSeconds,
    appid: principal.appId,
    appidacr: method,
    idp: issuer,
    ...(roles.length === 0 ? {} : { roles }),
    oid: principal.objectId,
    sub: principal.objectId,
    tid: tenant.id,
    uti: randomUUID(),
    ver: '1.0',
  });
  return accessTokenAnswer(request.endpoint, { token, now, seconds: tenant.accessTokenSeconds, resource: resource.audience });
};

/** Version 1 answers in texts and names the resource; version 2 in numbers. */
export function accessTokenAnswer(endpoint: TokenEndpoint, granted: { token: string; now: number; seconds: number; resource: string }): TokenAnswer {
  const { token, now, seconds, resource } = granted;
  if (endpoint === 'v2') return { token_type: 'Bearer', expires_in: seconds, ext_expires_in: seconds, access_token: token };
  return {
    token_type: 'Bearer',
    expires_in: String(seconds),
    ext_expires_in: String(seconds),
    expires_on: String(now + seconds),
    not_before: String(now),
    resource,
    access_token: token,
  };
}
