import type { Dispatcher } from 'undici';
import { z } from 'zod';
import { findAttribute, findChild, findChildren, parseXml } from '../../xml/index.ts';
import { certificateBase64 } from '../certificates/read-certificate.ts';
import { IdentityError } from '../identity-error.ts';
import { connectFailure, fetchJson } from './fetch-json.ts';
import type { JsonAnswer } from './fetch-json.ts';

/** What an authorization server says about itself: enough to fill an AuthServer object. */
export interface AuthMetadata {
  type: 'MicrosoftACS' | 'AzureAD';
  /** For ACS without the realm, which is apart. */
  issuerIdentifier: string;
  /** The tenant, where the document names one. */
  realm?: string;
  /** base64 DER, the order of the document. */
  certificates: readonly string[];
  tokenIssuingEndpoint?: string;
  authorizationEndpoint?: string;
}

const text = z.string().max(32_768);

const keyValue = z.object({ type: text, value: text });

/** The document at `/metadata/json/1`. Field names as public captures of ACS and SharePoint show them; unknown ones are ignored. */
const acsDocument = z.object({
  issuer: text,
  realm: text.optional(),
  // Token services write `keyValue`, Exchange’s own document `keyvalue`.
  keys: z.array(z.object({ keyValue: keyValue.optional(), keyvalue: keyValue.optional() })).max(50),
  endpoints: z.array(z.object({ location: text, protocol: text, usage: text.optional() })).max(50).default([]),
});

/** OpenID Connect Discovery 1.0 §3. */
const openIdDocument = z.object({ issuer: text, jwks_uri: z.url({ protocol: /^https$/ }), token_endpoint: text.optional(), authorization_endpoint: text.optional() });

/** RFC 7517 §4.7: only keys that bring their certificate are of use, because AuthServer objects hold certificates. */
const keySet = z.object({ keys: z.array(z.object({ x5c: z.array(text).optional() })).max(100) });

/**
 * Fetches and reads an authorization server's metadata: `/metadata/json/1`, a federation metadata document, or an OpenID
 * configuration with the key set that it points to.
 *
 * @throws IdentityError `IDENTITY_METADATA_UNAVAILABLE` (no answer, or not 200: `facts.status`, `facts.cause`),
 *   `IDENTITY_METADATA_UNREADABLE` (no such document, no key in it, or a certificate that cannot be read)
 */
export async function fetchAuthMetadata(url: string, httpClient: Dispatcher): Promise<AuthMetadata> {
  const { value: document, text: body } = await fetchDocument(url, httpClient);
  if (document === undefined) return fromFederationMetadata(body ?? '', url);
  const acs = acsDocument.safeParse(document);
  if (acs.success) return fromAcs(acs.data, url);
  const openId = openIdDocument.safeParse(document);
  if (!openId.success) throw unreadable(url, 'neither an ACS metadata document nor an OpenID configuration');
  const keys = keySet.safeParse((await fetchDocument(openId.data.jwks_uri, httpClient)).value);
  if (!keys.success) throw unreadable(openId.data.jwks_uri, 'not a key set');
  const { issuer, token_endpoint: token, authorization_endpoint: authorization } = openId.data;
  const realm = realmOfIssuer(issuer);
  return {
    type: 'AzureAD',
    issuerIdentifier: issuer,
    ...(realm === undefined ? {} : { realm }),
    certificates: readCertificates(keys.data.keys.flatMap((key) => key.x5c?.slice(0, 1) ?? []), url),
    ...(token === undefined ? {} : { tokenIssuingEndpoint: token }),
    ...(authorization === undefined ? {} : { authorizationEndpoint: authorization }),
  };
}

function fromAcs(document: z.infer<typeof acsDocument>, url: string): AuthMetadata {
  const [issuerIdentifier = '', realm = document.realm] = document.issuer.split('@');
  const certificates = document.keys.map((key) => key.keyValue ?? key.keyvalue).flatMap((key) => (key?.type.toLowerCase() === 'x509certificate' ? [key.value] : []));
  const token = document.endpoints.find((endpoint) => endpoint.protocol === 'OAuth2' && (endpoint.usage === undefined || endpoint.usage.toLowerCase() === 'issuance'));
  return {
    type: 'MicrosoftACS',
    issuerIdentifier,
    ...(realm === undefined ? {} : { realm }),
    certificates: readCertificates(certificates, url),
    ...(token === undefined ? {} : { tokenIssuingEndpoint: token.location }),
  };
}

const samlMetadata = 'urn:oasis:names:tc:SAML:2.0:metadata';
const xmlSignature = 'http://www.w3.org/2000/09/xmldsig#';
const federationPath = /^\/[^/]+\/federationmetadata\/2007-06\/federationmetadata\.xml$/i;
const adfsPath = /^\/federationmetadata\/2007-06\/federationmetadata\.xml$/i;

/**
 * Reads the signing certificates of a security token service from federation metadata (SAML 2.0 Metadata §2.3.2 with the
 * `RoleDescriptor` of WS-Federation 1.2 §3.1). The document names no OAuth endpoints: for a document at Azure AD's path
 * they are those of `common` on the same host, as Exchange's own `EvoSts` object has them (*unverified* as a rule); for one
 * at AD FS's, `/adfs/oauth2/` on it, where AD FS has them (Microsoft Learn, "AD FS OpenID Connect/OAuth concepts").
 */
function fromFederationMetadata(body: string, url: string): AuthMetadata {
  let root: ReturnType<typeof parseXml>;
  try {
    root = parseXml(body);
  } catch (error) {
    throw unreadable(url, 'not well-formed XML', error);
  }
  const issuer = findAttribute(root, 'entityID');
  if (root.local !== 'EntityDescriptor' || root.namespace !== samlMetadata || issuer === undefined) throw unreadable(url, 'no federation metadata document');
  const certificates = findChildren(root, samlMetadata, 'RoleDescriptor')
    .filter((role) => /(?:^|:)SecurityTokenServiceType$/.test(findAttribute(role, 'type', 'http://www.w3.org/2001/XMLSchema-instance') ?? ''))
    .flatMap((role) => findChildren(role, samlMetadata, 'KeyDescriptor'))
    .filter((key) => findAttribute(key, 'use') !== 'encryption')
    .flatMap((key) => findChild(key, xmlSignature, 'KeyInfo') ?? [])
    .flatMap((info) => findChildren(info, xmlSignature, 'X509Data'))
    .flatMap((data) => findChildren(data, xmlSignature, 'X509Certificate'))
    .map((certificate) => certificate.text.trim());
  const realm = realmOfIssuer(issuer);
  const { origin, pathname } = new URL(url);
  return {
    type: 'AzureAD',
    issuerIdentifier: issuer,
    ...(realm === undefined ? {} : { realm }),
    certificates: readCertificates(certificates, url),
    ...oauthEndpoints(origin, pathname),
  };
}

function oauthEndpoints(origin: string, pathname: string): Pick<AuthMetadata, 'tokenIssuingEndpoint' | 'authorizationEndpoint'> {
  const folder = federationPath.test(pathname) ? 'common/oauth2' : adfsPath.test(pathname) ? 'adfs/oauth2' : undefined;
  return folder === undefined ? {} : { tokenIssuingEndpoint: `${origin}/${folder}/token`, authorizationEndpoint: `${origin}/${folder}/authorize` };
}

function realmOfIssuer(issuer: string): string | undefined {
  return /\/([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\//i.exec(issuer)?.[1];
}

function readCertificates(certificates: readonly string[], url: string): string[] {
  if (certificates.length === 0) throw unreadable(url, 'no signing certificate');
  try {
    return [...new Set(certificates.map(certificateBase64))];
  } catch (error) {
    throw unreadable(url, 'a certificate that cannot be read', error);
  }
}

async function fetchDocument(url: string, httpClient: Dispatcher): Promise<JsonAnswer> {
  let answer: JsonAnswer;
  try {
    answer = await fetchJson(url, { httpClient, timeoutMs: 15_000 });
  } catch (error) {
    throw unavailable(url, { cause: connectFailure(error) }, error);
  }
  if (answer.status !== 200) throw unavailable(url, { status: answer.status });
  if (answer.value === undefined && !/^\s*(?:\uFEFF\s*)?</.test(answer.text ?? '')) throw unreadable(url, `neither JSON nor XML but ${answer.contentType || 'unnamed content'}`);
  return answer;
}

function unavailable(url: string, facts: Record<string, unknown>, cause?: unknown): IdentityError {
  return new IdentityError('IDENTITY_METADATA_UNAVAILABLE', 'The metadata of the authorization server cannot be fetched.', {
    facts: { url, ...facts },
    retryable: true,
    remedy: 'Check the address in AuthMetadataUrl, name resolution, proxy and certificates on the way to it.',
    ...(cause === undefined ? {} : { cause }),
  });
}

function unreadable(url: string, what: string, cause?: unknown): IdentityError {
  return new IdentityError('IDENTITY_METADATA_UNREADABLE', 'What answers at the metadata address is not usable metadata.', {
    facts: { url, what },
    remedy: 'Check the address in AuthMetadataUrl: it must be a /metadata/json/1 document, a federation metadata document or an OpenID configuration.',
    ...(cause === undefined ? {} : { cause }),
  });
}
