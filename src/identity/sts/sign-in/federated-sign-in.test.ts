import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { decodeJwt } from 'jose';
import { sharedCertificate } from '../../certificates/test-certificates.ts';
import { fromBase32, oneTimePassword, oneTimePasswordStep } from '../one-time-password.ts';
import { refused, tenant, v2Path } from '../start-test-sts.ts';
import { nativeClient, startTestSignIn } from './start-test-sign-in.ts';
import { annasId, askedOf, assertionOne, assertionTwo, bring, follow, issuerUri, passiveSignInUri, samlResponse, sign, tokenResponse } from './test-identity-provider.ts';
import type { AnswerClaims } from './test-identity-provider.ts';
import { answerOf, createVerifier, locationOf } from './test-browser.ts';
import type { BrowserAnswer, TestBrowser } from './test-browser.ts';

const { admin, post, authorizePath, browse, signIn, clock, time } = await startTestSignIn();
const provider = await sharedCertificate('evosts');
const next = await sharedCertificate('acs');
const stranger = await sharedCertificate('stranger');
const settings = { authentication: 'Federated', issuerUri, passiveSignInUri, signingCertificate: provider.certificate } as const;
const domain = 'contoso.test';
await admin.updateUser(tenant, 'anna@contoso.test', { immutableId: annasId });
await admin.createUser(tenant, { userPrincipalName: 'carl@contoso.mail.onmicrosoft.test', displayName: 'Carl', immutableId: 'Q2FybA==', password: 'correct horse' });
await admin.setDomainAuthentication(tenant, domain, settings);

const wresult = (claims: Partial<AnswerClaims> = {}, key = provider): string => tokenResponse(sign(assertionOne({ now: clock.now(), ...claims }), key));

/** Goes to the identity provider, as an application's request with a hint leads there. */
async function begin(browser: TestBrowser, parameters: Record<string, string> = {}): Promise<ReturnType<typeof askedOf>> {
  return askedOf(await browser.get(authorizePath({ login_hint: 'anna@contoso.test', ...parameters })));
}

const answered = (browser: TestBrowser, state: string, token: string): Promise<BrowserAnswer> => bring(browser, { wa: 'wsignin1.0', wctx: state, wresult: token });

/** Says of a refusal page which number it shows. */
function code(page: BrowserAnswer): string {
  assert.notEqual(page.status, 303);
  return /AADSTS\d+/.exec(page.text)?.[0] ?? page.text.slice(0, 500);
}

test('a hint leads to the identity provider, its answer to a code, and the tokens say that it vouched', async () => {
  const browser = browse();
  const { verifier, challenge } = createVerifier();
  const asked = await begin(browser, { code_challenge: challenge });
  assert.equal(asked.address, passiveSignInUri);
  assert.deepEqual([asked.parameters['wa'], asked.parameters['wtrealm'], asked.parameters['username'], asked.parameters['login_hint'], 'wfresh' in asked.parameters], ['wsignin1.0', 'urn:federation:MicrosoftOnline', 'anna@contoso.test', 'anna@contoso.test', false]);
  const signedIn = await answered(browser, asked.state, wresult());
  const done = await follow(browser, signedIn);
  const { code: given = '', state } = answerOf(done);
  assert.equal(state, 'state-1');
  const tokens = await post(v2Path, { grant_type: 'authorization_code', client_id: nativeClient, redirect_uri: 'http://127.0.0.1:49152', code: given, code_verifier: verifier });
  assert.equal(tokens.status, 200);
  const claims = decodeJwt(String(tokens.body['access_token']));
  assert.deepEqual([claims['upn'], claims['amr']], ['Anna@contoso.test', ['fed']]);
  assert.equal((await browser.get(authorizePath())).status, 302, 'the session serves the next request');
});

test('the page asks for the name first; a federated one goes elsewhere, whatever password was typed', async () => {
  const browser = browse();
  const page = await browser.get(authorizePath());
  assert.doesNotMatch(page.text, /type="password"/);
  const managed = await browser.submit(page, { username: 'carl@contoso.mail.onmicrosoft.test' });
  assert.match(managed.text, /value="carl@contoso\.mail\.onmicrosoft\.test".*type="password"/s);
  assert.equal((await browser.submit(managed, { password: 'correct horse' })).status, 303);
  const other = browse();
  const elsewhere = await other.submit(await other.get(authorizePath()), { username: 'ANNA@contoso.test', password: 'whatever' });
  assert.equal(elsewhere.status, 200);
  assert.match(elsewhere.text, /http-equiv="refresh" content="0;url=https:\/\/adfs\.contoso\.test\/adfs\/ls\/\?wa=wsignin1\.0&amp;/);
  assert.match(String(elsewhere.headers['content-security-policy']), /default-src 'none'/);
  const hinted = await browse().get(authorizePath({ domain_hint: 'contoso.test' }));
  assert.equal('username' in askedOf(hinted).parameters, false);
});

test('the password grant says nothing of federated people', async () => {
  await admin.updateTenant(tenant, { passwordGrantEnabled: true });
  refused(await signIn(), 400, 'invalid_grant', [50107]);
});

test('answers that are not believed', async () => {
  const good = (claims: Partial<AnswerClaims> = {}): string => sign(assertionOne({ now: clock.now(), ...claims }), provider);
  const evil = (): string => assertionOne({ now: clock.now(), immutableId: 'RXZpbA==' });
  const anna = good();
  const cases: Record<string, [string, string]> = {
    'not signed': [tokenResponse(assertionOne({ now: clock.now() })), 'AADSTS5000811'],
    'signed with a key that is not the domain’s': [wresult({}, stranger), 'AADSTS5000811'],
    'changed after it was signed': [tokenResponse(good({ immutableId: 'RXZpbA==' }).replaceAll('RXZpbA==', annasId)), 'AADSTS5000811'],
    'RSA with SHA-1': [tokenResponse(sign(assertionOne({ now: clock.now() }), provider, { signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1', digest: 'http://www.w3.org/2000/09/xmldsig#sha1' })), 'AADSTS5000811'],
    'wrapped: a second assertion before the signed one': [tokenResponse(`${evil()}${anna}`), 'AADSTS50008'],
    'wrapped: the signed one beside an evil one': [tokenResponse(evil()).replace('<t:TokenType>', `<t:Other>${anna}</t:Other><t:TokenType>`), 'AADSTS50008'],
    'wrapped: the signed one inside an evil one': [tokenResponse(evil().replace('</saml:Assertion>', `<saml:Advice>${anna}</saml:Advice></saml:Assertion>`)), 'AADSTS50008'],
    'wrapped: the signature of the signed one on an evil one': [tokenResponse(evil().replace('</saml:Assertion>', `${/<Signature.*<\/Signature>/s.exec(anna)?.[0]}</saml:Assertion>`)), 'AADSTS5000811'],
    'signed, but where it does not belong': [tokenResponse('').replace('</t:RequestedSecurityToken>', `</t:RequestedSecurityToken>${good()}`), 'AADSTS50008'],
    'two answers': [`<t:RequestSecurityTokenResponseCollection xmlns:t="http://schemas.xmlsoap.org/ws/2005/02/trust">${wresult()}${wresult()}</t:RequestSecurityTokenResponseCollection>`, 'AADSTS50008'],
    'a document type': [`<!DOCTYPE t [<!ENTITY a "b">]>${wresult()}`, 'AADSTS50008'],
    'entities that grow': [`<!DOCTYPE t [<!ENTITY a "${'x'.repeat(1000)}"><!ENTITY b "${'&a;'.repeat(1000)}">]>${wresult()}`, 'AADSTS50008'],
    'deep': [tokenResponse('<a>'.repeat(1000) + '</a>'.repeat(1000)), 'AADSTS50008'],
    'no XML': ['%', 'AADSTS50008'],
    'encrypted': [tokenResponse('<e:EncryptedData xmlns:e="http://www.w3.org/2001/04/xmlenc#"/>'), 'AADSTS50008'],
    'another issuer': [wresult({ issuer: 'http://sts.fabrikam.test/' }), 'AADSTS50107'],
    'another audience': [wresult({ audience: 'https://portal.contoso.test/' }), 'AADSTS50008'],
    'expired': [wresult({ from: -7_200_000, until: -360_000 }), 'AADSTS500133'],
    'not valid yet': [wresult({ from: 360_000 }), 'AADSTS500133'],
    'nobody of that ImmutableId': [wresult({ immutableId: 'Tm9ib2R5' }), 'AADSTS51004'],
    'somebody of another domain': [wresult({ immutableId: 'Q2FybA==' }), 'AADSTS51004'],
  };
  for (const [name, [token, expected]] of Object.entries(cases)) {
    const browser = browse();
    const { state } = await begin(browser);
    const page = await answered(browser, state, token);
    assert.equal(code(page), expected, name);
    assert.equal(page.status, 400, name);
    assert.equal(code(await answered(browser, state, wresult())), 'AADSTS9002313', `${name}: the sign-in is over`);
  }
  const entries = await admin.listAudit(200);
  assert.ok(entries.some(({ action, target, details }) => action === 'federatedSignIn.refuse' && target === domain && JSON.stringify(details['codes']) === '[5000811]'));
});

test('a condition that is not understood, a comment in a name, a subject that is somebody else', async () => {
  const cases: [string, (xml: string) => string, string][] = [
    ['condition', (xml) => xml.replace('</saml:Conditions>', '<o:OnlyOnSundays xmlns:o="urn:own"/></saml:Conditions>'), 'AADSTS50008'],
    ['comment', (xml) => xml.replaceAll(annasId, `${annasId}<!-- -->x`), 'AADSTS51004'],
    ['two subjects', (xml) => xml.replace(`unspecified">${annasId}`, 'unspecified">Q2FybA=='), 'AADSTS50008'],
    ['two audiences conditions', (xml) => xml.replace(/(<saml:AudienceRestrictionCondition>.*<\/saml:AudienceRestrictionCondition>)/, '$1$1'), 'AADSTS50008'],
    ['holder of key', (xml) => xml.replaceAll('cm:bearer', 'cm:holder-of-key'), 'AADSTS50008'],
    ['attribute twice', (xml) => xml.replace(/(<saml:Attribute [^>]*ImmutableID.*?<\/saml:Attribute>)/, '$1$1'), 'AADSTS50008'],
  ];
  for (const [name, change, expected] of cases) {
    const browser = browse();
    const { state } = await begin(browser);
    const changed = change(assertionOne({ now: clock.now() }));
    assert.notEqual(changed, assertionOne({ now: clock.now() }));
    assert.equal(code(await answered(browser, state, tokenResponse(sign(changed, provider)))), expected, name);
  }
});

test('an answer counts once, in the browser that asked, and only where somebody asked', async () => {
  const browser = browse();
  const token = wresult();
  assert.equal((await answered(browser, (await begin(browser)).state, token)).status, 303);
  assert.equal(code(await answered(browser, (await begin(browse())).state, token)), 'AADSTS50008', 'the same assertion again');
  assert.equal(code(await answered(browse(), 'A'.repeat(43), wresult())), 'AADSTS9002313', 'unasked');
  // Somebody else's browser brings the answer: neither of the two gets a session.
  const [attacker, victim] = [browse(), browse()];
  await begin(victim);
  const { state } = await begin(attacker);
  const page = await victim.post('/login.srf', { wa: 'wsignin1.0', wctx: state, wresult: wresult() });
  const [, resume = ''] = /content="0;url=([^"]+)"/.exec(page.text) ?? [];
  assert.equal(code(await victim.get(resume)), 'AADSTS9002313');
  assert.equal(code(await attacker.get('/login/federated?resume=')), 'AADSTS9002313');
  assert.equal(code(await attacker.get(`/login/federated?resume=${state}`)), 'AADSTS9002313');
  assert.equal(victim.cookies.has('__Host-hybridge-session') || attacker.cookies.has('__Host-hybridge-session'), false);
  // Too late.
  const slow = browse();
  const late = await begin(slow);
  time.offset = 901_000;
  assert.equal(code(await answered(slow, late.state, wresult())), 'AADSTS9002313');
});

test('a clock may be five minutes off; a new key is announced before it signs', async () => {
  await admin.setDomainAuthentication(tenant, domain, { ...settings, nextSigningCertificate: next.certificate });
  for (const [claims, key] of [[{ from: 240_000 }, provider], [{ from: -3_600_000, until: -240_000 }, provider], [{}, next]] as const) {
    const browser = browse();
    assert.equal((await answered(browser, (await begin(browser)).state, wresult(claims, key))).status, 303);
  }
  await admin.setDomainAuthentication(tenant, domain, settings);
});

test('somebody else than the hint signs in: their session, and no loop', async () => {
  await admin.createUser(tenant, { userPrincipalName: 'bert@contoso.test', displayName: 'Bert', immutableId: 'QmVydA==' });
  const browser = browse();
  const done = await follow(browser, await answered(browser, (await begin(browser)).state, wresult({ immutableId: 'QmVydA==' })));
  assert.equal(done.status, 302);
  assert.ok((answerOf(done)['code'] ?? '') !== '', locationOf(done));
  await admin.updateUser(tenant, 'bert@contoso.test', { enabled: false });
  const again = browse();
  assert.equal(code(await answered(again, (await begin(again)).state, wresult({ immutableId: 'QmVydA==' }))), 'AADSTS50057');
});

test('an application that wants a fresh sign-in gets one', async () => {
  for (const parameters of [{ prompt: 'login' }, { max_age: '60' }]) {
    const browser = browse();
    const asked = await begin(browser, parameters);
    assert.equal(asked.parameters['wfresh'], '0');
    assert.equal(code(await answered(browser, asked.state, wresult({ authenticated: -600_000 }))), 'AADSTS70044');
    const done = await follow(browser, await answered(browser, (await begin(browser, parameters)).state, wresult()));
    assert.ok((answerOf(done)['code'] ?? '') !== '');
  }
  assert.equal(answerOf(await browse().get(authorizePath({ login_hint: 'anna@contoso.test', prompt: 'none' })))['error'], 'login_required');
});

test('second factor: ours, or the provider’s where the domain says so', async () => {
  const { secret } = await admin.createAuthenticator(tenant, 'anna@contoso.test');
  const browser = browse();
  const page = await answered(browser, (await begin(browser)).state, wresult({ multiFactor: true }));
  assert.match(page.text, /Code from your authenticator app/);
  const verified = await browser.submit(page, { code: oneTimePassword(fromBase32(secret), oneTimePasswordStep(clock.now())) });
  assert.equal((await follow(browser, verified)).status, 302);
  await admin.setDomainAuthentication(tenant, domain, { ...settings, federatedIdpMfaBehavior: 'acceptIfMfaDoneByFederatedIdp' });
  const accepted = browse();
  assert.equal((await answered(accepted, (await begin(accepted)).state, wresult({ multiFactor: true }))).status, 303);
  const asked = browse();
  assert.match((await answered(asked, (await begin(asked)).state, wresult())).text, /Code from your authenticator app/);
  await admin.removeAuthenticator(tenant, 'anna@contoso.test');
  await admin.setDomainAuthentication(tenant, domain, settings);
});

test('a device: its person signs in at the identity provider too', async () => {
  const asked = await post(`/${tenant}/oauth2/v2.0/devicecode`, { client_id: nativeClient, scope: 'openid offline_access https://mail.contoso.test/.default' });
  const browser = browse();
  const page = await browser.get(`/devicelogin?user_code=${String(asked.body['user_code'])}`);
  assert.doesNotMatch(page.text, /type="password"/);
  const leading = await browser.submit(page, { username: 'anna@contoso.test' });
  const [, location = ''] = /content="0;url=([^"]+)"/.exec(leading.text) ?? [];
  const state = new URL(location.replaceAll('&amp;', '&')).searchParams.get('wctx') ?? '';
  const question = await follow(browser, await answered(browser, state, wresult()));
  assert.match(question.text, /Is this you\?/);
  assert.equal((await browser.submit(question, { decision: 'continue' })).status, 200);
  const tokens = await post(v2Path, { grant_type: 'device_code', client_id: nativeClient, device_code: String(asked.body['device_code']) });
  assert.deepEqual(decodeJwt(String(tokens.body['access_token']))['amr'], ['fed']);
});

test('sign-out goes on to the identity provider', async () => {
  await admin.setDomainAuthentication(tenant, domain, { ...settings, signOutUri: 'https://adfs.contoso.test/adfs/ls/' });
  const browser = browse();
  await answered(browser, (await begin(browser)).state, wresult());
  const out = await browser.get(`/${tenant}/oauth2/v2.0/logout?post_logout_redirect_uri=https://evil.test/`);
  assert.equal(locationOf(out), 'https://adfs.contoso.test/adfs/ls/?wa=wsignout1.0');
  assert.equal((await browser.get(`/${tenant}/oauth2/v2.0/logout`)).status, 200, 'nobody is signed in any more');
  await admin.setDomainAuthentication(tenant, domain, settings);
});

test('SAML 2.0: request, answer, and what does not answer it', async () => {
  await admin.setDomainAuthentication(tenant, domain, { ...settings, preferredAuthenticationProtocol: 'saml' });
  const send = (browser: TestBrowser, state: string, xml: string): Promise<BrowserAnswer> => bring(browser, { RelayState: state, SAMLResponse: Buffer.from(xml).toString('base64') });
  const good = (requestId: string, claims: Partial<AnswerClaims> = {}): string => assertionTwo({ now: clock.now(), inResponseTo: requestId, ...claims });
  const browser = browse();
  const asked = await begin(browser, { prompt: 'login' });
  assert.match(asked.request, /^<\?xml.*<samlp:AuthnRequest .*ForceAuthn="true".*<saml:Issuer [^>]*>urn:federation:MicrosoftOnline<\/saml:Issuer>.*nameid-format:persistent/s);
  assert.match(asked.request, /AssertionConsumerServiceURL="https:\/\/login\.cloud\.test\/login\.srf"/);
  assert.equal((await send(browser, asked.state, samlResponse(sign(good(asked.requestId), provider)))).status, 303);
  const second = await begin(browser, { prompt: 'login' });
  assert.equal((await send(browser, second.state, sign(samlResponse(good(second.requestId)), provider))).status, 303, 'the response is signed instead');
  const cases: Record<string, [(requestId: string) => string, string]> = {
    'nothing signed': [(id) => samlResponse(good(id)), 'AADSTS5000811'],
    'answers another request': [() => samlResponse(sign(good('_other'), provider)), 'AADSTS50008'],
    'for another service': [(id) => samlResponse(sign(good(id, { recipient: 'https://other.test/login.srf' }), provider)), 'AADSTS50008'],
    'sent elsewhere': [(id) => samlResponse(sign(good(id), provider), { destination: 'https://other.test/login.srf' }), 'AADSTS50008'],
    'refused there': [() => samlResponse('', { status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' }), 'AADSTS50008'],
    'another issuer': [(id) => samlResponse(sign(good(id, { issuer: 'http://sts.fabrikam.test/' }), provider)), 'AADSTS50107'],
    'an evil assertion in the response, the signed one in an extension': [(id) => samlResponse(good(id, { immutableId: 'RXZpbA==' })).replace('<samlp:Status>', `<samlp:Extensions>${sign(good(id), provider)}</samlp:Extensions><samlp:Status>`), 'AADSTS50008'],
    'the whole signed response inside another one': [(id) => samlResponse(good(id)).replace('<samlp:Status>', `<samlp:Extensions>${sign(samlResponse(good(id)), provider)}</samlp:Extensions><samlp:Status>`), 'AADSTS50008'],
    'WS-Federation in its place': [() => wresult(), 'AADSTS50008'],
  };
  for (const [name, [make, expected]] of Object.entries(cases)) {
    const { state, requestId } = await begin(browse());
    assert.equal(code(await send(browse(), state, make(requestId))), expected, name);
  }
  assert.equal(code(await answered(browser, (await begin(browse())).state, wresult())), 'AADSTS900144', 'by the protocol that the domain does not use');
  await admin.setDomainAuthentication(tenant, domain, settings);
});

test('answers that xmlsec1 signed are believed', { skip: spawnSync('xmlsec1', ['--version']).status === 0 ? false : 'xmlsec1 is not installed (apt-get install xmlsec1)' }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-provider-'));
  const file = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const template = (id: string): string =>
    `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI="#${id}"><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/></ds:Reference></ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><ds:X509Data/></ds:KeyInfo></ds:Signature>`;
  const signed = (xml: string, idAttribute: string, name: string): string => {
    const id = new RegExp(` ${idAttribute}="([^"]+)"`).exec(xml)?.[1] ?? '';
    const unsigned = file('unsigned.xml', xml.replace('</saml:Assertion>', `${template(id)}</saml:Assertion>`));
    const keys = `${file('key.pem', provider.privateKey)},${file('certificate.pem', provider.certificate)}`;
    return execFileSync('xmlsec1', ['--sign', '--privkey-pem', keys, `--id-attr:${idAttribute}`, name, unsigned], { encoding: 'utf8' }).replace(/^<\?xml.*\?>\n/, '');
  };
  try {
    const browser = browse();
    const { state } = await begin(browser);
    const one = signed(assertionOne({ now: clock.now() }), 'AssertionID', 'urn:oasis:names:tc:SAML:1.0:assertion:Assertion');
    assert.equal((await answered(browser, state, tokenResponse(one))).status, 303);
    await admin.setDomainAuthentication(tenant, domain, { ...settings, preferredAuthenticationProtocol: 'saml' });
    const other = browse();
    const asked = await begin(other);
    const two = signed(assertionTwo({ now: clock.now(), inResponseTo: asked.requestId }), 'ID', 'urn:oasis:names:tc:SAML:2.0:assertion:Assertion');
    assert.equal((await bring(other, { RelayState: asked.state, SAMLResponse: Buffer.from(samlResponse(two)).toString('base64') })).status, 303);
  } finally {
    await admin.setDomainAuthentication(tenant, domain, settings);
    rmSync(folder, { recursive: true });
  }
});
