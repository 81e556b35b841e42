import { malformedRequest } from '../aadsts-errors.ts';
import { resolveAccess } from '../access-policy.ts';
import { grantConsent, mayConsent } from '../consents.ts';
import { adminConsentRequired, consentDeclined } from '../sign-in-errors.ts';
import { readAuthorizationRequest, trustAddress } from './authorization-request.ts';
import { answerAuthorize, sendRefusal } from './authorize.ts';
import { isFormToken, readBrowserSecret, readSessionCookie } from './browser.ts';
import type { Exchange } from './exchange.ts';
import { afterConsent, purposePath, readPurpose } from './purpose.ts';
import { findSession } from './sessions.ts';

/**
 * Takes the answer to the consent page. It counts for the account that saw the page, in the browser that showed it;
 * anything else makes the question be asked again.
 *
 * @throws AadstsError for a form that no page of ours wrote
 */
export async function answerConsent(exchange: Exchange, form: ReadonlyMap<string, string>): Promise<void> {
  const { request, response, requestId, service } = exchange;
  const { context } = service;
  const purpose = readPurpose(form.get('purpose'));
  if (purpose.kind !== 'authorize') throw malformedRequest('purpose');
  const session = await findSession(context, readSessionCookie(request));
  const isOurs = isFormToken(readBrowserSecret(request), form.get('form_token'));
  const { address, tenant, client } = await trustAddress(context, purpose, session);
  if (session === undefined || !isOurs || tenant === undefined || tenant.id !== session.tenantId || form.get('account') !== session.user.objectId) return answerAuthorize(exchange, purpose);
  if (form.get('decision') !== 'accept') return sendRefusal(exchange, address, consentDeclined());
  const { application } = await resolveAccess(context, tenant, client, readAuthorizationRequest(purpose, client).access);
  if (!mayConsent(tenant, session.user)) throw adminConsentRequired();
  await grantConsent(context, { client, application }, { user: session.user, forEverybody: form.get('everybody') === 'yes', requestId });
  response.writeHead(303, { location: purposePath(afterConsent(purpose)), 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'content-length': '0' });
  response.end();
}
