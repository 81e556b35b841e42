import assert from 'node:assert/strict';
import { createHmac, createPrivateKey, generateKeyPairSync, sign as signBytes, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { exportJWK, SignJWT } from 'jose';
import { createSelfSignedCertificate } from '../certificates/create-self-signed-certificate.ts';
import { certificateBase64, readCertificate } from '../certificates/read-certificate.ts';
import { decodeToken } from '../tokens/decode-token.ts';
import { verifySignature } from '../tokens/verify-signature.ts';
import { acsIssuerId, exchangeApplicationId } from '../well-known.ts';
import { createTokenValidator } from './create-token-validator.ts';
import type { TokenValidatorOptions, ValidateOptions } from './create-token-validator.ts';
import { createUserContextToken } from './create-user-context-token.ts';
import { formatDiagnostics, TokenRejected } from './token-rejected.ts';
import type { TrustedAuthServer, TrustedPartnerApplication, UserContext } from './trust-settings.ts';

const now = Date.UTC(2026, 10, 21, 12, 0, 0);
const seconds = now / 1000;
const clock = { now: () => now };
const tenant = '11111111-2222-3333-4444-555555555555';
const otherTenant = '99999999-2222-3333-4444-555555555555';
const host = 'mail.contoso.test';
const target: ValidateOptions = { host, scheme: 'https' };
const audience = `${exchangeApplicationId}/${host}@${tenant}`;
const issuer = `https://sts.windows.net/${tenant}/`;

const acsKey = await createSelfSignedCertificate({ commonName: 'acs', days: 1, clock });
const evoKey = await createSelfSignedCertificate({ commonName: 'evosts', days: 1, clock });

const acs: TrustedAuthServer = {
  name: 'ACS',
  type: 'MicrosoftACS',
  issuerIdentifier: acsIssuerId,
  realm: tenant,
  enabled: true,
  isDefaultAuthorizationEndpoint: false,
  certificates: [certificateBase64(acsKey.certificate)],
};
const evoSts: TrustedAuthServer = {
  name: 'EvoSts',
  type: 'AzureAD',
  issuerIdentifier: issuer,
  realm: tenant,
  enabled: true,
  isDefaultAuthorizationEndpoint: true,
  authorizationEndpoint: 'https://login.windows.net/common/oauth2/authorize',
  certificates: [evoKey.certificate],
};
const partner: TrustedPartnerApplication = {
  name: 'Exchange Online',
  applicationIdentifier: exchangeApplicationId,
  enabled: true,
  useAuthServer: true,
  linkedAccount: 'contoso.test/Users/Exchange Online-ApplicationAccount',
};

const people: Record<string, string[]> = { 'anna@contoso.test': ['Anna'], 'twin@contoso.test': ['Twin 1', 'Twin 2'] };

function validator(changes: Partial<TokenValidatorOptions<string>> = {}): ReturnType<typeof createTokenValidator<string>> {
  return createTokenValidator<string>({
    authServers: [acs, evoSts],
    partnerApplications: [partner],
    resolveUser: async (context: UserContext) => people[context.smtp ?? context.upn ?? ''] ?? [],
    clock,
    ...changes,
  });
}

type Json = Record<string, unknown>;

function sign(claims: Json, key: { certificate: string; privateKey: string }, header: Json = {}): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256', x5t: readCertificate(key.certificate).x5t, ...header }).sign(createPrivateKey(key.privateKey));
}

const actorClaims: Json = {
  aud: audience,
  iss: `${acsIssuerId}@${tenant}`,
  nbf: seconds - 60,
  exp: seconds + 86_400,
  nameid: `${exchangeApplicationId}@${tenant}`,
  identityprovider: `${acsIssuerId}@${tenant}`,
  oid: 'b3b3f9b8-0000-0000-0000-000000000001',
  sub: 'b3b3f9b8-0000-0000-0000-000000000001',
  trustedfordelegation: 'true',
};
const outerClaims: Json = {
  iss: `${exchangeApplicationId}@${tenant}`,
  aud: audience,
  nbf: seconds - 60,
  exp: seconds + 3600,
  nameid: 'anna@contoso.test',
  nii: 'urn:federation:MicrosoftOnline',
  smtp: 'anna@contoso.test',
  upn: 'anna@contoso.test',
};
const userClaims: Json = {
  aud: `https://${host}`,
  iss: issuer,
  nbf: seconds - 60,
  exp: seconds + 3600,
  appid: 'd3590ed6-52b3-4102-aeff-aad2292ab01c',
  scp: 'Mail.Send user_impersonation',
  oid: 'o1',
  upn: 'anna@contoso.test',
  onprem_sid: 'S-1-5-21-1',
  tid: tenant,
  ver: '1.0',
};

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function unsigned(claims: Json, header: Json = { typ: 'JWT', alg: 'none' }): string {
  return `${encode(header)}.${encode(claims)}.`;
}

async function actAs(actor: Json = {}, outer: Json = {}, actorHeader: Json = {}): Promise<string> {
  return unsigned({ ...outerClaims, actortoken: await sign({ ...actorClaims, ...actor }, acsKey, actorHeader), ...outer });
}

async function rejection(token: string | Promise<string>, options: { target?: ValidateOptions; with?: Partial<TokenValidatorOptions<string>> } = {}): Promise<TokenRejected> {
  const text = await token;
  try {
    await validator(options.with).validate(text, options.target ?? target);
  } catch (error) {
    assert.ok(error instanceof TokenRejected, String(error));
    const shown = JSON.stringify(error.facts) + formatDiagnostics(error.diagnostics);
    for (const part of text.split('.')) assert.ok(part.length < 20 || !shown.includes(part), 'the token is not in the error');
    return error;
  }
  throw new assert.AssertionError({ message: 'the token was accepted' });
}

async function rejected(token: string | Promise<string>, code: string, diagnostics: string | RegExp, options: Parameters<typeof rejection>[1] = {}): Promise<void> {
  const error = await rejection(token, options);
  assert.equal(error.code, code);
  const header = formatDiagnostics(error.diagnostics);
  if (typeof diagnostics === 'string') assert.equal(header, diagnostics);
  else assert.match(header, diagnostics);
}

const invalidSignature = '2000000;reason="The token has an invalid signature.";error_category="invalid_signature"';
const unparsable = '2000001;reason="OAuth token submitted with the request can not be parsed.";error_category="invalid_token"';

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

test('what is not a token is refused as unparsable', async () => {
  const good = await sign(userClaims, evoKey);
  const [header = '', claims = '', signature = ''] = good.split('.');
  const junk = ['', 'x', 'a.b', `${good}.x`, `${header}.${claims}`, `${header}.!!.${signature}`, `${encode([])}.${claims}.${signature}`, `${header}.${encode('text')}.${signature}`];
  for (const text of [...junk, `${header}.${Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url')}.${signature}`, `${good}${'A'.repeat(20_000)}`]) await rejected(text, 'IDENTITY_TOKEN_MALFORMED', unparsable);
});

test('algorithms: only RS256 and PS256, whatever the key', async () => {
  const { publicKey } = new X509Certificate(evoKey.certificate);
  const { x5t } = readCertificate(evoKey.certificate);
  const input = `${encode({ typ: 'JWT', alg: 'HS256', x5t })}.${encode(userClaims)}`;
  for (const secret of [publicKey.export({ format: 'pem', type: 'spki' }), evoKey.certificate, publicKey.export({ format: 'der', type: 'spki' })]) {
    const mac = createHmac('sha256', secret).update(input).digest('base64url');
    await rejected(`${input}.${mac}`, 'IDENTITY_TOKEN_ALGORITHM', invalidSignature);
  }
  for (const alg of ['RS384', 'RS512', 'PS512']) await rejected(sign(userClaims, evoKey, { alg }), 'IDENTITY_TOKEN_ALGORITHM', invalidSignature);
  for (const alg of ['none', 'None', 'NONE', 'nOnE', '', undefined, 7, ['RS256'], 'rs256', 'ES256']) {
    await rejected(unsigned(userClaims, { typ: 'JWT', alg, x5t }), 'IDENTITY_TOKEN_ALGORITHM', invalidSignature);
  }
});

test('none is allowed around an actor token only, spelled so, with an empty signature', async () => {
  await rejected(unsigned(outerClaims), 'IDENTITY_TOKEN_ALGORITHM', invalidSignature);
  const actortoken = await sign(actorClaims, acsKey);
  for (const alg of ['None', 'NONE', 'HS256', undefined]) await rejected(unsigned({ ...outerClaims, actortoken }, { typ: 'JWT', alg }), 'IDENTITY_TOKEN_ALGORITHM', invalidSignature);
  await rejected(`${unsigned({ ...outerClaims, actortoken })}AAAA`, 'IDENTITY_TOKEN_ALGORITHM', invalidSignature);
  await rejected(sign({ ...outerClaims, actortoken }, acsKey), 'IDENTITY_TOKEN_ALGORITHM', invalidSignature);
  await rejected(unsigned({ ...outerClaims, actortoken }, { typ: 'JWT', alg: 'none', crit: ['exp'] }), 'IDENTITY_TOKEN_MALFORMED', unparsable);
});

test('the actor token must be signed, by ACS, and not be nested', async () => {
  await rejected(unsigned({ ...outerClaims, actortoken: unsigned(actorClaims) }), 'IDENTITY_TOKEN_ALGORITHM', invalidSignature);
  for (const actortoken of ['', 'x', 7, null, {}, 'a.b.c']) await rejected(unsigned({ ...outerClaims, actortoken }), 'IDENTITY_TOKEN_MALFORMED', unparsable);
  await rejected(actAs({ actortoken: await sign(actorClaims, acsKey) }), 'IDENTITY_TOKEN_MALFORMED', unparsable);
  const own = await sign({ ...userClaims, aud: audience, nameid: actorClaims['nameid'], trustedfordelegation: 'true' }, evoKey);
  await rejected(unsigned({ ...outerClaims, actortoken: own }), 'IDENTITY_TOKEN_ISSUER', /^2000006;.*invalid_issuer/);
});

test('an actor that claims to be its own issuer, or names none, is nobody', async () => {
  const selfIssued = `${encode({ typ: 'JWT', alg: 'RS256', x5t: readCertificate(acsKey.certificate).x5t })}.${encode({ nameid: actorClaims['nameid'], nbf: seconds, exp: seconds + 60 })}.AAAA`;
  await rejected(unsigned({ ...outerClaims, actortoken: selfIssued }), 'IDENTITY_TOKEN_ISSUER', /^2000006/);
  await rejected(actAs({ iss: actorClaims['nameid'] }), 'IDENTITY_TOKEN_ISSUER', /^2000006/);
});

test('signatures: changed claims, another key, another issuer\'s key, an unknown key', async () => {
  const [header = '', , signature = ''] = (await sign(userClaims, evoKey)).split('.');
  await rejected(`${header}.${encode({ ...userClaims, upn: 'boss@contoso.test' })}.${signature}`, 'IDENTITY_TOKEN_SIGNATURE', invalidSignature);
  await rejected(`${header}.${encode(userClaims)}.`, 'IDENTITY_TOKEN_SIGNATURE', invalidSignature);
  await rejected(sign(userClaims, acsKey, { x5t: readCertificate(evoKey.certificate).x5t }), 'IDENTITY_TOKEN_SIGNATURE', invalidSignature);
  await rejected(sign(userClaims, acsKey), 'IDENTITY_TOKEN_KEY_UNKNOWN', invalidSignature);
  await rejected(sign(userClaims, evoKey, { x5t: undefined }), 'IDENTITY_TOKEN_KEY_UNKNOWN', invalidSignature);
  await rejected(sign(userClaims, evoKey, { x5t: 'unknown', kid: readCertificate(evoKey.certificate).x5t }), 'IDENTITY_TOKEN_KEY_UNKNOWN', invalidSignature);
});

test('key names from the header are only looked up, never followed', async () => {
  for (const kid of ['../../../etc/passwd', "' or 1=1 --", '__proto__', 'constructor', 'https://evil.test/key', '\u0000']) {
    await rejected(sign(userClaims, evoKey, { x5t: undefined, kid }), 'IDENTITY_TOKEN_KEY_UNKNOWN', invalidSignature);
  }
});

test('keys that a token brings along are ignored', async () => {
  const attacker = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = await exportJWK(attacker.publicKey);
  const { x5t } = readCertificate(evoKey.certificate);
  const forge = (header: Json): Promise<string> => new SignJWT(userClaims).setProtectedHeader({ alg: 'RS256', ...header }).sign(attacker.privateKey);
  await rejected(forge({ jwk }), 'IDENTITY_TOKEN_KEY_UNKNOWN', invalidSignature);
  await rejected(forge({ jwk, x5t }), 'IDENTITY_TOKEN_SIGNATURE', invalidSignature);
  await rejected(forge({ jku: 'https://evil.test/keys', x5u: 'https://evil.test/cert', x5t }), 'IDENTITY_TOKEN_SIGNATURE', invalidSignature);
  await rejected(forge({ x5c: [certificateBase64(acsKey.certificate)], x5t }), 'IDENTITY_TOKEN_SIGNATURE', invalidSignature);
});

test('a critical header field that nobody here knows is refused', async () => {
  const { x5t } = readCertificate(evoKey.certificate);
  const input = `${encode({ typ: 'JWT', alg: 'RS256', x5t, crit: ['b2b'], b2b: true })}.${encode(userClaims)}`;
  const signature = signBytes('sha256', Buffer.from(input), createPrivateKey(evoKey.privateKey)).toString('base64url');
  await rejected(`${input}.${signature}`, 'IDENTITY_TOKEN_SIGNATURE', invalidSignature);
});

test('a short RSA key is no key', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const input = `${encode({ alg: 'RS256' })}.${encode({})}`;
  const token = decodeToken(`${input}.${signBytes('sha256', Buffer.from(input), privateKey).toString('base64url')}`);
  assert.ok(token !== undefined);
  assert.equal(await verifySignature(token, publicKey), false);
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

test('the challenge names issuers and where to sign in', () => {
  const bare = validator().challenge();
  assert.deepEqual(bare, {
    wwwAuthenticate: `Bearer client_id="${exchangeApplicationId}", trusted_issuers="${acsIssuerId}@${tenant}", token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="https://login.windows.net/common/oauth2/authorize"`,
  });
  const silent = validator({ authServers: [{ ...acs, enabled: false }, { ...evoSts, isDefaultAuthorizationEndpoint: false }] }).challenge();
  assert.match(silent.wwwAuthenticate, /trusted_issuers="", .*authorization_uri=""$/);
  assert.match(validator({ authServers: [acs, { ...evoSts, enabled: false }] }).challenge().wwwAuthenticate, /authorization_uri=""$/);
});

test('the challenge says why a token was refused, or that the client is not let in', async () => {
  const refused = validator().challenge({ rejected: await rejection('x') });
  assert.match(refused.wwwAuthenticate, /, error="invalid_token"$/);
  assert.equal(refused.diagnostics, unparsable);
  const flighting = validator().challenge({ notEnabledForDomain: 'contoso.test' });
  assert.equal(flighting.diagnostics, '4000000;reason="Flighting is not enabled for domain \'contoso.test\'.";error_category="oauth_not_available"');
  assert.doesNotMatch(flighting.wwwAuthenticate, /error=/);
});
