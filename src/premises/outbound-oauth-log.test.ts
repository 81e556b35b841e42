import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeToken, isTrustedIssuer, readBearerChallenge, trustLine } from './outbound-oauth-log.ts';

const acs = '00000001-0000-0000-c000-000000000000';
const server = (IssuerIdentifier: string | null, Realm: string | null): Parameters<typeof isTrustedIssuer>[0] => ({ name: 'ACS - 1', properties: { IssuerIdentifier, Realm, DomainName: ['contoso.test'] } }) as unknown as Parameters<typeof isTrustedIssuer>[0];

test('a captured challenge is read, and the scheme after it left alone', () => {
  const captured = `Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="${acs}@*", token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize",Basic Realm="intern"`;
  assert.deepEqual(readBearerChallenge(captured), { clientId: '00000002-0000-0ff1-ce00-000000000000', realm: '', trustedIssuers: [`${acs}@*`] });
  assert.deepEqual(readBearerChallenge(`Negotiate, Bearer realm="r", trusted_issuers="${acs}@, ${acs}@t"`), { clientId: '', realm: 'r', trustedIssuers: [`${acs}@*`, `${acs}@t`] });
  assert.deepEqual(readBearerChallenge('Bearer trusted_issuers=""')?.trustedIssuers, []);
  assert.equal(readBearerChallenge('Bearer client_id="x"')?.trustedIssuers, undefined);
  assert.equal(readBearerChallenge('Negotiate, NTLM, Basic realm="Bearer"'), undefined);
});

test('who is trusted: the issuer, in its realm or in any', () => {
  assert.equal(isTrustedIssuer(server(acs, 'tenant'), [`${acs}@*`]), true);
  assert.equal(isTrustedIssuer(server(acs, 'tenant'), [`other@*`, `${acs}@TENANT`]), true);
  assert.equal(isTrustedIssuer(server(acs, 'tenant'), [`${acs}@another`]), false);
  assert.equal(isTrustedIssuer(server(null, null), [`${acs}@*`]), false);
  assert.match(trustLine(server(acs, 'tenant'), ['other@*']), /^Information:\[OAuthTokenBuilder:GetAppToken\] trusted_issuer does NOT include the auth server 'ACS - 1' \( having DomainName : contoso\.test \): 0{7}1-.*@tenant,$/);
});

test('a token is shown by what it says; nothing of it can be used again', () => {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const actor = `${part({ typ: 'JWT', alg: 'RS256', x5t: 'abc', jku: 'https://evil' })}.${part({ iss: `${acs}@t`, aud: 'x/y@t', nbf: 1, exp: 2, secret: 'hidden' })}.c2lnbmF0dXJl`;
  const outer = `${part({ typ: 'JWT', alg: 'none' })}.${part({ iss: 'app@t', aud: 'x/y@t', nbf: 1, exp: 2, actortoken: actor, smtp: 'bert@contoso.test' })}.`;
  assert.equal(describeToken(outer), `{"typ":"JWT","alg":"none"}."iss": "app@t" "aud": "x/y@t" "nbf": "1" "exp": "2" ; actor: {"typ":"JWT","alg":"RS256","x5t":"abc"}."iss": "${acs}@t" "aud": "x/y@t" "nbf": "1" "exp": "2"`);
  assert.equal(describeToken('garbage'), '{}.');
});
