import { randomUUID } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { samlProtocol } from '../../federation/sign-in/open-sign-in-answer.ts';
import { saml2 } from '../../federation/sign-in/sign-in-assertion.ts';
import { createXmlWriter } from '../../../xml/index.ts';
import { tooManyRequests } from '../aadsts-errors.ts';
import { domainAuthenticationOf, domainOf } from '../domain-authentication.ts';
import { createOpaqueToken, hashOpaqueToken } from '../opaque-token.ts';
import { withParameters } from '../redirect-uris.ts';
import { removeExpired } from '../remove-expired.ts';
import type { StsContext } from '../sts-context.ts';
import type { StsDomainFederation } from '../sts-types.ts';
import { ensureBrowserSecret } from './browser.ts';
import type { Exchange } from './exchange.ts';
import { purposePath } from './purpose.ts';
import type { Purpose } from './purpose.ts';

/** Under this name identity providers know the service, as they know Azure AD; published. */
export const federationRealm = 'urn:federation:MicrosoftOnline';

/** How long somebody may take at their identity provider. */
const lifeMs = 900_000;

/** Where identity providers send their answers; the path is the published one. */
export function federatedAnswerUrl({ publicUrl }: Pick<StsContext, 'publicUrl'>): string {
  return `${publicUrl}/login.srf`;
}

/** The identity provider of a user name, where its domain has one. */
export async function identityProviderOf(context: StsContext, tenantId: string, userName: string): Promise<StsDomainFederation | undefined> {
  const domain = await domainAuthenticationOf(context, tenantId, userName);
  return domain.authentication === 'Federated' ? domain : undefined;
}

export interface FederatedSignIn {
  tenantId: string;
  /** A user name, or a domain alone. */
  userName: string;
  provider: StsDomainFederation;
  purpose: Purpose;
}

/**
 * Begins a sign-in at an identity provider: the address to which the browser goes. What the sign-in is for stays here,
 * under a name that only this browser can go on with.
 *
 * @throws AadstsError 90055 for an address that begins too many
 */
export async function beginFederatedSignIn(exchange: Exchange, { tenantId, userName, provider, purpose }: FederatedSignIn): Promise<string> {
  const { context, starts } = exchange.service;
  if (!starts.mayStart(exchange.clientAddress)) throw tooManyRequests();
  const state = createOpaqueToken();
  const requestId = `_${randomUUID()}`;
  const now = context.clock.now();
  const freshFrom = freshnessOf(purpose, now);
  await removeExpired(context);
  await context.db
    .insertInto('pendingFederatedSignIn')
    .values({
      stateHash: hashOpaqueToken(state),
      browserHash: hashOpaqueToken(ensureBrowserSecret(exchange.request, exchange.response)),
      tenantId,
      domain: domainOf(userName),
      purpose: purposePath(purpose),
      requestId,
      freshFrom,
      expiresAt: now + lifeMs,
      resumeHash: null,
      userId: null,
      methods: null,
    })
    .execute();
  const asks = { 'client-request-id': exchange.requestId, ...(userName.includes('@') ? { username: userName, login_hint: userName } : {}) };
  const request =
    provider.preferredAuthenticationProtocol === 'saml'
      ? { SAMLRequest: writeRequest(context, { requestId, provider, now, isFresh: freshFrom !== null }), RelayState: state }
      : { wa: 'wsignin1.0', wtrealm: federationRealm, wctx: state, wct: seconds(now), ...(freshFrom === null ? {} : { wfresh: '0' }) };
  return withParameters(provider.passiveSignInUri, { ...request, ...asks }, 'query');
}

/** Since when the person must have proved themselves: `prompt=login` and `max_age` (OpenID Connect Core §3.1.2.1). */
function freshnessOf(purpose: Purpose, now: number): number | null {
  if (purpose.kind === 'device') return null;
  if (purpose.parameters.get('prompt') === 'login') return now;
  const maxAge = purpose.parameters.get('max_age') ?? '';
  return /^\d{1,9}$/.test(maxAge) ? now - Number(maxAge) * 1000 : null;
}

/** An unsigned `samlp:AuthnRequest` for the redirect binding (saml-core-2.0 §3.4.1, saml-bindings-2.0 §3.4.4), in the shape that Azure AD sends. */
function writeRequest(context: StsContext, { requestId, provider, now, isFresh }: { requestId: string; provider: StsDomainFederation; now: number; isFresh: boolean }): string {
  const writer = createXmlWriter();
  writer.open('samlp:AuthnRequest', {
    'xmlns:samlp': samlProtocol,
    ID: requestId,
    Version: '2.0',
    IssueInstant: seconds(now),
    Destination: provider.passiveSignInUri,
    AssertionConsumerServiceURL: federatedAnswerUrl(context),
    ProtocolBinding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
    ...(isFresh ? { ForceAuthn: 'true' } : {}),
  });
  writer.element('saml:Issuer', federationRealm, { 'xmlns:saml': saml2 });
  writer.element('samlp:NameIDPolicy', '', { Format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' });
  writer.close();
  return deflateRawSync(writer.toString()).toString('base64');
}

function seconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
