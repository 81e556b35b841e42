import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJwt } from 'jose';
import { fromBase32, oneTimePassword, oneTimePasswordStep } from '../one-time-password.ts';
import { refused, tenant, v1Path } from '../start-test-sts.ts';
import { nativeClient, startTestSignIn } from './start-test-sign-in.ts';
import { answerOf, locationOf } from './test-browser.ts';

const { time, clock, admin, signIn, authorizePath, getCode, getTokens, refresh, browse } = await startTestSignIn();
const username = 'careful@contoso.test';
await admin.createUser(tenant, { userPrincipalName: username, displayName: 'Careful', password: 'correct horse' });
const credentials = { username, password: 'correct horse' };

test('a person with an authenticator needs password and code, and each code works once', async () => {
  const { secret, uri } = await admin.createAuthenticator(tenant, username);
  assert.match(uri, /^otpauth:\/\/totp\/login\.cloud\.test:careful%40contoso\.test\?secret=[A-Z2-7]{32}&issuer=login\.cloud\.test&/);
  assert.equal((await admin.getUser(tenant, username)).hasAuthenticator, true);
  const code = (steps = 0): string => oneTimePassword(fromBase32(secret), oneTimePasswordStep(clock.now()) + steps);
  const browser = browse();
  const page = await browser.submit(await browser.get(authorizePath()), credentials);
  assert.deepEqual([page.status, browser.cookies.has('__Host-hybridge-session')], [200, false]);
  assert.match(page.text, /<h1>Enter code<\/h1>/);
  for (const wrong of ['', '000000x', 'abcdef', code(-3), code(5)]) assert.equal((await browser.submit(page, { code: wrong })).status, 401, wrong);
  assert.equal((await browse().submit(page, { code: code() })).status, 403, 'another browser cannot go on with it');
  const spent = code();
  const done = await browser.submit(page, { code: `${spent.slice(0, 3)} ${spent.slice(3)}` });
  const { code: granted } = answerOf(await browser.get(locationOf(done)));
  assert.ok(granted !== undefined);
  const tokens = await getTokens({ browser });
  assert.deepEqual(decodeJwt(String(tokens.body['access_token']))['amr'], ['pwd', 'mfa']);
  const other = browse();
  const second = await other.submit(await other.get(authorizePath()), credentials);
  assert.equal((await other.submit(second, { code: spent })).status, 401, 'spent');
  time.offset = 301_000;
  assert.equal((await other.submit(second, { code: code() })).status, 403, 'the page does not stay open for ever');
});

test('wrong codes lock the account as wrong passwords do', async () => {
  await admin.createUser(tenant, { userPrincipalName: 'guessed@contoso.test', displayName: 'Guessed', password: 'correct horse' });
  const { secret } = await admin.createAuthenticator(tenant, 'guessed@contoso.test');
  const browser = browse();
  const page = await browser.submit(await browser.get(authorizePath()), { username: 'guessed@contoso.test', password: 'correct horse' });
  for (let guess = 0; guess < 9; guess += 1) await browser.submit(page, { code: '000000' });
  const locked = await browser.submit(page, { code: oneTimePassword(fromBase32(secret), oneTimePasswordStep(clock.now())) });
  assert.match(locked.text, /locked for a while/);
  assert.ok((await admin.getUser(tenant, 'guessed@contoso.test')).lockedUntil !== null);
});

test('a password alone does not go around the second factor, and makes no wrong code forgotten', async () => {
  const name = 'patient@contoso.test';
  await admin.createUser(tenant, { userPrincipalName: name, displayName: 'Patient', password: 'correct horse' });
  await admin.updateTenant(tenant, { passwordGrantEnabled: true });
  assert.equal((await signIn({ username: name })).status, 200);
  await admin.createAuthenticator(tenant, name);
  const browser = browse();
  const page = await browser.submit(await browser.get(authorizePath()), { username: name, password: 'correct horse' });
  const codes: string[] = [];
  for (let guess = 0; guess < 12; guess += 1) {
    codes.push(/locked for a while/.test((await browser.submit(page, { code: '000000' })).text) ? 'locked' : 'wrong');
    if (codes.at(-1) === 'wrong') await signIn({ username: name });
  }
  assert.ok(codes.includes('locked'), 'signing in by password between the codes must not help');
  time.offset += 3_600_000;
  for (let attempt = 0; attempt < 12; attempt += 1) refused(await signIn({ username: name }), 400, 'interaction_required', [50076]);
});

test('an application may require the second factor', async () => {
  const browser = browse();
  await getCode({ browser });
  const before = await getTokens({ browser });
  await admin.updateServicePrincipal(tenant, nativeClient, { requiresMultiFactor: true });
  refused(await refresh(before.body['refresh_token']), 400, 'interaction_required', [50079]);
  const page = await browser.get(authorizePath());
  assert.deepEqual([page.status, /AADSTS50079/.test(page.text)], [400, true], 'who has none is told on a page');
  const { secret } = await admin.createAuthenticator(tenant, 'anna@contoso.test');
  assert.equal(answerOf(await browser.get(authorizePath({ prompt: 'none' })))['error'], 'interaction_required');
  const refusal = await refresh(before.body['refresh_token']);
  refused(refusal, 400, 'interaction_required', [50076]);
  assert.equal(refusal.body['suberror'], 'basic_action');
  const stepUp = await browser.get(authorizePath());
  assert.match(stepUp.text, /<h1>Enter code<\/h1>/, 'the session is asked for the code alone');
  const done = await browser.submit(stepUp, { code: oneTimePassword(fromBase32(secret), oneTimePasswordStep(clock.now())) });
  assert.ok('code' in answerOf(await browser.get(locationOf(done))));
  await admin.updateTenant(tenant, { passwordGrantEnabled: true });
  refused(await signIn({ client_id: nativeClient }, v1Path), 400, 'interaction_required', [50076]);
  await admin.removeAuthenticator(tenant, 'anna@contoso.test');
  await assert.rejects(admin.removeAuthenticator(tenant, 'anna@contoso.test'), { code: 'IDENTITY_STS_NOT_FOUND' });
  await admin.updateServicePrincipal(tenant, nativeClient, { requiresMultiFactor: false });
});

test('an application may be open to some networks only', async () => {
  const browser = browse();
  const { body } = await getTokens({ browser });
  await admin.updateServicePrincipal(tenant, nativeClient, { allowedNetworks: ['10.0.0.0/8', 'fd00::/8'] });
  assert.deepEqual([answerOf(await browser.get(authorizePath()))['error'], answerOf(await browser.get(authorizePath()))['error_description']?.startsWith('AADSTS53003: ')], ['access_denied', true]);
  refused(await refresh(body['refresh_token']), 400, 'invalid_grant', [53003]);
  await admin.updateServicePrincipal(tenant, nativeClient, { allowedNetworks: ['127.0.0.0/8', '::1'] });
  assert.equal((await refresh(body['refresh_token'])).status, 200, 'a refusal does not spend the token');
  await assert.rejects(admin.updateServicePrincipal(tenant, nativeClient, { allowedNetworks: ['10.0.0.0/33'] }), { code: 'IDENTITY_STS_INPUT' });
  await admin.updateServicePrincipal(tenant, nativeClient, { allowedNetworks: [] });
});
