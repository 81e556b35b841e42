import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { exportJWK, SignJWT } from 'jose';
import { readCertificate } from './certificates/read-certificate.ts';
import { makeToken, makeValidator, secured } from './federation/test-federation.ts';
import { startTestSignIn } from './sts/sign-in/start-test-sign-in.ts';
import { acsGrant, acsPath, outlookResource, refused, tenant as stsTenant } from './sts/start-test-sts.ts';
import type { Answer } from './sts/start-test-sts.ts';
import { acsKey, actAs, actorClaims, encode, evoKey, issuer, otherTenant, rejection, seconds, sign, unsigned, userClaims } from './validation/test-tokens.ts';
import type { ValidateOptions } from './validation/create-token-validator.ts';

/*
 * What the literature on JOSE tells to try (RFC 8725, the Wycheproof and "JWT attack" collections), each named, with what
 * it is answered. The first table is about a server that is shown a token, the second about the token service, the third about a
 * server that is sent a message with a delegation token. What identity providers are believed: federated-sign-in.test.ts.
 */

const day = 86_400;
const { x5t } = readCertificate(evoKey.certificate);
const attacker = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = await exportJWK(attacker.publicKey);
const byAttacker = (header: Record<string, unknown>): Promise<string> => new SignJWT(userClaims).setProtectedHeader({ typ: 'JWT', alg: 'RS256', ...header }).sign(attacker.privateKey);
const withMac = (secret: string | Buffer): string => {
  const input = `${encode({ typ: 'JWT', alg: 'HS256', x5t })}.${encode(userClaims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
};
const user = (claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}): Promise<string> => sign({ ...userClaims, ...claims }, evoKey, header);
const publicPem = new X509Certificate(evoKey.certificate).publicKey.export({ format: 'pem', type: 'spki' });
const good = await user();
const [goodHeader = '', goodClaims = '', goodSignature = ''] = good.split('.');
const overHttp: ValidateOptions = { host: 'mail.contoso.test', scheme: 'http' };
const overOtherName: ValidateOptions = { host: 'other.contoso.test', scheme: 'https' };

const shown: readonly (readonly [what: string, token: string | Promise<string>, diagnostics: string, code: string, target?: ValidateOptions])[] = [
  ['alg none', unsigned(userClaims), '2000000', 'IDENTITY_TOKEN_ALGORITHM'],
  ['alg nOnE, with the signature taken off', unsigned(userClaims, { alg: 'nOnE', x5t }), '2000000', 'IDENTITY_TOKEN_ALGORITHM'],
  ['alg RS256 with an empty signature', `${goodHeader}.${goodClaims}.`, '2000000', 'IDENTITY_TOKEN_SIGNATURE'],
  ['algorithm confusion: HS256 with the public key as its secret', withMac(publicPem), '2000000', 'IDENTITY_TOKEN_ALGORITHM'],
  ['algorithm confusion: HS256 with an empty secret', withMac(''), '2000000', 'IDENTITY_TOKEN_ALGORITHM'],
  ['RS256 said to be PS256', `${encode({ alg: 'PS256', x5t })}.${goodClaims}.${goodSignature}`, '2000000', 'IDENTITY_TOKEN_SIGNATURE'],
  ['a signature of zeros', `${goodHeader}.${goodClaims}.${Buffer.alloc(256).toString('base64url')}`, '2000000', 'IDENTITY_TOKEN_SIGNATURE'],
  ['a signature one byte too long', `${goodHeader}.${goodClaims}.${Buffer.concat([Buffer.from(goodSignature, 'base64url'), Buffer.alloc(1)]).toString('base64url')}`, '2000000', 'IDENTITY_TOKEN_SIGNATURE'],
  ['changed claims under a good signature', `${goodHeader}.${encode({ ...userClaims, upn: 'twin@contoso.test' })}.${goodSignature}`, '2000000', 'IDENTITY_TOKEN_SIGNATURE'],
  ['the key of another trusted issuer', sign(userClaims, acsKey), '2000000', 'IDENTITY_TOKEN_KEY_UNKNOWN'],
  ['the key of another issuer under our key’s name', sign(userClaims, acsKey, { x5t }), '2000000', 'IDENTITY_TOKEN_SIGNATURE'],
  ['a key brought along (jwk)', byAttacker({ jwk, x5t }), '2000000', 'IDENTITY_TOKEN_SIGNATURE'],
  ['a key to be fetched (jku)', byAttacker({ jku: 'https://evil.test/keys', kid: 'k' }), '2000000', 'IDENTITY_TOKEN_KEY_UNKNOWN'],
  ['a certificate to be fetched (x5u)', byAttacker({ x5u: 'https://evil.test/c.pem' }), '2000000', 'IDENTITY_TOKEN_KEY_UNKNOWN'],
  ['a certificate brought along (x5c)', byAttacker({ x5c: ['MIIB'], x5t }), '2000000', 'IDENTITY_TOKEN_SIGNATURE'],
  ['kid as a path', byAttacker({ kid: '../../../../dev/null' }), '2000000', 'IDENTITY_TOKEN_KEY_UNKNOWN'],
  ['kid as SQL', byAttacker({ kid: "x' UNION SELECT 'key" }), '2000000', 'IDENTITY_TOKEN_KEY_UNKNOWN'],
  ['kid as a member of every object', byAttacker({ kid: '__proto__' }), '2000000', 'IDENTITY_TOKEN_KEY_UNKNOWN'],
  ['kid that is no text', byAttacker({ kid: { x: 1 } }), '2000000', 'IDENTITY_TOKEN_KEY_UNKNOWN'],
  ['oversized', `${good}${'A'.repeat(20_000)}`, '2000001', 'IDENTITY_TOKEN_MALFORMED'],
  ['five parts: encrypted', 'a.b.c.d.e', '2000001', 'IDENTITY_TOKEN_MALFORMED'],
  ['JSON form instead of compact', JSON.stringify({ payload: goodClaims, signature: goodSignature, protected: goodHeader }), '2000001', 'IDENTITY_TOKEN_MALFORMED'],
  ['base64 with padding', `${goodHeader}=.${goodClaims}.${goodSignature}`, '2000001', 'IDENTITY_TOKEN_MALFORMED'],
  ['characters beyond base64url in the signature', `${goodHeader}.${goodClaims}.${goodSignature.slice(0, -1)}\n`, '2000001', 'IDENTITY_TOKEN_MALFORMED'],
  ['wrong issuer', user({ iss: 'https://evil.test/' }), '2000006', 'IDENTITY_TOKEN_ISSUER'],
  ['no issuer', user({ iss: undefined }), '2000006', 'IDENTITY_TOKEN_ISSUER'],
  ['the issuer’s name with something behind it', user({ iss: `${issuer}x` }), '2000006', 'IDENTITY_TOKEN_ISSUER'],
  ['wrong tenant in the issuer', user({ iss: `https://sts.windows.net/${otherTenant}/` }), '2000004', 'IDENTITY_TOKEN_TENANT'],
  ['wrong tenant in tid', user({ tid: otherTenant }), '2000004', 'IDENTITY_TOKEN_TENANT'],
  ['wrong audience', user({ aud: 'https://other.contoso.test' }), '2000003', 'IDENTITY_TOKEN_AUDIENCE'],
  ['an audience with our name in front', user({ aud: 'https://mail.contoso.test.evil.test' }), '2000003', 'IDENTITY_TOKEN_AUDIENCE'],
  ['our name as a user name', user({ aud: 'https://mail.contoso.test@evil.test' }), '2000003', 'IDENTITY_TOKEN_AUDIENCE'],
  ['several audiences, ours among them', user({ aud: ['https://evil.test', 'https://mail.contoso.test'] }), '2000003', 'IDENTITY_TOKEN_AUDIENCE'],
  ['the right token at another name', good, '2000003', 'IDENTITY_TOKEN_AUDIENCE', overOtherName],
  ['the right token without TLS', good, '2000003', 'IDENTITY_TOKEN_SCHEME', overHttp],
  ['expired, beyond five minutes', user({ exp: seconds - 301 }), '2000002', 'IDENTITY_TOKEN_EXPIRED'],
  ['not yet valid, beyond five minutes', user({ nbf: seconds + 301 }), '2000002', 'IDENTITY_TOKEN_NOT_YET_VALID'],
  ['no expiry', user({ exp: undefined }), '2000001', 'IDENTITY_TOKEN_MALFORMED'],
  ['an expiry that is no number', user({ exp: 'never' }), '2000001', 'IDENTITY_TOKEN_MALFORMED'],
  ['an expiry beyond all numbers', user({ exp: 1e300 }), '2000001', 'IDENTITY_TOKEN_MALFORMED'],
  ['nobody', user({ upn: 'nobody@contoso.test' }), '2000005', 'IDENTITY_TOKEN_USER_MISSING'],
  ['two people', user({ upn: 'twin@contoso.test' }), '2000005', 'IDENTITY_TOKEN_USER_AMBIGUOUS'],
  ['a person’s token wrapped as an actor', unsigned({ iss: userClaims['iss'], aud: userClaims['aud'], exp: seconds + day, actortoken: good }), '2000006', 'IDENTITY_TOKEN_ISSUER'],
  ['an actor token of another application', actAs({ nameid: `bbbbbbbb-0000-4000-8000-000000000001@${String(userClaims['tid'])}` }), '2000007', 'IDENTITY_TOKEN_ACTOR_MISMATCH'],
  ['an actor token that may not speak for people', actAs({ trustedfordelegation: 'false' }), '2000007', 'IDENTITY_TOKEN_NOT_TRUSTED_FOR_DELEGATION'],
  ['an actor token inside an actor token', actAs({ actortoken: 'x' }), '2000001', 'IDENTITY_TOKEN_MALFORMED'],
  ['an expired actor token', actAs({ exp: seconds - 301 }), '2000002', 'IDENTITY_TOKEN_EXPIRED'],
  ['an unsigned actor token', unsigned({ ...actorClaims, actortoken: unsigned(actorClaims) }), '2000000', 'IDENTITY_TOKEN_ALGORITHM'],
];

test('tokens that a server is shown', async (t) => {
  for (const [what, token, diagnostics, code, target] of shown) {
    await t.test(what, async () => {
      const error = await rejection(token, target === undefined ? {} : { target });
      assert.deepEqual([error.diagnostics.code, error.code], [diagnostics, code]);
    });
  }
});

test('within five minutes of skew, on either side, a token is good', async () => {
  for (const claims of [{ exp: seconds - 299 }, { nbf: seconds + 299 }]) await assert.rejects(rejection(user(claims)), { message: 'the token was accepted' });
});

const { clock, post, assertion, askAcs, getCode, refresh, getTokens } = await startTestSignIn();
const now = (): number => Math.floor(clock.now() / 1000);

const asked: readonly (readonly [what: string, ask: () => Promise<Answer>, status: number, error: string, codes: number[]])[] = [
  ['an assertion with alg none', () => askWith(unsigned({ iss: `x@${stsTenant}` })), 401, 'invalid_client', [50027]],
  ['an assertion with HS256', () => askWith(withMac(publicPem)), 401, 'invalid_client', [50027]],
  ['an assertion with its key brought along', () => askAcs({ header: { jwk, x5t: undefined, kid: 'k' } }), 401, 'invalid_client', [70002, 50012]],
  ['an assertion whose key is to be fetched', () => askAcs({ header: { jku: 'https://evil.test/keys', x5t: undefined } }), 401, 'invalid_client', [70002, 50012]],
  ['an assertion of a stranger under our key’s name', async () => askAcs({ key: evoKey, header: { x5t: await registeredX5t() } }), 401, 'invalid_client', [700027]],
  ['an assertion of another tenant', () => askAcs({ claims: { iss: `00000002-0000-0ff1-ce00-000000000000@${otherTenant}` } }), 400, 'unauthorized_client', [700016]],
  ['an assertion for another service', () => askAcs({ claims: { aud: 'https://evil.test/' } }), 401, 'invalid_client', [700023]],
  ['an assertion beyond its time', () => askAcs({ claims: { exp: now() - 301 } }), 401, 'invalid_client', [700024]],
  ['an assertion before its time', () => askAcs({ claims: { nbf: now() + 330 } }), 401, 'invalid_client', [700024]],
  ['an assertion that lives for years', () => askAcs({ claims: { exp: now() + 900 * day } }), 401, 'invalid_client', [700024]],
  ['an oversized assertion', () => askWith('a'.repeat(20_000)), 401, 'invalid_client', [50027]],
  ['an assertion replayed', replayed, 401, 'invalid_client', [50027]],
  ['an authorization code replayed', codeReplayed, 400, 'invalid_grant', [54005]],
  ['a refresh token stolen: used a second time', stolen, 400, 'invalid_grant', [70008]],
  ['the thief’s refresh token, once the theft was noticed', thiefs, 400, 'invalid_grant', [70008]],
  ['a refresh token that nobody issued', () => refresh('x'.repeat(43)), 400, 'invalid_grant', [70000]],
];

const askWith = (text: string): Promise<Answer> => post(acsPath, { grant_type: acsGrant, assertion: text, resource: outlookResource });

async function registeredX5t(): Promise<string> {
  const [header = ''] = (await assertion()).split('.');
  return (JSON.parse(Buffer.from(header, 'base64url').toString()) as { x5t: string }).x5t;
}

async function replayed(): Promise<Answer> {
  const text = await assertion();
  assert.equal((await askWith(text)).status, 200);
  return askWith(text);
}

async function codeReplayed(): Promise<Answer> {
  const { form } = await getCode();
  assert.equal((await post(`/${stsTenant}/oauth2/v2.0/token`, form)).status, 200);
  return post(`/${stsTenant}/oauth2/v2.0/token`, form);
}

async function stolen(): Promise<Answer> {
  const { body } = await getTokens();
  assert.equal((await refresh(body['refresh_token'])).status, 200);
  return refresh(body['refresh_token']);
}

async function thiefs(): Promise<Answer> {
  const { body } = await getTokens();
  const thief = await refresh(body['refresh_token']);
  await refresh(body['refresh_token']);
  return refresh(thief.body['refresh_token']);
}

test('what the token service is asked', async (t) => {
  for (const [what, ask, status, error, codes] of asked) await t.test(what, async () => refused(await ask(), status, error, codes));
});

const minute = 60_000;
const verifying = /^An error occurred when verifying security for the message\./;
const processing = /^An error occurred when processing the security tokens in the message\./;
const bodyOf = (message: string): string => message.slice(message.indexOf('<s:Body'), message.indexOf('</s:Body>') + '</s:Body>'.length);

/** The second message is sent after the first to the same server. */
const sent: readonly (readonly [what: string, message: () => Promise<string | readonly [string, string]>, text: RegExp])[] = [
  ['SAML: a changed assertion under a good signature', async () => secured({ token: await makeToken({}, (signed) => signed.replace('anna@contoso.mail', 'chief@contoso.mail')) }), processing],
  ['SAML wrapping: an evil assertion with the good one inside it', async () => secured({ token: await makeToken({}, wrapped) }), processing],
  ['SAML: an assertion of another gateway', async () => secured({ token: await makeToken({ issuer: 'urn:federation:Other' }) }), processing],
  ['SAML: an assertion for another organisation', async () => secured({ token: await makeToken({ audience: 'elsewhere.test' }) }), verifying],
  ['SAML: an assertion whose time is over', async () => secured({ token: await makeToken({ notBefore: Date.now() - 60 * minute, notOnOrAfter: Date.now() - 6 * minute }) }), verifying],
  ['SAML: an assertion without the key that its holder must have', async () => secured({ token: await makeToken({ proofKey: Buffer.alloc(0) }) }), processing],
  ['wrapping: the signed body moved away, its double in its place', async () => doubled(await secured()), verifying],
  ['a changed body under a good signature', async () => (await secured()).replace('>good<', '>evil<'), verifying],
  ['a signature by somebody who does not have the key', async () => secured({ token: { ...(await makeToken()), proofKey: Buffer.alloc(32, 8) } }), verifying],
  ['a document type', async () => (await secured()).replace('?>', '?><!DOCTYPE s [<!ENTITY x "y">]>'), verifying],
  ['an XML bomb', async () => (await secured()).replace('?>', `?><!DOCTYPE s [<!ENTITY a "${'x'.repeat(1000)}"><!ENTITY b "${'&a;'.repeat(1000)}">]>`).replace('>good<', '>&b;<'), verifying],
  ['a document type inside the encrypted assertion', async () => secured({ token: await makeToken({}, (signed) => `<!DOCTYPE a>${signed}`) }), processing],
  ['very deep elements', async () => (await secured()).replace('>good<', `>${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}<`), verifying],
  ['a sender whose clock is six minutes fast', () => secured({ offset: 6 * minute }), verifying],
  ['a sender whose clock is six minutes slow', () => secured({ offset: -6 * minute }), verifying],
  ['a message replayed', async () => twice(await secured()), verifying],
];

function wrapped(signed: string): string {
  const signature = signed.slice(signed.indexOf('<ds:Signature'), signed.indexOf('</ds:Signature>') + '</ds:Signature>'.length);
  const evil = signed.replace(signature, '').replace('anna@contoso.mail.onmicrosoft.test', 'chief@contoso.mail.onmicrosoft.test').replace(/AssertionID="[^"]+"/, 'AssertionID="_evil"');
  return evil.replace('</saml:Assertion>', `${signature}<saml:Advice>${signed.replace(signature, '')}</saml:Advice></saml:Assertion>`);
}

function doubled(message: string): string {
  return message.replace('</s:Header>', `<x:Box xmlns:x="urn:x">${bodyOf(message)}</x:Box></s:Header>`).replace(/>good<(?![^]*>good<)/, '>evil<');
}

function twice(message: string): readonly [string, string] {
  return [message, message];
}

test('messages that carry delegation tokens', async (t) => {
  for (const [what, make, text] of sent) {
    await t.test(what, async () => {
      const made = await make();
      const [first, last] = typeof made === 'string' ? [undefined, made] : made;
      const validator = await makeValidator();
      if (first !== undefined) await validator.validate(Buffer.from(first), ['MSExchange.SharingCalendarFreeBusy']);
      await assert.rejects(validator.validate(Buffer.from(last), ['MSExchange.SharingCalendarFreeBusy']), { name: 'IdentityError', message: text });
    });
  }
});
