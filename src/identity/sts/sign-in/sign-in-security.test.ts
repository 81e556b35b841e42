import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJwt } from 'jose';
import { refused, tenant, v2Path } from '../start-test-sts.ts';
import { mailScope, nativeClient, nativeRedirect, startTestSignIn, webClient, webRedirect } from './start-test-sign-in.ts';
import { answerOf, createVerifier, inputsOf, locationOf } from './test-browser.ts';

const { time, admin, entries, post, authorizePath, getCode, getTokens, refresh, browse, secretText } = await startTestSignIn();

const fabrikam = '66666666-2222-3333-4444-555555555555';
await admin.createTenant({ id: fabrikam, displayName: 'Fabrikam', domains: ['fabrikam.test'] });
await admin.createUser(fabrikam, { userPrincipalName: 'mallory@fabrikam.test', displayName: 'Mallory', password: 'correct horse' });
await admin.createServicePrincipal(fabrikam, { appId: nativeClient, displayName: 'Mail Tool', publicClient: true, consentedResources: ['*'], servicePrincipalNames: ['https://mail.contoso.test'] });

test('no redirect leads to an address that is not registered', async () => {
  const signedIn = browse();
  await getCode({ browser: signedIn });
  const foreign = [
    'https://evil.test/',
    `${webRedirect}/`,
    `${webRedirect}?x=1`,
    `${webRedirect}#x`,
    'https://app.contoso.test/signed-in@evil.test',
    'https://app.contoso.test.evil.test/signed-in',
    'HTTPS://app.contoso.test/signed-in',
    'https://app.contoso.test/signed-in/../x',
    'http://app.contoso.test/signed-in',
    'https://user@app.contoso.test/signed-in',
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.test',
    '/relative',
    'urn:ietf:wg:oauth:2.0:oob',
    'http://127.0.0.1:1234',
    `${webRedirect}\r\nset-cookie: a=b`,
  ];
  for (const redirectUri of foreign) {
    for (const extra of [{}, { scope: '' }, { prompt: 'none' }] as Record<string, string>[]) {
      const answer = await signedIn.get(authorizePath({ client_id: webClient, redirect_uri: redirectUri, ...extra }));
      assert.deepEqual([answer.status, answer.headers['location']], [400, undefined], redirectUri);
      assert.match(answer.text, /AADSTS50011/);
      assert.doesNotMatch(answer.text, /<form/);
    }
  }
  for (const redirectUri of ['http://127.0.0.1:1/path', 'http://127.0.0.1:99999', 'http://127.0.0.1@evil.test', 'http://127.0.0.1.evil.test', 'http://localhost:80\\@evil.test', 'https://127.0.0.1:1']) {
    assert.equal((await signedIn.get(authorizePath({ redirect_uri: redirectUri }))).status, 400, redirectUri);
  }
  for (const redirectUri of ['http://localhost', 'http://localhost:8400/', 'http://[::1]:5000']) assert.equal((await signedIn.get(authorizePath({ redirect_uri: redirectUri }))).status, 302, redirectUri);
  for (const missing of [{ redirect_uri: '' }, { client_id: '' }] as Record<string, string>[]) assert.equal((await signedIn.get(authorizePath(missing))).status, 400);
  assert.match((await signedIn.get(authorizePath({ client_id: tenant }))).text, /AADSTS700016/);
  assert.match((await signedIn.get(authorizePath({}, '/nobody.test/oauth2/v2.0/authorize'))).text, /AADSTS90002/);
});

test('a sign-in form cannot be made to lead elsewhere', async () => {
  const browser = browse();
  const page = await browser.get(authorizePath());
  for (const purpose of ['', 'https://evil.test/', '//evil.test/oauth2/authorize?x=1', '/a/b/oauth2/authorize?x', '/login?x=1', `\\evil.test/oauth2/authorize?`]) {
    const answer = await browser.submit(page, { purpose, username: 'anna@contoso.test', password: 'correct horse' });
    assert.deepEqual([answer.status, answer.headers['location']], [400, undefined], purpose);
  }
  const stolen = authorizePath({ redirect_uri: 'https://evil.test/' });
  const answer = await browser.submit(page, { purpose: stolen, username: 'anna@contoso.test', password: 'correct horse' });
  assert.deepEqual([answer.status, /AADSTS50011/.test(answer.text), browser.cookies.has('__Host-hybridge-session')], [400, true, false]);
});

test('forms of other origins sign nobody in', async () => {
  const browser = browse();
  const page = await browser.get(authorizePath());
  const token = inputsOf(page)['form_token'] ?? '';
  const form = { ...inputsOf(page), username: 'anna@contoso.test', password: 'correct horse' };
  const victim = browse();
  await victim.get(authorizePath());
  for (const [who, given] of [[browse(), token], [victim, token], [browser, ''], [browser, 'x']] as const) {
    const answer = await who.post('/login', { ...form, form_token: given });
    assert.deepEqual([answer.status, who.cookies.has('__Host-hybridge-session')], [403, false]);
    assert.match(answer.text, /open for too long/);
  }
  assert.equal((await browser.post('/login', form)).status, 303);
  const twice = await browser.post('/login', form, { cookie: `__Host-hybridge-browser=${browser.cookies.get('__Host-hybridge-browser')}; __Host-hybridge-browser=${'x'.repeat(43)}` });
  assert.equal(twice.status, 403);
});

test('pages cannot be framed, run nothing, are not kept, and leak no address', async () => {
  const browser = browse();
  const pages = [await browser.get(authorizePath()), await browser.get('/devicelogin'), await browser.get(authorizePath({ client_id: '' })), await browser.post('/login', { purpose: authorizePath() })];
  for (const { headers, text } of pages) {
    const policy = String(headers['content-security-policy']);
    assert.match(policy, /^default-src 'none'; style-src 'self'; form-action 'self'[^;]*; frame-ancestors 'none'; base-uri 'none'$/);
    assert.deepEqual([headers['x-frame-options'], headers['cache-control'], headers['referrer-policy'], headers['x-content-type-options']], ['DENY', 'no-store', 'no-referrer', 'nosniff']);
    assert.match(String(headers['strict-transport-security']), /max-age=31536000/);
    assert.doesNotMatch(text, /<script|style=|javascript:/i);
  }
  for (const set of [pages[0]?.headers['set-cookie'] ?? []].flat()) assert.match(set, /^__Host-[a-z-]+=[A-Za-z0-9_-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
});

test('what comes from outside is text on the page', async () => {
  const browser = browse();
  const hostile = '"><script>alert(1)</script>@contoso.test';
  const page = await browser.get(authorizePath({ login_hint: hostile, state: hostile }));
  assert.doesNotMatch(page.text, /<script/);
  assert.match(page.text, /<strong>Mail &lt;Tool&gt;<\/strong>/);
  const answer = await browser.submit(page, { username: hostile, password: 'x' });
  assert.doesNotMatch(answer.text, /<script/);
  assert.doesNotMatch((await browse().get(authorizePath({ client_id: hostile }))).text, /<script/);
});

test('state and errors cannot break out of the redirect', async () => {
  const browser = browse();
  await getCode({ browser });
  const state = 'a\r\nset-cookie: evil=1\r\n\r\n<html>&code=stolen#x';
  const answer = await browser.get(authorizePath({ state }));
  assert.deepEqual([answerOf(answer)['state'], answerOf(answer)['code'] === 'stolen', answer.headers['set-cookie']], [state, false, undefined]);
  assert.doesNotMatch(locationOf(answer), /[\r\n<>]|&code=stolen|#/);
  const refusal = answerOf(await browser.get(authorizePath({ scope: 'https://x.test/\r\nlocation:evil/.default', state: '' })));
  assert.equal(refusal['error'], 'invalid_resource');
});

test('oversized requests are refused, and the service goes on', async () => {
  const browser = browse();
  assert.equal((await browser.get(authorizePath({ state: 'x'.repeat(12_500) }))).status, 400);
  assert.ok([400, 431].includes((await browser.get(authorizePath({ state: 'x'.repeat(20_000) }))).status));
  assert.equal((await browser.get(`${authorizePath()}&${Array.from({ length: 60 }, (_, index) => `p${index}=1`).join('&')}`)).status, 400);
  assert.equal((await browser.get(`${authorizePath()}&state=again`)).status, 400, 'no parameter twice');
  assert.equal((await browser.post('/login', { purpose: 'x'.repeat(70_000) })).status, 413);
  const page = await browser.get(authorizePath());
  assert.equal((await browser.submit(page, { username: `${'x'.repeat(10_000)}@contoso.test`, password: 'x'.repeat(10_000) })).status, 401);
  assert.equal((await browser.signIn(authorizePath())).status, 302);
});

test('a code works once, for its client, address, tenant and verifier, and not for long', async () => {
  const { form } = await getCode();
  refused(await post(v2Path, { ...form, code_verifier: createVerifier().verifier }), 400, 'invalid_grant', [501481]);
  refused(await post(v2Path, { ...form, code_verifier: '' }), 400, 'invalid_grant', [501481]);
  refused(await post(v2Path, { ...form, redirect_uri: 'http://127.0.0.1:1' }), 400, 'invalid_grant', [500112]);
  refused(await post(v2Path, { ...form, client_id: webClient, client_secret: secretText }), 400, 'invalid_grant', [70000]);
  refused(await post(`/${fabrikam}/oauth2/v2.0/token`, form), 400, 'invalid_grant', [700005]);
  refused(await post(v2Path, { ...form, code: createVerifier().verifier }), 400, 'invalid_grant', [70000]);
  refused(await post(v2Path, { ...form, client_secret: 'x' }), 401, 'invalid_client', [700025]);
  const { body } = await post(v2Path, form);
  refused(await post(v2Path, form), 400, 'invalid_grant', [54005]);
  refused(await refresh(body['refresh_token']), 400, 'invalid_grant', [70008], /expired or revoked/);
  const late = await getCode();
  time.offset = 601_000;
  refused(await post(v2Path, late.form), 400, 'invalid_grant', [70008]);
});

test('of redemptions made at once, one wins and the rest revoke it', async () => {
  const { form } = await getCode();
  const answers = await Promise.all(Array.from({ length: 5 }, () => post(v2Path, form)));
  const won = answers.filter(({ status }) => status === 200);
  assert.equal(won.length, 1);
  assert.equal(answers.filter(({ body }) => (body['error_codes'] as number[] | undefined)?.[0] === 54005).length, 4);
});

test('a verifier where no challenge was sent is refused', async () => {
  const { form } = await getCode({ clientId: webClient, redirectUri: webRedirect, parameters: { code_challenge: '', code_challenge_method: '' } });
  refused(await post(v2Path, { ...form, client_secret: secretText }), 400, 'invalid_grant', [501481]);
});

test('a person of one tenant gets nothing in another', async () => {
  const browser = browse();
  const wrong = await browser.submit(await browser.get(authorizePath()), { username: 'mallory@fabrikam.test', password: 'correct horse' });
  assert.deepEqual([wrong.status, /user name or the password is wrong/.test(wrong.text)], [401, true]);
  await browser.signIn(authorizePath({}, '/common/oauth2/v2.0/authorize'), { username: 'mallory@fabrikam.test' });
  assert.ok(browser.cookies.has('__Host-hybridge-session'));
  assert.match((await browser.get(authorizePath())).text, /<h1>Sign in<\/h1>/, 'a session of Fabrikam is none of Contoso');
  assert.match((await browser.get(authorizePath({ client_id: webClient, redirect_uri: webRedirect }, '/common/oauth2/v2.0/authorize'))).text, /AADSTS700016/);
  const tokens = await getTokens({ browser, parameters: { login_hint: 'anna@contoso.test' } });
  refused(await refresh(tokens.body['refresh_token'], {}, `/${fabrikam}/oauth2/v2.0/token`), 400, 'invalid_grant', [700005]);
  assert.equal(decodeJwt(String(tokens.body['access_token']))['tid'], tenant);
});

test('a session is never the one that the browser brought along', async () => {
  const planted = 'p'.repeat(43);
  const victim = browse();
  victim.cookies.set('__Host-hybridge-session', planted);
  await victim.signIn(authorizePath());
  assert.notEqual(victim.cookies.get('__Host-hybridge-session'), planted);
  const attacker = browse();
  attacker.cookies.set('__Host-hybridge-session', planted);
  assert.match((await attacker.get(authorizePath())).text, /<h1>Sign in<\/h1>/);
  const first = victim.cookies.get('__Host-hybridge-session') ?? '';
  await victim.signIn(authorizePath({ prompt: 'login' }));
  attacker.cookies.set('__Host-hybridge-session', first);
  assert.match((await attacker.get(authorizePath())).text, /<h1>Sign in<\/h1>/, 'signing in again ends the session before');
});

test('a refresh token used twice ends the whole sign-in', async () => {
  const { body } = await getTokens();
  const second = await refresh(body['refresh_token']);
  const third = await refresh(second.body['refresh_token']);
  assert.deepEqual([second.status, third.status], [200, 200]);
  refused(await refresh(body['refresh_token']), 400, 'invalid_grant', [70008], /expired or revoked/);
  refused(await refresh(third.body['refresh_token']), 400, 'invalid_grant', [70008], /expired or revoked/);
  assert.ok((await admin.listAudit()).some(({ action }) => action === 'refreshToken.reuse'));
  const fresh = await getTokens();
  const at = await Promise.all(Array.from({ length: 4 }, () => refresh(fresh.body['refresh_token'])));
  assert.equal(at.filter(({ status }) => status === 200).length, 1);
  refused(await refresh(fresh.body['refresh_token'], { client_id: webClient, client_secret: secretText }), 400, 'invalid_grant', [70000]);
});

test('a tenant may let clients refresh twice at once', async () => {
  await admin.updateTenant(tenant, { refreshTokenReuseSeconds: 10 });
  const { body } = await getTokens();
  const [one, two] = await Promise.all([refresh(body['refresh_token']), refresh(body['refresh_token'])]);
  assert.deepEqual([one.status, two.status], [200, 200]);
  time.offset = 11_000;
  refused(await refresh(body['refresh_token']), 400, 'invalid_grant', [70008]);
  refused(await refresh(two.body['refresh_token']), 400, 'invalid_grant', [70008]);
  await admin.updateTenant(tenant, { refreshTokenReuseSeconds: 0 });
});

test('a new password, a disabled account and a removed one end what was granted', async () => {
  const username = 'leaver@contoso.test';
  await admin.createUser(tenant, { userPrincipalName: username, displayName: 'Leaver', password: 'correct horse' });
  const browser = browse();
  await browser.signIn(authorizePath(), { username });
  const tokens = await getTokens({ browser });
  const pending = await getCode({ browser });
  await admin.setUserPassword(tenant, username, 'battery staple');
  const answer = await refresh(tokens.body['refresh_token']);
  refused(answer, 400, 'invalid_grant', [50173]);
  const instant = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z`;
  const text = `^AADSTS50173: The provided grant has expired due to it being revoked\\. The user might have changed or reset their password\\. The grant was issued on '${instant}' and the TokensValidFrom date for this user is '${instant}'\\r\\n`;
  assert.match(String(answer.body['error_description']), new RegExp(text));
  refused(await post(v2Path, pending.form), 400, 'invalid_grant', [50173]);
  assert.match((await browser.get(authorizePath())).text, /<h1>Sign in<\/h1>/);
  await browser.signIn(authorizePath(), { username, password: 'battery staple' });
  const later = await getTokens({ browser });
  await admin.updateUser(tenant, username, { enabled: false });
  refused(await refresh(later.body['refresh_token']), 400, 'invalid_grant', [50057]);
  await admin.updateUser(tenant, username, { enabled: true });
  assert.equal((await admin.revokeSignIns(tenant, username)).userPrincipalName, username);
  refused(await refresh(later.body['refresh_token']), 400, 'invalid_grant', [50173]);
  await admin.removeUser(tenant, username);
  refused(await refresh(later.body['refresh_token']), 400, 'invalid_grant', [50034]);
});

test('refresh tokens end after the time that the tenant says', async () => {
  await admin.updateTenant(tenant, { refreshTokenSeconds: 600 });
  const { body } = await getTokens();
  time.offset = 599_000;
  const next = await refresh(body['refresh_token'], { scope: `openid offline_access ${mailScope}` });
  assert.equal(next.status, 200);
  time.offset = 1_200_000;
  refused(await refresh(next.body['refresh_token']), 400, 'invalid_grant', [70008], /inactivity/);
  await admin.updateTenant(tenant, { refreshTokenSeconds: 7_776_000 });
});

test('guessing on the page locks the account, and says nothing about who has one', async () => {
  await admin.createUser(tenant, { userPrincipalName: 'target@contoso.test', displayName: 'Target', password: 'correct horse' });
  const browser = browse();
  const outcomes: number[][] = [];
  for (const username of ['target@contoso.test', 'nobody@contoso.test']) {
    const page = await browser.get(authorizePath());
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1) {
      const { status, text } = await browser.submit(page, { username, password: 'guess' });
      statuses.push(status, Number(text.includes('locked for a while')));
    }
    outcomes.push(statuses);
  }
  assert.deepEqual(outcomes[0], outcomes[1]);
  assert.equal(outcomes[0]?.at(-1), 1);
  assert.equal((await browser.signIn(authorizePath(), { username: 'target@contoso.test' })).status, 401, 'the right password does not help now');
  assert.equal(entries.at(-1)?.errorCode, 'AADSTS50053');
  assert.doesNotMatch(JSON.stringify(entries), /correct horse|guess|code=|state-1/);
});

test('loopback addresses with a path have to be registered, whatever the port', async () => {
  await admin.updateServicePrincipal(tenant, nativeClient, { redirectUris: ['http://127.0.0.1/back'] });
  for (const [redirectUri, status] of [['http://127.0.0.1:7777/back', 200], ['http://127.0.0.1/back', 200], ['http://127.0.0.1:7777/back/', 400], ['http://localhost:7777/back', 400], [nativeRedirect, 200]] as const) {
    assert.equal((await browse().get(authorizePath({ redirect_uri: redirectUri }))).status, status, redirectUri);
  }
  for (const bad of ['http://app.contoso.test/', 'https://a.test/#x', 'https://*.a.test/', 'javascript:alert(1)', 'https://u:p@a.test/', 'a', 'http://127.0.0.1:99999/x y']) {
    await assert.rejects(admin.updateServicePrincipal(tenant, nativeClient, { redirectUris: [bad] }), { code: 'IDENTITY_STS_INPUT' }, bad);
  }
});
