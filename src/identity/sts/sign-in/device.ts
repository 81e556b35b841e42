import { AadstsError } from '../aadsts-error.ts';
import { tooManyRequests } from '../aadsts-errors.ts';
import { checkNetworks, checkSecondFactor, needsSecondFactor, resolveAccess } from '../access-policy.ts';
import { hasAuthenticator } from '../authenticators.ts';
import { grantConsent, hasConsent, mayConsent } from '../consents.ts';
import { decideDeviceCode, findPendingUserCode, showUserCode } from '../device-codes.ts';
import type { DeviceCodeRow } from '../device-codes.ts';
import { hasFederatedDomain } from '../domain-authentication.ts';
import { findClient } from '../identify-client.ts';
import { storedAccess } from '../requested-access.ts';
import type { ServicePrincipalRow } from '../service-principals.ts';
import { getTenant } from '../tenants.ts';
import { adminConsentRequired } from '../sign-in-errors.ts';
import { ensureBrowserSecret, isFormToken, readBrowserSecret, readSessionCookie } from './browser.ts';
import type { Exchange } from './exchange.ts';
import { permissionLines } from './pages/consent-page.ts';
import { sendDeviceConsentPage, sendDeviceDonePage, sendUserCodePage } from './pages/device-pages.ts';
import { sendSecondFactorPage, sendSignInPage } from './pages/sign-in-page.ts';
import { createPendingSignIn } from './pending-sign-ins.ts';
import type { Purpose } from './purpose.ts';
import { findSession } from './sessions.ts';
import type { Session } from './sessions.ts';

const unknownCode = 'This code is not valid any more, or was mistyped. Check it on your device.';

/** The person's half of the device flow (RFC 8628 §3.3): the code, the sign-in, and the question whether it is meant. */
export async function answerDevicePage(exchange: Exchange, typed: string | undefined): Promise<void> {
  if (typed === undefined || typed === '') return sendUserCodePage(exchange.response, {});
  const row = await findTypedCode(exchange, typed);
  if (row === undefined) return sendUserCodePage(exchange.response, { wrong: unknownCode, status: 404 });
  const { request, response, service } = exchange;
  const session = await findSession(service.context, readSessionCookie(request));
  const browserSecret = ensureBrowserSecret(request, response);
  const purpose: Purpose = { kind: 'device', userCode: row.userCode };
  if (session === undefined || (row.tenantId !== null && row.tenantId !== session.tenantId)) return sendSignInPage(response, { purpose, browserSecret, nameFirst: await hasFederatedDomain(service.context, row.tenantId ?? undefined) });
  const { client, application } = await clientOf(exchange, row, session);
  if (needsSecondFactor(client, application) && !session.methods.includes('mfa') && (await hasAuthenticator(service.context, session.user.objectId))) {
    const pending = await createPendingSignIn(service.context, { userId: session.user.objectId, browserSecret, methods: session.methods });
    return sendSecondFactorPage(response, { purpose, browserSecret, userName: session.user.userPrincipalName, pending });
  }
  await checkSecondFactor(service.context, session.user.objectId, session.methods, client, application);
  const tenant = await getTenant(service.context, session.tenantId);
  const isConsented = await hasConsent(service.context, { client, application }, session.user.objectId);
  if (!isConsented && !mayConsent(tenant, session.user)) throw adminConsentRequired();
  sendDeviceConsentPage(response, {
    userCode: showUserCode(row.userCode),
    application: client.displayName,
    userName: session.user.userPrincipalName,
    organization: tenant.displayName,
    browserSecret,
    permissions: isConsented ? [] : permissionLines(storedAccess(row), application.displayName),
  });
}

/** Takes the person's decision. */
export async function answerDeviceDecision(exchange: Exchange, form: ReadonlyMap<string, string>): Promise<void> {
  const { request, response, service } = exchange;
  const typed = form.get('user_code') ?? '';
  const session = await findSession(service.context, readSessionCookie(request));
  // Without our own page's token, or with nobody signed in, the question is asked (again).
  if (session === undefined || !isFormToken(readBrowserSecret(request), form.get('form_token'))) return answerDevicePage(exchange, typed);
  const row = await findTypedCode(exchange, typed);
  if (row === undefined || (row.tenantId !== null && row.tenantId !== session.tenantId)) return sendUserCodePage(response, { wrong: unknownCode, status: 404 });
  const { client, application } = await clientOf(exchange, row, session);
  await checkSecondFactor(service.context, session.user.objectId, session.methods, client, application);
  const approved = form.get('decision') === 'continue';
  const question = { client, application };
  if (approved && !(await hasConsent(service.context, question, session.user.objectId))) {
    if (!mayConsent(await getTenant(service.context, session.tenantId), session.user)) throw adminConsentRequired();
    await grantConsent(service.context, question, { user: session.user, forEverybody: false, requestId: exchange.requestId });
  }
  const { tenantId, methods, signedInAt, user } = session;
  const decided = await decideDeviceCode(service.context, row, approved ? { state: 'approved', tenantId, userId: user.objectId, methods, signedInAt } : { state: 'declined' });
  if (!decided) return sendUserCodePage(response, { wrong: unknownCode, status: 404 });
  sendDeviceDonePage(response, { approved, application: client.displayName });
}

/** Codes that are not there count against the address: they are short enough to be guessed at (RFC 8628 §5.1). */
async function findTypedCode({ service, clientAddress, note }: Exchange, typed: string): Promise<DeviceCodeRow | undefined> {
  if (!service.attempts.addressMayTry(clientAddress)) throw tooManyRequests();
  const row = await findPendingUserCode(service.context, typed);
  if (row !== undefined) return row;
  service.attempts.addressFailed(clientAddress);
  note(new AadstsError([70018], 'invalid_grant', 'Invalid verification code.'));
  return undefined;
}

async function clientOf({ service, clientAddress }: Exchange, row: DeviceCodeRow, session: Session): Promise<{ client: ServicePrincipalRow; application: ServicePrincipalRow }> {
  const tenant = await getTenant(service.context, session.tenantId);
  const client = await findClient(service.context, tenant, row.clientId);
  const { application } = await resolveAccess(service.context, tenant, client, storedAccess(row));
  checkNetworks(clientAddress, client, application, 'authorize');
  return { client, application };
}
