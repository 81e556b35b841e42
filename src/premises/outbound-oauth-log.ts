import type { Stored } from '../organization/index.ts';

/** What a `Bearer` challenge asks for (RFC 6750 §3, [MS-XOAUTH] §2.2.1). */
export interface BearerChallenge {
  clientId: string;
  realm: string;
  /** `issuer@realm`; absent where the challenge does not name any. */
  trustedIssuers: readonly string[] | undefined;
}

/** The `Bearer` part of WWW-Authenticate fields; undefined where there is none. */
export function readBearerChallenge(fields: string): BearerChallenge | undefined {
  // Up to the next scheme: what stands there may have a realm of its own.
  const [, parameters] = /(?:^|,\s*)Bearer\b([^]*?)(?:,\s*(?:Basic|Negotiate|NTLM|Digest)\b|$)/i.exec(fields.slice(0, 16_384)) ?? [];
  if (parameters === undefined) return undefined;
  const value = (name: string): string | undefined => new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(parameters)?.[1];
  const issuers = value('trusted_issuers');
  return {
    clientId: value('client_id') ?? '',
    realm: value('realm') ?? '',
    // A realm that is left blank is any; Exchange shows it as a star.
    trustedIssuers: issuers?.split(',').flatMap((issuer) => (issuer.trim() === '' ? [] : [issuer.trim().replace(/@$/, '@*')])),
  };
}

/** Lines in the words of captured output of Test-OAuthConnectivity. */
export const outboundLines = {
  entering: 'Information:[OAuthCredentials:Authenticate] entering',
  challenge: (url: string, fields: string): string => `Information:[OAuthCredentials:Authenticate] challenge from '${url}' received: ${fields}`,
  building({ clientId, realm, trustedIssuers = [] }: BearerChallenge): string[] {
    return [
      `Information:[OAuthCredentials:GetToken] client-id: '${clientId}', realm: '${realm}', trusted_issuer: '${trustedIssuers.join(',')}'`,
      "Information:[OAuthCredentials:GetToken] Start building a token using organizationId ''",
      'Information:[OAuthTokenBuilder:GetAppToken] start building the apptoken',
      'Information:[OAuthTokenBuilder:GetAppToken] checking enabled auth servers',
    ];
  },
  tenant: (realm: string): string => `Information:[OAuthTokenBuilder:GetAppToken] updating the tenant id with the auth server realm; current tenant id value is '', new value is '${realm}'`,
  asking: (server: string, resource: string, tenantId: string, userDomain: string): string =>
    `Information:[OAuthTokenBuilder:GetAppToken] trying to get the apptoken from the auth server '${server}' for resource '${resource}', tenantId '${tenantId}', userDomain '${userDomain}'`,
  sending: (url: string, token: string): string => `Information:[OAuthCredentials:Authenticate] send request to '${url}' with the bearer token: '${describeToken(token)}'`,
} as const;

/** Whether an authorization server of this organisation is one that the other side trusts. */
export function isTrustedIssuer({ properties }: Stored<'AuthServer'>, issuers: readonly string[]): boolean {
  const { IssuerIdentifier: id, Realm: realm } = properties;
  return issuers.some((issuer) => {
    const [wantedId = '', wantedRealm = '*'] = issuer.split('@');
    return wantedId.toLowerCase() === id?.toLowerCase() && (wantedRealm === '*' || wantedRealm.toLowerCase() === (realm ?? '').toLowerCase());
  });
}

/** One line for each enabled server, as captured, the domains spelt out. */
export function trustLine(server: Stored<'AuthServer'>, issuers: readonly string[]): string {
  const { IssuerIdentifier: id, Realm: realm, DomainName } = server.properties;
  return `Information:[OAuthTokenBuilder:GetAppToken] trusted_issuer ${isTrustedIssuer(server, issuers) ? 'includes' : 'does NOT include'} the auth server '${server.name}' ( having DomainName : ${DomainName.join(', ')} ): ${id ?? ''}@${realm ?? ''},`;
}

const shownHeaders = new Set(['typ', 'alg', 'x5t', 'kid']);
const shownClaims = ['oid', 'iss', 'aud', 'nbf', 'exp'];

/** Who says what to whom, and until when. Signatures, and with them everything that could be used again, are left out. */
export function describeToken(token: string): string {
  const [header, claims] = token.split('.').slice(0, 2).map(parsePart);
  const shownHeader = Object.fromEntries(Object.entries(header ?? {}).filter(([name]) => shownHeaders.has(name)));
  const shown = shownClaims.flatMap((name) => {
    const value = claims?.[name];
    return typeof value === 'string' || typeof value === 'number' ? [`"${name}": "${value}"`] : [];
  });
  const actor = claims?.['actortoken'];
  return `${JSON.stringify(shownHeader)}.${shown.join(' ')}${typeof actor === 'string' ? ` ; actor: ${describeToken(actor)}` : ''}`;
}

function parsePart(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
