import { createHash } from 'node:crypto';
import { isDuplicateKey } from '../../../store/index.ts';
import { allowedSkewMs } from '../../federation/federation-namespaces.ts';
import { openSamlResponse, openTokenResponse } from '../../federation/sign-in/open-sign-in-answer.ts';
import type { SignInAnswer, SignInAnswerFault } from '../../federation/sign-in/open-sign-in-answer.ts';
import type { SignInAssertion } from '../../federation/sign-in/sign-in-assertion.ts';
import { AadstsError } from '../aadsts-error.ts';
import { accountDisabled, malformedRequest, missingParameter } from '../aadsts-errors.ts';
import { writeAudit } from '../audit.ts';
import { createOpaqueToken, hashOpaqueToken } from '../opaque-token.ts';
import { federatedSignatureInvalid, federatedSignInTooOld, federatedTokenInvalid, federatedTokenNotInTime, federatedUserNotFound, federationRealmUnknown } from '../sign-in-errors.ts';
import type { StsContext } from '../sts-context.ts';
import type { StsDomainFederation } from '../sts-types.ts';
import { getTenant } from '../tenants.ts';
import type { UserRow } from '../users.ts';
import { beginSession, continueToSecondFactor } from './begin-session.ts';
import { readBrowserSecret } from './browser.ts';
import type { Exchange } from './exchange.ts';
import { federatedAnswerUrl, federationRealm, identityProviderOf } from './federated-sign-in.ts';
import { sendContinuePage } from './pages/continue-page.ts';
import { readPurpose } from './purpose.ts';
import type { Purpose } from './purpose.ts';

type Form = ReadonlyMap<string, string>;

interface Pending {
  stateHash: string;
  tenantId: string;
  domain: string;
  requestId: string;
  freshFrom: number | null;
}

/**
 * Takes an identity provider's answer, which a browser brings in a form: `wresult` (WS-Federation 1.2 §13.2.2) or
 * `SAMLResponse` (saml-bindings-2.0 §3.5). The form comes from another site and so without cookies: the browser goes on
 * with a secret that only this answer gives, and must then be the one that began.
 *
 * @throws AadstsError 9002313, 900144, 50008, 5000811, 50107, 500133, 70044, 51004, 50057
 */
export async function answerFederatedSignIn(exchange: Exchange, form: Form): Promise<void> {
  const { context } = exchange.service;
  const pending = await findPending(context, form.get('wctx') ?? form.get('RelayState') ?? '');
  const provider = await identityProviderOf(context, pending.tenantId, pending.domain);
  if (provider === undefined) throw federationRealmUnknown(pending.domain);
  try {
    const assertion = readAnswer(context, form, pending, provider);
    const user = await findPerson(context, pending, assertion);
    await spend(context, assertion);
    const resume = createOpaqueToken();
    const methods = assertion.isMultiFactor && provider.federatedIdpMfaBehavior === 'acceptIfMfaDoneByFederatedIdp' ? 'fed mfa' : 'fed';
    const { numUpdatedRows } = await context.db.updateTable('pendingFederatedSignIn').set({ userId: user.objectId, methods, resumeHash: hashOpaqueToken(resume) }).where('stateHash', '=', pending.stateHash).where('resumeHash', 'is', null).executeTakeFirst();
    if (numUpdatedRows !== 1n) throw staleAnswer();
    sendContinuePage(exchange.response, { location: `/login/federated?resume=${resume}` });
  } catch (error) {
    if (error instanceof AadstsError) await endRefused(exchange, pending, error);
    throw error;
  }
}

/** Goes on after an identity provider's answer: in the browser that began, once. */
export async function resumeFederatedSignIn(exchange: Exchange, resume: string | undefined): Promise<void> {
  const { context } = exchange.service;
  const browserSecret = readBrowserSecret(exchange.request);
  const row = await context.db
    .deleteFrom('pendingFederatedSignIn')
    .where('resumeHash', '=', hashOpaqueToken(resume ?? ''))
    .where('browserHash', '=', hashOpaqueToken(browserSecret ?? ''))
    .where('expiresAt', '>', context.clock.now())
    .returning(['tenantId', 'userId', 'methods', 'purpose'])
    .executeTakeFirst();
  const user = row?.userId == null ? undefined : await context.db.selectFrom('user').selectAll().where('objectId', '=', row.userId).executeTakeFirst();
  if (row === undefined || row.methods === null || user === undefined || browserSecret === undefined) throw staleAnswer();
  if (user.enabled === 0) throw accountDisabled();
  const purpose = withName(readPurpose(row.purpose), user.userPrincipalName);
  if (!row.methods.includes('mfa') && (await continueToSecondFactor(exchange, { user, browserSecret, methods: row.methods, purpose }))) return;
  await beginSession(exchange, { tenant: await getTenant(context, row.tenantId), user, methods: row.methods, purpose });
}

/** A hint that names somebody else would lead back to the identity provider, and from there here again, for ever. */
function withName(purpose: Purpose, userName: string): Purpose {
  if (purpose.kind === 'device' || !purpose.parameters.has('login_hint')) return purpose;
  return { ...purpose, parameters: new Map([...purpose.parameters, ['login_hint', userName]]) };
}

async function findPending({ db, clock }: StsContext, state: string): Promise<Pending> {
  const row = await db
    .selectFrom('pendingFederatedSignIn')
    .select(['stateHash', 'tenantId', 'domain', 'requestId', 'freshFrom'])
    .where('stateHash', '=', hashOpaqueToken(state))
    .where('resumeHash', 'is', null)
    .where('expiresAt', '>', clock.now())
    .executeTakeFirst();
  if (row === undefined) throw staleAnswer();
  return row;
}

function readAnswer(context: StsContext, form: Form, pending: Pending, provider: StsDomainFederation): SignInAssertion {
  const answer = openAnswer(form, provider);
  if ('fault' in answer) throw refusalOf(answer);
  const { assertion } = answer;
  if (assertion.issuer !== provider.issuerUri) throw federationRealmUnknown(assertion.issuer);
  if (!assertion.audiences.includes(federationRealm)) throw federatedTokenInvalid('The audience is another one.', { audiences: assertion.audiences.slice(0, 5).join(' ').slice(0, 500) });
  const now = context.clock.now();
  const [begins, ends] = [assertion.notBefore, assertion.notOnOrAfter];
  if (now < begins - allowedSkewMs || now >= ends + allowedSkewMs) throw federatedTokenNotInTime({ now, begins, ends });
  if (provider.preferredAuthenticationProtocol === 'saml') checkAddressed(context, answer, pending, now);
  if (pending.freshFrom !== null && (assertion.authenticatedAt ?? 0) < pending.freshFrom - allowedSkewMs) throw federatedSignInTooOld();
  return assertion;
}

/** The protocol is the domain's; what comes by the other one was not asked for. */
function openAnswer(form: Form, provider: StsDomainFederation): SignInAnswer | SignInAnswerFault {
  const certificates = [provider.signingCertificate, provider.nextSigningCertificate ?? ''].filter((certificate) => certificate !== '');
  if (provider.preferredAuthenticationProtocol === 'saml') return openSamlResponse(Buffer.from(required(form, 'SAMLResponse'), 'base64').toString('utf8'), certificates);
  if (form.get('wa') !== 'wsignin1.0') throw malformedRequest('wa');
  return openTokenResponse(required(form, 'wresult'), certificates);
}

/** The web browser profile's confirmation: for this service, this request, and not too late (saml-profiles-2.0 §4.1.4.3). */
function checkAddressed(context: StsContext, { assertion, destination }: SignInAnswer, { requestId }: Pending, now: number): void {
  const here = federatedAnswerUrl(context);
  if (destination !== undefined && destination !== '' && destination !== here) throw federatedTokenInvalid('The destination is another one.', { destination: destination.slice(0, 500) });
  const confirmed = assertion.confirmations.some(({ recipient, inResponseTo, notOnOrAfter }) => recipient === here && inResponseTo === requestId && notOnOrAfter !== undefined && now < notOnOrAfter + allowedSkewMs);
  if (!confirmed) throw federatedTokenInvalid('It does not answer the request of this sign-in.');
}

function refusalOf(answer: SignInAnswerFault): AadstsError {
  if (answer.fault === 'signature') return federatedSignatureInvalid();
  if (answer.fault === 'encrypted') return federatedTokenInvalid('Encrypted assertions are not taken: switch encryption off at the identity provider.');
  if (answer.fault === 'status') return federatedTokenInvalid(`The identity provider refused: ${answer.status.replace(/[^\x21-\x7e]/g, '?').slice(0, 120)}`);
  return federatedTokenInvalid('SAML assertion is missing or misconfigured in the token.');
}

/** An identity provider speaks for the people of its own domain and for nobody else. */
async function findPerson(context: StsContext, { tenantId, domain }: Pending, { immutableId }: SignInAssertion): Promise<UserRow> {
  const rows = await context.db.selectFrom('user').selectAll().where('tenantId', '=', tenantId).where('immutableId', '=', immutableId).where('userPrincipalNameKey', 'like', `%@${domain}`).limit(2).execute();
  const [user] = rows;
  if (user === undefined || rows.length !== 1) throw federatedUserNotFound(immutableId, (await getTenant(context, tenantId)).displayName);
  if (user.enabled === 0) throw accountDisabled();
  return user;
}

/** Each assertion signs in once. */
async function spend({ db, clock }: StsContext, { id, issuer, notOnOrAfter }: SignInAssertion): Promise<void> {
  const tokenId = createHash('sha256').update(`${issuer} ${id}`).digest('base64url');
  try {
    await db.deleteFrom('assertion').where('expiresAt', '<', clock.now() - 2 * allowedSkewMs).execute();
    await db.insertInto('assertion').values({ tokenId, expiresAt: notOnOrAfter }).execute();
  } catch (error) {
    if (isDuplicateKey(error)) throw federatedTokenInvalid('The assertion was used before.');
    throw error;
  }
}

/** A sign-in ends with its first refused answer; the next one begins anew. */
async function endRefused({ service, requestId, clientAddress }: Exchange, { stateHash, tenantId, domain }: Pending, { codes, facts }: AadstsError): Promise<void> {
  const { context } = service;
  await context.db.deleteFrom('pendingFederatedSignIn').where('stateHash', '=', stateHash).execute();
  await writeAudit(context.db, { at: context.clock.now(), tenantId, actor: 'client', action: 'federatedSignIn.refuse', target: domain, requestId, details: { codes, ...facts, clientAddress } });
}

function required(form: Form, name: string): string {
  const value = form.get(name);
  if (value === undefined || value === '') throw missingParameter(name);
  return value;
}

/** Nothing in this browser waits for such an answer: too late, twice, or unasked. */
function staleAnswer(): AadstsError {
  return malformedRequest('no sign-in in this browser awaits this answer of an identity provider');
}
