import { AadstsError } from '../aadsts-error.ts';
import { accountLocked, invalidPassword, tooManyRequests } from '../aadsts-errors.ts';
import { useAuthenticatorCode } from '../authenticators.ts';
import { checkPassword, noteLock } from '../check-password.ts';
import { findPendingUserCode } from '../device-codes.ts';
import { openTenants } from '../grant-token.ts';
import { secondFactorWrong } from '../sign-in-errors.ts';
import type { StsContext } from '../sts-context.ts';
import type { StsTenant } from '../sts-types.ts';
import { findTenant, getTenant } from '../tenants.ts';
import { beginSession, continueToSecondFactor, viewOfPurpose } from './begin-session.ts';
import { ensureBrowserSecret, isFormToken, readBrowserSecret } from './browser.ts';
import type { Exchange } from './exchange.ts';
import { beginFederatedSignIn, identityProviderOf } from './federated-sign-in.ts';
import { sendContinuePage } from './pages/continue-page.ts';
import { sendSecondFactorPage, sendSignInPage } from './pages/sign-in-page.ts';
import { findPendingSignIn, removePendingSignIn } from './pending-sign-ins.ts';
import { readPurpose } from './purpose.ts';
import type { Purpose } from './purpose.ts';

type Form = ReadonlyMap<string, string>;

/** What a person can do about a refusal, as the page says it. */
const sentences: Readonly<Record<number, string>> = {
  50126: 'The user name or the password is wrong.',
  50053: 'This account is locked for a while after too many failed attempts. Try again later.',
  50057: 'This account is disabled. Ask your administrator.',
  80001: 'Your organization’s server, which knows your password, cannot be reached. Try again later.',
  80002: 'Your organization’s server, which knows your password, does not answer. Try again later.',
  80005: 'Your organization’s server, which knows your password, cannot say whether it is right. Ask your administrator.',
  90055: 'There were too many attempts from your network. Wait a minute and try again.',
  500121: 'This code is wrong or was used before. Wait for the next one.',
};
const staleForm = 'The page was open for too long, or your browser keeps no cookies. Try again.';

/**
 * Takes the sign-in page's form. People of a federated domain are sent to their identity provider, and a password that
 * was typed is not looked at. A right password begins a session, or leads to the page for the second factor; then it
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
    const provider = await identityProviderOf(service.context, tenant.id, userName);
    if (provider !== undefined) {
      const location = await beginFederatedSignIn(exchange, { tenantId: tenant.id, userName, provider, purpose });
      return sendContinuePage(response, { location, organization: tenant.displayName });
    }
    const password = form.get('password');
    if (password === undefined) return sendSignInPage(response, { ...view, browserSecret, userName });
    const user = await checkPassword(service, tenant, { userName, password }, exchange);
    if (await continueToSecondFactor(exchange, { user, browserSecret, methods: 'pwd', purpose })) return;
    await beginSession(exchange, { tenant, user, methods: 'pwd', purpose });
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
  const first = secret !== undefined && isFormToken(secret, form.get('form_token')) ? await findPendingSignIn(context, pending, secret) : undefined;
  const user = first === undefined ? undefined : await context.db.selectFrom('user').selectAll().where('objectId', '=', first.userId).executeTakeFirst();
  const browserSecret = ensureBrowserSecret(request, response);
  if (first === undefined || user === undefined || user.enabled === 0) return sendSignInPage(response, { ...view, browserSecret, wrong: staleForm, status: 403 });
  try {
    if (!attempts.addressMayTry(clientAddress)) throw tooManyRequests();
    if (!(await attempts.begin(user.tenantId, user.userPrincipalName, user))) throw accountLocked();
    if (!(await useAuthenticatorCode(context, user.objectId, form.get('code') ?? ''))) {
      attempts.addressFailed(clientAddress);
      await noteLock(service, user, exchange);
      throw secondFactorWrong();
    }
    await removePendingSignIn(context, pending);
    await beginSession(exchange, { tenant: await getTenant(context, user.tenantId), user, methods: `${first.methods} mfa`, purpose });
  } catch (error) {
    if (!(error instanceof AadstsError)) throw error;
    exchange.note(error);
    sendSecondFactorPage(response, { ...view, browserSecret, userName: user.userPrincipalName, pending, ...told(error) });
  }
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
