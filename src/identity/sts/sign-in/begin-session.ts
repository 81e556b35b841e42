import { hasAuthenticator } from '../authenticators.ts';
import { hasFederatedDomain } from '../domain-authentication.ts';
import type { StsContext } from '../sts-context.ts';
import type { StsTenant } from '../sts-types.ts';
import type { UserRow } from '../users.ts';
import { trustAddress } from './authorization-request.ts';
import { viewOf } from './authorize.ts';
import { readSessionCookie, setSessionCookie } from './browser.ts';
import type { Exchange } from './exchange.ts';
import { sendSecondFactorPage } from './pages/sign-in-page.ts';
import type { SignInView } from './pages/sign-in-page.ts';
import { createPendingSignIn } from './pending-sign-ins.ts';
import { afterSignIn, purposePath } from './purpose.ts';
import type { Purpose } from './purpose.ts';
import { createSession, endSession } from './sessions.ts';

/** A new session under a new id; the one before it ends. Then it goes on with what the sign-in was for. */
export async function beginSession({ service, request, response }: Exchange, { tenant, user, methods, purpose }: { tenant: StsTenant; user: UserRow; methods: string; purpose: Purpose }): Promise<void> {
  await service.attempts.succeeded(user);
  await endSession(service.context, readSessionCookie(request));
  setSessionCookie(response, await createSession(service.context, tenant, user.objectId, methods));
  response.writeHead(303, { location: purposePath(afterSignIn(purpose)), 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'content-length': '0' });
  response.end();
}

/** Asks for the second factor of somebody who has one; false for everybody else. */
export async function continueToSecondFactor({ service, response }: Exchange, { user, browserSecret, methods, purpose }: { user: UserRow; browserSecret: string; methods: string; purpose: Purpose }): Promise<boolean> {
  const { context } = service;
  if (!(await hasAuthenticator(context, user.objectId))) return false;
  const view = await viewOfPurpose(context, purpose);
  const pending = await createPendingSignIn(context, { userId: user.objectId, browserSecret, methods });
  sendSecondFactorPage(response, { ...view, browserSecret, userName: user.userPrincipalName, pending });
  return true;
}

/** What the page shows. An address that is not to be trusted ends the sign-in here as well. */
export async function viewOfPurpose(context: StsContext, purpose: Purpose): Promise<Omit<SignInView, 'browserSecret'>> {
  if (purpose.kind === 'device') return { purpose, nameFirst: await hasFederatedDomain(context, undefined) };
  const { address, ...parties } = await trustAddress(context, purpose, undefined);
  return { ...viewOf(purpose, parties, address), nameFirst: await hasFederatedDomain(context, parties.tenant?.id) };
}
