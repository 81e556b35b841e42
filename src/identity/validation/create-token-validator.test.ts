import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCertificate } from '../certificates/read-certificate.ts';
import { acsIssuerId, exchangeApplicationId } from '../well-known.ts';
import { createUserContextToken } from './create-user-context-token.ts';
import { formatDiagnostics } from './token-rejected.ts';
import { acs, acsKey, actAs, actorClaims, audience, clock, evoKey, evoSts, host, invalidSignature, issuer, now, otherTenant, outerClaims, partner, rejected, rejection, seconds, sign, target, tenant, unparsable, unsigned, userClaims, validator } from './test-tokens.ts';
import type { Json } from './test-tokens.ts';

test('an application acts for a user', async () => {
  const token = createUserContextToken({
    actorToken: await sign(actorClaims, acsKey),
    applicationId: exchangeApplicationId,
    tenantId: tenant,
    audience,
    user: { smtp: 'anna@contoso.test', upn: 'anna@contoso.test' },
    clock,
  });
  const result = await validator().validate(token, { host: 'MAIL.contoso.test:443', scheme: 'https' });
  assert.deepEqual(result, {
    profile: 'S2SAppActAs',
    user: 'Anna',
    context: { smtp: 'anna@contoso.test', upn: 'anna@contoso.test' },
    applicationId: exchangeApplicationId,
    tenantId: tenant,
    authServer: 'ACS',
    expiresAt: now + 3_600_000,
    partnerApplication: 'Exchange Online',
  });
});

test('an application acts by itself, and a user with a token of Hybrid Modern Authentication', async () => {
  assert.deepEqual(await validator().validate(await sign(actorClaims, acsKey), target), {
    profile: 'S2SAppOnly',
    applicationId: exchangeApplicationId,
    tenantId: tenant,
    authServer: 'ACS',
    expiresAt: now + 86_400_000,
    partnerApplication: 'Exchange Online',
  });
  const user = await validator().validate(await sign(userClaims, evoKey), target);
  assert.equal(user.profile, 'User');
  assert.deepEqual(user.profile === 'User' && [user.user, user.scopes, user.context], [
    'Anna',
    ['Mail.Send', 'user_impersonation'],
    { upn: 'anna@contoso.test', objectId: 'o1', onPremisesSecurityIdentifier: 'S-1-5-21-1' },
  ]);
  await validator().validate(await sign({ ...userClaims, aud: `https://${host}/` }, evoKey, { alg: 'PS256' }), target);
});

test('claims as ACS writes them are read: times as texts, trustedfordelegation in any case or as a boolean', async () => {
  for (const yes of ['True', 'true', true]) {
    const token = await actAs({ nbf: String(seconds - 60), exp: String(seconds + 60), trustedfordelegation: yes });
    assert.equal((await validator().validate(token, target)).expiresAt, now + 60_000);
  }
});

test('the key may be named by x5t#S256 or kid', async () => {
  const { x5t, x5tS256 } = readCertificate(evoKey.certificate);
  for (const header of [{ x5t: undefined, kid: x5t }, { x5t: undefined, 'x5t#S256': x5tS256 }]) await validator().validate(await sign(userClaims, evoKey, header), target);
});

test('an outer token is taken at its word: whoever holds the actor token may name any user', async () => {
  const actortoken = await sign(actorClaims, acsKey);
  const genuine = unsigned({ ...outerClaims, smtp: 'nobody@contoso.test', upn: 'nobody@contoso.test', actortoken });
  const [, claims = ''] = genuine.split('.');
  const changed = { ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as Json), smtp: 'anna@contoso.test' };
  const result = await validator().validate(unsigned(changed), target);
  assert.equal(result.profile === 'S2SAppActAs' && result.user, 'Anna');
});

test('issuers: unknown, disabled, of another tenant', async () => {
  await rejected(sign({ ...userClaims, iss: 'https://evil.test/' }, evoKey), 'IDENTITY_TOKEN_ISSUER', /^2000006/);
  await rejected(sign({ ...userClaims, iss: [issuer] }, evoKey), 'IDENTITY_TOKEN_ISSUER', /^2000006/);
  await rejected(sign(userClaims, evoKey), 'IDENTITY_TOKEN_ISSUER', /^2000006/, { with: { authServers: [acs, { ...evoSts, enabled: false }] } });
  await rejected(actAs(), 'IDENTITY_TOKEN_ISSUER', /^2000006/, { with: { authServers: [{ ...acs, enabled: false }, evoSts] } });
  const noTenant = (id: string): string => `2000004;reason="The tenant for tenant guid '${id}' does not exist.";error_category="invalid_tenant"`;
  await rejected(sign({ ...userClaims, iss: `https://sts.windows.net/${otherTenant}/` }, evoKey), 'IDENTITY_TOKEN_TENANT', noTenant(otherTenant));
  await rejected(sign({ ...userClaims, tid: otherTenant }, evoKey), 'IDENTITY_TOKEN_TENANT', noTenant(otherTenant));
  await rejected(actAs({ iss: `${acsIssuerId}@${otherTenant}` }), 'IDENTITY_TOKEN_TENANT', noTenant(otherTenant));
  await rejected(actAs({ nameid: `${exchangeApplicationId}@${otherTenant}` }), 'IDENTITY_TOKEN_TENANT', noTenant(otherTenant));
  const elsewhere = `${exchangeApplicationId}/${host}@${otherTenant}`;
  await rejected(actAs({ aud: elsewhere }, { aud: elsewhere }), 'IDENTITY_TOKEN_TENANT', noTenant(otherTenant));
});

test('an ACS server without a realm vouches for nobody', async () => {
  const { realm: _, ...realmless } = acs;
  assert.equal(_, tenant);
  for (const server of [realmless, { ...acs, realm: '' }]) await rejected(actAs(), 'IDENTITY_TOKEN_ISSUER', /^2000006/, { with: { authServers: [server, evoSts] } });
});

test('lifetimes count with five minutes of skew, or as configured', async () => {
  for (const [claims, code] of [
    [{ exp: seconds - 301 }, 'IDENTITY_TOKEN_EXPIRED'],
    [{ nbf: seconds + 301 }, 'IDENTITY_TOKEN_NOT_YET_VALID'],
  ] as const) {
    await rejected(sign({ ...userClaims, ...claims }, evoKey), code, /^2000002;.*invalid_lifetime/);
    await rejected(actAs(claims), code, /^2000002/);
    await rejected(actAs({}, claims), code, /^2000002/);
    await rejected(sign({ ...actorClaims, ...claims }, acsKey), code, /^2000002/);
  }
  const edge = await sign({ ...userClaims, exp: seconds - 299, nbf: seconds - 400 }, evoKey);
  await validator().validate(edge, target);
  await rejected(edge, 'IDENTITY_TOKEN_EXPIRED', /^2000002/, { with: { clockSkewMs: 0 } });
  for (const claims of [{ exp: undefined }, { exp: 'tomorrow' }, { exp: -1 }, { exp: null }, { nbf: 'x' }, { nbf: null }]) {
    await rejected(sign({ ...userClaims, ...claims }, evoKey), 'IDENTITY_TOKEN_MALFORMED', unparsable);
    await rejected(actAs({}, claims), 'IDENTITY_TOKEN_MALFORMED', unparsable);
  }
});

test('a remembered token ends like any other', async () => {
  let at = now;
  const aging = validator({ clock: { now: () => at } });
  const token = await sign(userClaims, evoKey);
  await aging.validate(token, target);
  at = now + 3_600_000 + 300_001;
  await assert.rejects(aging.validate(token, target), { code: 'IDENTITY_TOKEN_EXPIRED' });
});

test('the audience of a user\'s token: another host, another scheme, not a host at all', async () => {
  const wrong = "2000003;reason=\"The hostname component of the audience claim value 'https://owa.contoso.test' is invalid\";error_category=\"invalid_resource\"";
  await rejected(sign({ ...userClaims, aud: 'https://owa.contoso.test' }, evoKey), 'IDENTITY_TOKEN_AUDIENCE', wrong);
  const offloaded = `2000003;reason="The hostname component of the audience claim value is invalid. Expected 'https://${host}'. Actual 'http://${host}'.";error_category="invalid_resource"`;
  await rejected(sign(userClaims, evoKey), 'IDENTITY_TOKEN_SCHEME', offloaded, { target: { host, scheme: 'http' } });
  await rejected(sign(userClaims, evoKey), 'IDENTITY_TOKEN_AUDIENCE', /owa|mail\.contoso\.test' is invalid/, { target: { host: 'internal.contoso.test', scheme: 'https' } });
  for (const aud of ['http://mail.contoso.test', 'mail.contoso.test', exchangeApplicationId, [`https://${host}`], undefined, `https://user@${host}`, `https://${host}/path`, `https://${host}?x`]) {
    await rejected(sign({ ...userClaims, aud }, evoKey), 'IDENTITY_TOKEN_AUDIENCE', /^2000003;reason="The audience claim value is invalid '/);
  }
});

test('the audience of an actor token: another host, application or form; a request without TLS', async () => {
  const both = (aud: unknown): Promise<string> => actAs({ aud }, { aud });
  await rejected(both(`${exchangeApplicationId}/owa.contoso.test@${tenant}`), 'IDENTITY_TOKEN_AUDIENCE', /hostname component of the audience claim value 'https:\/\/owa\.contoso\.test' is invalid/);
  await rejected(actAs(), 'IDENTITY_TOKEN_AUDIENCE', /hostname component of the audience claim value 'https:\/\/mail\.contoso\.test' is invalid/, { target: { host, scheme: 'http' } });
  for (const aud of [`00000003-0000-0ff1-ce00-000000000000/${host}@${tenant}`, `https://${host}`, `${exchangeApplicationId}@${tenant}`, `${exchangeApplicationId}/${host}`, 7]) {
    await rejected(both(aud), 'IDENTITY_TOKEN_AUDIENCE', /^2000003;reason="The audience claim value is invalid '/);
  }
});

test('outer and actor token must belong together', async () => {
  await rejected(actAs({}, { iss: `00000004-0000-0ff1-ce00-000000000000@${tenant}` }), 'IDENTITY_TOKEN_ACTOR_MISMATCH', /^2000007/);
  await rejected(actAs({}, { iss: `${exchangeApplicationId}@${otherTenant}` }), 'IDENTITY_TOKEN_ACTOR_MISMATCH', /^2000007/);
  await rejected(actAs({}, { iss: undefined }), 'IDENTITY_TOKEN_ACTOR_MISMATCH', /^2000007/);
  await rejected(actAs({}, { aud: `${exchangeApplicationId}/owa.contoso.test@${tenant}` }), 'IDENTITY_TOKEN_ACTOR_MISMATCH', /^2000007/);
  await rejected(actAs({}, { aud: audience.toUpperCase() }), 'IDENTITY_TOKEN_ACTOR_MISMATCH', /^2000007/);
});

test('an actor that is not trusted for delegation speaks for nobody', async () => {
  for (const value of ['false', '', 'yes', 1, undefined, ['true']]) await rejected(actAs({ trustedfordelegation: value }), 'IDENTITY_TOKEN_NOT_TRUSTED_FOR_DELEGATION', /^2000007/);
});

test('partner applications: unknown, disabled, of another realm, without linked account', async () => {
  const denied = `2000008;reason="The token should have valid permissions or linked account associated with partner application '${exchangeApplicationId}'.";error_category="invalid_grant"`;
  for (const [partners, code] of [
    [[], 'IDENTITY_TOKEN_PARTNER_UNKNOWN'],
    [[{ ...partner, enabled: false }], 'IDENTITY_TOKEN_PARTNER_UNKNOWN'],
    [[{ ...partner, useAuthServer: false }], 'IDENTITY_TOKEN_PARTNER_UNKNOWN'],
    [[{ ...partner, realm: otherTenant }], 'IDENTITY_TOKEN_PARTNER_UNKNOWN'],
    [[{ ...partner, linkedAccount: null }], 'IDENTITY_TOKEN_PARTNER_NOT_LINKED'],
    [[{ ...partner, linkedAccount: '' }], 'IDENTITY_TOKEN_PARTNER_NOT_LINKED'],
  ] as const) {
    await rejected(actAs(), code, denied, { with: { partnerApplications: partners } });
    await rejected(sign(actorClaims, acsKey), code, denied, { with: { partnerApplications: partners } });
  }
  await validator({ partnerApplications: [{ ...partner, realm: tenant }] }).validate(await actAs(), target);
  await rejected(actAs({ nameid: 'x' }), 'IDENTITY_TOKEN_MALFORMED', unparsable);
});

test('the user must be one', async () => {
  const missing = '2000005;reason="The user specified by the user-context in the token does not exist.";error_category="invalid_user"';
  const ambiguous = '2000005;reason="The user specified by the user-context in the token is ambiguous.";error_category="invalid_user"';
  await rejected(actAs({}, { smtp: 'nobody@contoso.test' }), 'IDENTITY_TOKEN_USER_MISSING', missing);
  await rejected(actAs({}, { smtp: 'twin@contoso.test' }), 'IDENTITY_TOKEN_USER_AMBIGUOUS', ambiguous);
  await rejected(sign({ ...userClaims, upn: 'nobody@contoso.test' }, evoKey), 'IDENTITY_TOKEN_USER_MISSING', missing);
  await rejected(sign({ ...userClaims, upn: 'twin@contoso.test' }, evoKey), 'IDENTITY_TOKEN_USER_AMBIGUOUS', ambiguous);
  await rejected(actAs({}, { smtp: undefined, upn: undefined }), 'IDENTITY_TOKEN_MALFORMED', unparsable);
});

test('a user\'s token needs the scope, an application and a tenant', async () => {
  for (const scp of [undefined, '', 'Mail.Read', 'user_impersonation2', ['user_impersonation']]) await rejected(sign({ ...userClaims, scp }, evoKey), 'IDENTITY_TOKEN_SCOPE', /^2000010/);
  await rejected(sign({ ...userClaims, appid: undefined }, evoKey), 'IDENTITY_TOKEN_MALFORMED', unparsable);
  await rejected(sign({ ...userClaims, tid: undefined }, evoKey), 'IDENTITY_TOKEN_MALFORMED', unparsable);
});

test('a protocol may take some profiles only', async () => {
  const reason = (profile: string): string => `2000009;reason="This token profile '${profile}' is not applicable for the current protocol";error_category="invalid_token"`;
  await rejected(actAs(), 'IDENTITY_TOKEN_PROFILE', reason('S2SAppActAs'), { target: { ...target, profiles: ['User'] } });
  await rejected(sign(actorClaims, acsKey), 'IDENTITY_TOKEN_PROFILE', reason('S2SAppOnly'), { target: { ...target, profiles: ['User'] } });
  await rejected(sign(userClaims, evoKey), 'IDENTITY_TOKEN_PROFILE', reason('User'), { target: { ...target, profiles: ['S2SAppActAs'] } });
});

test('what a token says cannot break out of the diagnostics header', async () => {
  const error = await rejection(sign({ ...userClaims, aud: 'https://a"\r\nX-Evil: 1\\\u00e9.test' }, evoKey));
  assert.match(formatDiagnostics(error.diagnostics), /^[\x20-\x7e]+$/);
  assert.equal(formatDiagnostics(error.diagnostics).split('"').length, 5);
});

test('a certificate that cannot be read is left out, and the others still count', async () => {
  const token = await sign(userClaims, evoKey);
  await validator({ authServers: [{ ...evoSts, certificates: ['garbage', evoKey.certificate] }] }).validate(token, target);
  await rejected(token, 'IDENTITY_TOKEN_KEY_UNKNOWN', invalidSignature, { with: { authServers: [{ ...evoSts, certificates: ['garbage'] }] } });
});

test('more tokens than the memory holds are all decided alike', async () => {
  const small = validator({ cacheCapacity: 1 });
  const tokens = await Promise.all([60, 120, 180].map((life) => actAs({ exp: seconds + life })));
  for (const round of [1, 2]) {
    const ends = await Promise.all(tokens.map(async (token) => (await small.validate(token, target)).expiresAt - now));
    assert.deepEqual(ends, [60_000, 120_000, 180_000], `round ${round}`);
  }
});
