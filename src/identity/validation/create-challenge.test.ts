import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acsIssuerId, exchangeApplicationId } from '../well-known.ts';
import { acs, evoSts, rejection, tenant, unparsable, validator } from './test-tokens.ts';

test('the challenge names issuers and where to sign in', () => {
  const bare = validator().challenge();
  assert.deepEqual(bare, {
    wwwAuthenticate: `Bearer client_id="${exchangeApplicationId}", trusted_issuers="${acsIssuerId}@${tenant}", token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="https://login.windows.net/common/oauth2/authorize"`,
  });
  const silent = validator({ authServers: [{ ...acs, enabled: false }, { ...evoSts, isDefaultAuthorizationEndpoint: false }] }).challenge();
  assert.match(silent.wwwAuthenticate, /trusted_issuers="", token_types="[^"]*"$/);
  assert.doesNotMatch(validator({ authServers: [acs, { ...evoSts, enabled: false }] }).challenge().wwwAuthenticate, /authorization_uri/);
});

test('the challenge says why a token was refused, or that the client is not let in', async () => {
  const refused = validator().challenge({ rejected: await rejection('x') });
  assert.match(refused.wwwAuthenticate, /, error="invalid_token"$/);
  assert.equal(refused.diagnostics, unparsable);
  const flighting = validator().challenge({ notEnabledForDomain: 'contoso.test' });
  assert.equal(flighting.diagnostics, '4000000;reason="Flighting is not enabled for domain \'contoso.test\'.";error_category="oauth_not_available"');
  assert.doesNotMatch(flighting.wwwAuthenticate, /error=/);
});
