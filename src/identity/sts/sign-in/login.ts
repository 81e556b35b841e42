import { AadstsError } from '../aadsts-error.ts';
import { accountLocked, invalidPassword, tooManyRequests } from '../aadsts-errors.ts';
import { hasAuthenticator, useAuthenticatorCode } from '../authenticators.ts';
import { checkPassword, noteLock } from '../check-password.ts';
import { findPendingUserCode } from '../device-codes.ts';
import { openTenants } from '../grant-token.ts';
import { secondFactorWrong } from '../sign-in-errors.ts';
import type { StsContext } from '../sts-context.ts';
import type { StsTenant } from '../sts-types.ts';
import { findTenant, getTenant } from '../tenants.ts';
import type { UserRow } from '../users.ts';
import { trustAddress } from './authorization-request.ts';
import { viewOf } from './authorize.ts';
import { ensureBrowserSecret, isFormToken, readBrowserSecret, readSessionCookie, setSessionCookie } from './browser.ts';
import type { Exchange } from './exchange.ts';
import { sendSecondFactorPage, sendSignInPage } from './pages/sign-in-page.ts';
import type { SignInView } from './pages/sign-in-page.ts';
import { createPendingSignIn, findPendingSignIn, removePendingSignIn } from './pending-sign-ins.ts';
import { afterSignIn, purposePath, readPurpose } from './purpose.ts';
import type { Purpose } from './purpose.ts';
import { createSession, endSession } from './sessions.ts';

type Form = ReadonlyMap<string, string>;

/** What a person can do about a refusal, as the page says it. */
const sentences: Readonly<Record<number, string>> = {
  50126: 'The user name or the password is wrong.',
  50053: 'This account is locked for a while after too many failed attempts. Try again later.',
  50057: 'This account is disabled. Ask your administrator.',
  50107: 'Your organization signs you in at a place of its own, which this service does not work with. Ask your administrator.',
  80001: 'Your organization’s server, which knows your password, cannot be reached. Try again later.',
  80002: 'Your organization’s server, which knows your password, does not answer. Try again later.',
  80005: 'Your organization’s server, which knows your password, cannot say whether it is right. Ask your administrator.',
  90055: 'There were too many attempts from your network. Wait a minute and try again.',
  500121: 'This code is wrong or was used before. Wait for the next one.',
};
const staleForm = 'The page was open for too long, or your browser keeps no cookies. Try again.';

/**
 * Takes the sign-in page's form. A right password begins a session, or leads to the page for the second factor; then it
 * goes on with what the sign-in was for.
 *
 * @throws AadstsError for a form that no page of ours wrote
 */
export async function answerLogin(exchange: Exchange, form: Form): Promise<void> {
  const { service, request, response } = exchange;
  const purpose = readPurpose(form.get('purpose'));
  const userName = (form.get('username') ?? '').trim().slice(0, 320);
  const view = await viewOfPurpose(service.context, purpose);
  const fresh = isFormToken(readBrowserSecret(request), form.get('form_token'));
  const browserSecret = ensureBrowserSecret(request, response);
  if (!fresh) return sendSignInPage(response, { ...view, browserSecret, userName, wrong: staleForm, status: 403 });
  try {
    const tenant = await tenantOfName(service.context, purpose, userName);
    const user = await checkPassword(service, tenant, { userName, password: form.get('password') ?? '' }, exchange);
    if (await hasAuthenticator(service.context, user.objectId)) {
      const pending = await createPendingSignIn(service.context, user.objectId, browserSecret);
      return sendSecondFactorPage(response, { ...view, browserSecret, userName: user.userPrincipalName, pending });
    }
    await beginSession(exchange, tenant, user, 'pwd', purpose);
  } catch (error) {
    if (!(error instanceof AadstsError)) throw error;
    exchange.note(error);
    sendSignInPage(response, { ...view, browserSecret, userName, ...told(error) });
  }
}

/** Takes the form with the authenticator's code. Wrong codes count towards the account's lock like wrong passwords. */
export async function answerVerify(exchange: Exchange, form: Form): Promise<void> {
  const { service, request, response, clientAddress } = exchange;
  const { context, attempts } = service;
  const purpose = readPurpose(form.get('purpose'));
  const view = await viewOfPurpose(context, purpose);
  const secret = readBrowserSecret(request);
  const pending = form.get('pending') ?? '';
  const userId = secret !== undefined && isFormToken(secret, form.get('form_token')) ? await findPendingSignIn(context, pending, secret) : undefined;
  const user = userId === undefined ? undefined : await context.db.selectFrom('user').selectAll().where('objectId', '=', userId).executeTakeFirst();
  const browserSecret = ensureBrowserSecret(request, response);
  if (user === undefined || user.enabled === 0) return sendSignInPage(response, { ...view, browserSecret, wrong: staleForm, status: 403 });
  try {
    if (!attempts.addressMayTry(clientAddress)) throw tooManyRequests();
    if (!(await attempts.begin(user.tenantId, user.userPrincipalName, user))) throw accountLocked();
    if (!(await useAuthenticatorCode(context, user.objectId, form.get('code') ?? ''))) {
      attempts.addressFailed(clientAddress);
      await noteLock(service, user, exchange);
      throw secondFactorWrong();
    }
    await removePendingSignIn(context, pending);
    await beginSession(exchange, await getTenant(context, user.tenantId), user, 'pwd mfa', purpose);
  } catch (error) {
    if (!(error instanceof AadstsError)) throw error;
    exchange.note(error);
    sendSecondFactorPage(response, { ...view, browserSecret, userName: user.userPrincipalName, pending, ...told(error) });
  }
}

/** A new session under a new id; the one before it ends. */
async function beginSession({ service, request, response }: Exchange, tenant: StsTenant, user: UserRow, methods: string, purpose: Purpose): Promise<void> {
  await service.attempts.succeeded(user);
  await endSession(service.context, readSessionCookie(request));
  setSessionCookie(response, await createSession(service.context, tenant, user.objectId, methods));
  response.writeHead(303, { location: purposePath(afterSignIn(purpose)), 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'content-length': '0' });
  response.end();
}

function told(refusal: AadstsError): { wrong: string; status: number } {
  return { wrong: sentences[refusal.codes[0] ?? 0] ?? refusal.message, status: refusal.status === 400 ? 401 : refusal.status };
}

/** The tenant that the request names; where it leaves that open, the one that owns the name's domain. */
async function tenantOfName(context: StsContext, purpose: Purpose, userName: string): Promise<StsTenant> {
  const named = purpose.kind === 'authorize' ? purpose.tenantName : ((await findPendingUserCode(context, purpose.userCode))?.tenantId ?? 'common');
  const tenant = await findTenant(context, openTenants.has(named.toLowerCase()) ? (userName.split('@')[1] ?? '') : named);
  if (tenant === undefined) throw invalidPassword('no such account');
  return tenant;
}

/** What the page shows. An address that is not to be trusted ends the sign-in here as well. */
async function viewOfPurpose(context: StsContext, purpose: Purpose): Promise<Omit<SignInView, 'browserSecret'>> {
  if (purpose.kind === 'device') return { purpose };
  const { address, ...parties } = await trustAddress(context, purpose, undefined);
  return viewOf(purpose, parties, address);
}
