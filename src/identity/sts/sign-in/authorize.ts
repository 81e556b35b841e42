import { randomUUID } from 'node:crypto';
import { aadstsDescription, AadstsError } from '../aadsts-error.ts';
import { checkNetworks, checkSecondFactor, needsSecondFactor, resolveAccess } from '../access-policy.ts';
import { hasAuthenticator } from '../authenticators.ts';
import { hasConsent, mayConsent } from '../consents.ts';
import { hasFederatedDomain } from '../domain-authentication.ts';
import { createOpaqueToken, hashOpaqueToken } from '../opaque-token.ts';
import { withParameters } from '../redirect-uris.ts';
import { removeExpired } from '../remove-expired.ts';
import { accessColumns } from '../requested-access.ts';
import { adminConsentRequired, consentNeeded, nobodySignedIn, secondFactorNotEnrolled } from '../sign-in-errors.ts';
import { issuerOfTenant } from '../sts-context.ts';
import type { StsContext } from '../sts-context.ts';
import { readAuthorizationRequest, trustAddress } from './authorization-request.ts';
import type { AnswerAddress, AuthorizationRequest, AuthorizePurpose, RequestParties } from './authorization-request.ts';
import { ensureBrowserSecret, readSessionCookie } from './browser.ts';
import type { Exchange } from './exchange.ts';
import { beginFederatedSignIn, identityProviderOf } from './federated-sign-in.ts';
import { permissionLines, sendConsentPage } from './pages/consent-page.ts';
import { sendFormPost, sendSecondFactorPage, sendSignInPage } from './pages/sign-in-page.ts';
import type { SignInView } from './pages/sign-in-page.ts';
import { createPendingSignIn } from './pending-sign-ins.ts';
import { findSession } from './sessions.ts';
import type { Session } from './sessions.ts';

/** RFC 6749 §4.1.2 recommends ten minutes at most. */
const codeLifeMs = 600_000;

/**
 * Answers an authorization request (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2): with a code where the browser's session
 * will do, else with the sign-in page. Refusals go back to the application once its address is trusted; a person who
 * lacks a second factor is told on a page, because the application could only try again.
 *
 * @throws AadstsError before the address is trusted
 */
export async function answerAuthorize(exchange: Exchange, purpose: AuthorizePurpose): Promise<void> {
  const { context } = exchange.service;
  const session = await findSession(context, readSessionCookie(exchange.request));
  const { address, ...parties } = await trustAddress(context, purpose, session);
  try {
    const request = readAuthorizationRequest(purpose, parties.client);
    if (parties.tenant !== undefined) await resolveAccess(context, parties.tenant, parties.client, request.access);
    if (session === undefined || parties.tenant === undefined || !serves(context, session, parties.tenant.id, request)) {
      if (request.prompt === 'none') throw nobodySignedIn();
      return await askForSignIn(exchange, { purpose, parties, address, request });
    }
    await answerWithSession(exchange, { purpose, address, request, session, parties: { tenant: parties.tenant, client: parties.client } });
  } catch (error) {
    if (!(error instanceof AadstsError) || error.codes[0] === 50079) throw error;
    sendRefusal(exchange, address, error);
  }
}

/** Tells the application of a refusal. */
export function sendRefusal(exchange: Exchange, address: AnswerAddress, refusal: AadstsError): void {
  exchange.note(refusal);
  const ids = { traceId: exchange.traceId, correlationId: exchange.requestId, now: exchange.service.context.clock.now() };
  sendAnswer(exchange, address, { error: refusal.error, error_description: aadstsDescription(refusal, ids) });
}

/** True when the session is of the tenant and the person that the request means, and fresh enough. */
function serves({ clock }: StsContext, session: Session, tenantId: string, { prompt, loginHint, maxAge }: AuthorizationRequest): boolean {
  if (session.tenantId !== tenantId || prompt === 'login' || prompt === 'select_account') return false;
  if (loginHint !== undefined && loginHint.toLowerCase() !== session.user.userPrincipalNameKey) return false;
  return maxAge === undefined || clock.now() - session.signedInAt <= maxAge * 1000;
}

interface Answerable {
  purpose: AuthorizePurpose;
  address: AnswerAddress;
  request: AuthorizationRequest;
  session: Session;
  parties: RequestParties & { tenant: NonNullable<RequestParties['tenant']> };
}

async function answerWithSession(exchange: Exchange, answerable: Answerable): Promise<void> {
  const { context } = exchange.service;
  const { purpose, address, request, session, parties } = answerable;
  const { tenant, client } = parties;
  const { application } = await resolveAccess(context, tenant, client, request.access);
  checkNetworks(exchange.clientAddress, client, application, 'authorize');
  if (needsSecondFactor(client, application) && !session.methods.includes('mfa') && request.prompt !== 'none') {
    if (!(await hasAuthenticator(context, session.user.objectId))) throw secondFactorNotEnrolled(application.displayName);
    const browserSecret = ensureBrowserSecret(exchange.request, exchange.response);
    const pending = await createPendingSignIn(context, { userId: session.user.objectId, browserSecret, methods: session.methods });
    return sendSecondFactorPage(exchange.response, { ...viewOf(purpose, parties, address), browserSecret, userName: session.user.userPrincipalName, pending });
  }
  await checkSecondFactor(context, session.user.objectId, session.methods, client, application);
  const isConsented = await hasConsent(context, { client, application }, session.user.objectId);
  if (!isConsented && request.prompt === 'none') throw consentNeeded(client.appId, client.displayName);
  if (!isConsented || request.prompt === 'consent') return askForConsent(exchange, answerable, application.displayName);
  const issuer = issuerOfTenant(context, tenant.id);
  const code = await createAuthorizationCode(context, answerable);
  sendAnswer(exchange, address, { code, iss: purpose.endpoint === 'v2' ? `${issuer}v2.0` : issuer, session_state: randomUUID() });
}

function askForConsent(exchange: Exchange, { purpose, address, request, session, parties }: Answerable, resource: string): void {
  const { user } = session;
  const may = !mayConsent(parties.tenant, user) ? 'no' : user.administrator === 1 ? 'everybody' : 'self';
  if (may === 'no') exchange.note(adminConsentRequired());
  sendConsentPage(exchange.response, {
    purpose,
    browserSecret: ensureBrowserSecret(exchange.request, exchange.response),
    organization: parties.tenant.displayName,
    application: parties.client.displayName,
    formTarget: address.redirectUri,
    userName: user.userPrincipalName,
    userId: user.objectId,
    permissions: permissionLines(request.access, resource),
    mayConsent: may,
    ...(may === 'no' ? { status: 403 } : {}),
  });
}

async function createAuthorizationCode(context: StsContext, { parties, address, request, session }: Answerable): Promise<string> {
  await removeExpired(context);
  const code = createOpaqueToken();
  await context.db
    .insertInto('authorizationCode')
    .values({
      codeHash: hashOpaqueToken(code),
      tenantId: parties.tenant.id,
      clientId: parties.client.appId,
      userId: session.user.objectId,
      redirectUri: address.redirectUri,
      codeChallenge: request.codeChallenge,
      ...accessColumns(request.access),
      nonce: request.nonce,
      methods: session.methods,
      signedInAt: session.signedInAt,
      expiresAt: context.clock.now() + codeLifeMs,
      redeemedAt: null,
      familyId: randomUUID(),
    })
    .execute();
  return code;
}

/** `iss` is RFC 9207's: the client sees who answered. */
function sendAnswer({ response }: Exchange, { redirectUri, state, mode }: AnswerAddress, parameters: Readonly<Record<string, string>>): void {
  const complete = { ...parameters, ...(state === undefined ? {} : { state }) };
  if (mode === 'form_post') return sendFormPost(response, redirectUri, complete);
  response.writeHead(302, { location: withParameters(redirectUri, complete, mode), 'cache-control': 'no-store', pragma: 'no-cache', 'referrer-policy': 'no-referrer', 'content-length': '0' });
  response.end();
}

/** Shows the sign-in page; whose organisation signs them in elsewhere goes there, where the request tells who it is. */
async function askForSignIn(exchange: Exchange, { purpose, parties, address, request }: Pick<Answerable, 'purpose' | 'address' | 'request'> & { parties: RequestParties }): Promise<void> {
  const { service, response } = exchange;
  const { tenant } = parties;
  const hint = request.prompt === 'select_account' ? undefined : (request.loginHint ?? purpose.parameters.get('domain_hint'));
  const provider = tenant === undefined || hint === undefined ? undefined : await identityProviderOf(service.context, tenant.id, hint);
  if (tenant !== undefined && hint !== undefined && provider !== undefined) {
    const location = await beginFederatedSignIn(exchange, { tenantId: tenant.id, userName: hint, provider, purpose });
    response.writeHead(302, { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'content-length': '0' });
    response.end();
    return;
  }
  const browserSecret = ensureBrowserSecret(exchange.request, response);
  const { loginHint } = request;
  sendSignInPage(response, { ...viewOf(purpose, parties, address), nameFirst: await hasFederatedDomain(service.context, tenant?.id), browserSecret, ...(loginHint === undefined ? {} : { userName: loginHint }) });
}

/** What a page of this sign-in shows. */
export function viewOf(purpose: AuthorizePurpose, { tenant, client }: RequestParties, address: AnswerAddress): Omit<SignInView, 'browserSecret'> {
  return { purpose, application: client.displayName, formTarget: address.redirectUri, ...(tenant === undefined ? {} : { organization: tenant.displayName }) };
}
