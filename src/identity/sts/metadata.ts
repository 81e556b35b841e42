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
 * OpenID Connect Discovery 1.0 §3: what answers, and nothing else. `tenant` is undefined for `common`, where the tenant
 * of the person decides; the issuer then has the place of its id, as Azure AD writes it.
 */
export function openIdConfiguration(context: StsContext, tenant: StsTenant | undefined, version: 'v1' | 'v2'): unknown {
  const base = `${context.publicUrl}/${tenant?.id ?? 'common'}`;
  const infix = version === 'v2' ? '/v2.0' : '';
  const grants = ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code', 'urn:ietf:params:oauth:grant-type:jwt-bearer', ...(tenant === undefined ? [] : ['client_credentials'])];
  return {
    issuer: `${issuerOfTenant(context, tenant?.id ?? '{tenantid}')}${version === 'v2' ? 'v2.0' : ''}`,
    authorization_endpoint: `${base}/oauth2${infix}/authorize`,
    token_endpoint: `${base}/oauth2${infix}/token`,
    device_authorization_endpoint: `${base}/oauth2${infix}/devicecode`,
    end_session_endpoint: `${base}/oauth2${infix}/logout`,
    jwks_uri: `${base}/discovery${infix}/keys`,
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    grant_types_supported: [...grants, ...(tenant?.passwordGrantEnabled === false ? [] : ['password'])],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_post', 'private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS256', 'PS256'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'name', 'oid', 'tid', 'ver', ...(version === 'v2' ? ['preferred_username', 'email'] : ['upn', 'unique_name'])],
    prompt_values_supported: ['none', 'login', 'select_account', 'consent'],
    authorization_response_iss_parameter_supported: true,
    request_uri_parameter_supported: false,
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
