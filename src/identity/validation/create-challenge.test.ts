import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acsIssuerId, exchangeApplicationId } from '../well-known.ts';
import { acs, evoKey, evoSts, rejection, sign, target, tenant, unparsable, userClaims, validator } from './test-tokens.ts';

test('the challenge names issuers and where to sign in', () => {
  const bare = validator().challenge();
  assert.deepEqual(bare, {
    wwwAuthenticate: `Bearer client_id="${exchangeApplicationId}", trusted_issuers="${acsIssuerId}@${tenant}", token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="https://login.windows.net/common/oauth2/authorize"`,
  });
  const silent = validator({ authServers: [{ ...acs, enabled: false }, { ...evoSts, isDefaultAuthorizationEndpoint: false }] }).challenge();
  assert.match(silent.wwwAuthenticate, /trusted_issuers="", token_types="[^"]*"$/);
  assert.doesNotMatch(validator({ authServers: [acs, { ...evoSts, enabled: false }] }).challenge().wwwAuthenticate, /authorization_uri/);
});

test('an AD FS that is the default is named, and its tokens are not taken', async () => {
  const adfs = { ...evoSts, name: 'AD FS', type: 'ADFS', authorizationEndpoint: 'https://adfs.contoso.test/adfs/oauth2/authorize' } as const;
  const named = validator({ authServers: [acs, { ...evoSts, isDefaultAuthorizationEndpoint: false }, adfs] }).challenge();
  assert.match(named.wwwAuthenticate, /authorization_uri="https:\/\/adfs\.contoso\.test\/adfs\/oauth2\/authorize"$/);
  await assert.rejects(validator({ authServers: [acs, adfs] }).validate(await sign(userClaims, evoKey), target), { code: 'IDENTITY_TOKEN_ISSUER' });
});

test('the challenge says why a token was refused, or that the client is not let in', async () => {
  const refused = validator().challenge({ rejected: await rejection('x') });
  assert.match(refused.wwwAuthenticate, /, error="invalid_token"$/);
  assert.equal(refused.diagnostics, unparsable);
  const flighting = validator().challenge({ notEnabledForDomain: 'contoso.test' });
  assert.equal(flighting.diagnostics, '4000000;reason="Flighting is not enabled for domain \'contoso.test\'.";error_category="oauth_not_available"');
  assert.doesNotMatch(flighting.wwwAuthenticate, /error=/);
});
