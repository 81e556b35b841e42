import { createPrivateKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { certificateX5t, createUserContextToken, exchangeApplicationId } from '../identity/index.ts';
import type { TestPremises } from './test-premises.ts';
import { acsIssuer, host, tenantId, userIssuer } from './test-premises.ts';

// For this room's tests: what a token service would issue.

export const outlookId = 'd3590ed6-52b3-4102-aeff-aad2292ab01c';

function sign(claims: Record<string, unknown>, key: TestPremises['keys']['acs']): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256', x5t: certificateX5t(key.certificate) }).sign(createPrivateKey(key.privateKey));
}

const seconds = (): number => Math.floor(Date.now() / 1000);

/** An application's own token; `audience` is for another host where it should not fit. */
export function actorToken(keys: TestPremises['keys'], audience = `${exchangeApplicationId}/${host}@${tenantId}`): Promise<string> {
  const now = seconds();
  const caller = `${exchangeApplicationId}@${tenantId}`;
  return sign({ aud: audience, iss: `${acsIssuer}@${tenantId}`, nbf: now - 60, exp: now + 3600, nameid: caller, trustedfordelegation: 'true' }, keys.acs);
}

/** The other organisation's token on behalf of a user. */
export async function partnerToken(keys: TestPremises['keys'], smtp: string, forHost = host): Promise<string> {
  const audience = `${exchangeApplicationId}/${forHost}@${tenantId}`;
  const clock = { now: () => Date.now() };
  return createUserContextToken({ actorToken: await actorToken(keys, audience), applicationId: exchangeApplicationId, tenantId, audience, user: { smtp, upn: smtp }, clock });
}

/** A user's own token. */
export function userToken(keys: TestPremises['keys'], upn: string, claims: Record<string, unknown> = {}): Promise<string> {
  const now = seconds();
  return sign({ aud: `https://${host}`, iss: userIssuer, nbf: now - 60, exp: now + 3600, appid: outlookId, scp: 'user_impersonation', upn, tid: tenantId, ...claims }, keys.users);
}
