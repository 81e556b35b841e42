import assert from 'node:assert/strict';
import { createHmac, createPrivateKey, generateKeyPairSync, sign as signBytes, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { exportJWK, SignJWT } from 'jose';
import { certificateBase64, readCertificate } from '../certificates/read-certificate.ts';
import { decodeToken } from '../tokens/decode-token.ts';
import { verifySignature } from '../tokens/verify-signature.ts';
import { acsKey, actAs, actorClaims, audience, encode, evoKey, invalidSignature, outerClaims, rejected, seconds, sign, unparsable, unsigned, userClaims } from './test-tokens.ts';
import type { Json } from './test-tokens.ts';

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
  assert.equal(verifySignature(token, publicKey), false);
});
