import { X509Certificate } from 'node:crypto';
import { acsIssuerId } from '../well-known.ts';
import { publishedKeys } from './signing-keys.ts';
import { issuerOfTenant } from './sts-context.ts';
import type { StsContext } from './sts-context.ts';
import type { StsTenant } from './sts-types.ts';

/**
 * The ACS metadata document of a tenant, `/{tenant id}/metadata/json/1`: what `Set-AuthServer -AuthMetadataUrl` reads.
 * Member names as public captures of ACS and SharePoint show them; `allowedAudiences` and `keyinfo` *unverified*.
 */
export async function acsMetadata(context: StsContext, tenant: StsTenant): Promise<unknown> {
  const keys = await publishedKeys(context);
  return {
    id: `${acsIssuerId}@${tenant.id}`,
    version: '1.0',
    name: acsIssuerId,
    realm: tenant.id,
    serviceName: acsIssuerId,
    issuer: `${acsIssuerId}@${tenant.id}`,
    allowedAudiences: [`${acsIssuerId}/${context.hostName}@${tenant.id}`],
    keys: keys.map(({ x5t, certificate }) => ({ usage: 'signing', keyinfo: { x5t }, keyValue: { type: 'x509Certificate', value: certificate } })),
    endpoints: [{ location: `${context.publicUrl}/${tenant.id}/tokens/OAuth/2`, protocol: 'OAuth2', usage: 'issuance' }],
  };
}

/**
 * OpenID Connect Discovery 1.0 §3. `authorization_endpoint` must be there for clients to read the document at all; the
 * service signs nobody in interactively, so nothing answers at it, and no response type is announced.
 */
export function openIdConfiguration(context: StsContext, tenant: StsTenant, version: 'v1' | 'v2'): unknown {
  const base = `${context.publicUrl}/${tenant.id}`;
  const infix = version === 'v2' ? '/v2.0' : '';
  return {
    issuer: `${issuerOfTenant(context, tenant.id)}${version === 'v2' ? 'v2.0' : ''}`,
    token_endpoint: `${base}/oauth2${infix}/token`,
    jwks_uri: `${base}/discovery${infix}/keys`,
    authorization_endpoint: `${base}/oauth2${infix}/authorize`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256'],
    grant_types_supported: ['client_credentials', 'password'],
    response_types_supported: [],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid'],
    tenant_region_scope: null,
  };
}

/** The published keys as a key set (RFC 7517), each with its certificate. */
export async function keySet(context: StsContext): Promise<unknown> {
  const keys = await publishedKeys(context);
  return {
    keys: keys.map(({ x5t, certificate }) => {
      const { n, e } = new X509Certificate(Buffer.from(certificate, 'base64')).publicKey.export({ format: 'jwk' });
      return { kty: 'RSA', use: 'sig', kid: x5t, x5t, n, e, x5c: [certificate] };
    }),
  };
}
