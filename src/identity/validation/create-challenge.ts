import { exchangeApplicationId } from '../well-known.ts';
import { formatDiagnostics, quotable } from './token-rejected.ts';
import type { TokenRejected } from './token-rejected.ts';
import type { TrustedAuthServer } from './trust-settings.ts';

export interface ChallengeOptions {
  /** The token that was just refused; absent where the client sent none, or an empty `Bearer`. */
  rejected?: TokenRejected;
  /** The client is one that `OAuth2ClientProfileEnabled` false keeps out; the value is the user's SMTP domain, empty where unknown. */
  notEnabledForDomain?: string;
}

export interface Challenge {
  /** Value of a `WWW-Authenticate` header. */
  wwwAuthenticate: string;
  /** Value of the `x-ms-diagnostics` header, where there is something to say. */
  diagnostics?: string;
}

/**
 * The `Bearer` challenge of a 401 ([MS-XOAUTH] §4.3 and the published captures of Hybrid Modern Authentication): which
 * issuers are trusted, which token types are taken, and where a person can sign in. There is no `authorization_uri` where
 * no enabled server that signs people in (AzureAD, ADFS) is the default authorization endpoint.
 */
export function createChallenge(servers: readonly TrustedAuthServer[], options: ChallengeOptions = {}): Challenge {
  const enabled = servers.filter((server) => server.enabled);
  const issuers = enabled.flatMap((server) => (server.type === 'MicrosoftACS' && server.realm !== undefined && server.realm !== '' ? [`${server.issuerIdentifier}@${server.realm}`] : []));
  const signIn = enabled.find((server) => server.type !== 'MicrosoftACS' && server.isDefaultAuthorizationEndpoint);
  const fields = [
    `client_id="${exchangeApplicationId}"`,
    `trusted_issuers="${quotable([...new Set(issuers)].join(','))}"`,
    'token_types="app_asserted_user_v1 service_asserted_app_v1"',
    ...(signIn?.authorizationEndpoint === undefined ? [] : [`authorization_uri="${quotable(signIn.authorizationEndpoint)}"`]),
    ...(options.rejected === undefined ? [] : ['error="invalid_token"']),
  ];
  return { wwwAuthenticate: `Bearer ${fields.join(', ')}`, ...diagnosticsOf(options) };
}

function diagnosticsOf({ rejected, notEnabledForDomain }: ChallengeOptions): { diagnostics?: string } {
  if (rejected !== undefined) return { diagnostics: formatDiagnostics(rejected.diagnostics) };
  if (notEnabledForDomain === undefined) return {};
  const reason = `Flighting is not enabled for domain '${quotable(notEnabledForDomain)}'.`;
  return { diagnostics: formatDiagnostics({ code: '4000000', reason, category: 'oauth_not_available' }) };
}
