import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJwt } from 'jose';
import { refused, tenant, v1Path, v2Path } from '../start-test-sts.ts';
import { mailScope, nativeClient, startTestSignIn } from './start-test-sign-in.ts';
import { locationOf } from './test-browser.ts';
import type { BrowserAnswer, TestBrowser } from './test-browser.ts';

const { time, admin, entries, post, refresh, browse } = await startTestSignIn();
const grant = 'urn:ietf:params:oauth:grant-type:device_code';

const start = async (path = `/${tenant}/oauth2/v2.0/devicecode`, form: Record<string, string> = { scope: `openid offline_access ${mailScope}` }) => {
  const { status, body } = await post(path, { client_id: nativeClient, ...form });
  assert.equal(status, 200, JSON.stringify(body));
  const poll = (changes: Record<string, string> = {}, tokenPath = v2Path) => post(tokenPath, { grant_type: grant, client_id: nativeClient, device_code: String(body['device_code']), ...changes });
  return { body, userCode: String(body['user_code']), poll };
};

/** Opens the device page with a code and signs in where asked; gives the page with the question. */
const question = async (browser: TestBrowser, userCode: string): Promise<BrowserAnswer> => {
  const page = await browser.get(`/devicelogin?user_code=${encodeURIComponent(userCode)}`);
  if (!page.text.includes('<h1>Sign in</h1>')) return page;
  return browser.get(locationOf(await browser.submit(page, { username: 'anna@contoso.test', password: 'correct horse' })));
};

test('a device gets its tokens once the person has agreed', async () => {
  const { body, userCode, poll } = await start();
  assert.match(userCode, /^[B-Z]{4}-[B-Z]{4}$/);
  assert.deepEqual([body['verification_uri'], body['expires_in'], body['interval']], ['https://login.cloud.test/devicelogin', 900, 5]);
  assert.match(String(body['message']), new RegExp(`open the page https://login\\.cloud\\.test/devicelogin and enter the code ${userCode} to authenticate`));
  refused(await poll(), 400, 'authorization_pending', [70016]);
  refused(await poll(), 400, 'slow_down', [70016]);
  time.offset = 5_000;
  refused(await poll(), 400, 'authorization_pending', [70016]);
  const browser = browse();
  assert.match((await browser.get('/devicelogin')).text, /<label for="user_code">Code<\/label>/);
  const page = await question(browser, userCode.toLowerCase().replace('-', ' '));
  assert.match(page.text, new RegExp(`Mail &lt;Tool&gt;</strong> on another device, as <strong>Anna@contoso\\.test</strong>[\\s\\S]*${userCode}`));
  refused(await poll({ client_id: '00000000-0000-0000-0000-000000000000' }), 400, 'unauthorized_client', [700016]);
  assert.match((await browser.submit(page, { decision: 'continue' })).text, /You have signed in to <strong>Mail &lt;Tool&gt;/);
  const tokens = await poll();
  assert.deepEqual([tokens.status, decodeJwt(String(tokens.body['access_token'])).aud], [200, 'https://mail.contoso.test']);
  assert.equal((await refresh(tokens.body['refresh_token'])).status, 200);
  refused(await poll(), 400, 'invalid_grant', [54005]);
  assert.match((await browser.get(`/devicelogin?user_code=${userCode}`)).text, /not valid any more/);
});

test('version 1, and a tenant that the person decides', async () => {
  const v1 = await start('/common/oauth2/devicecode', { resource: 'https://mail.contoso.test' });
  assert.deepEqual([v1.body['verification_url'], v1.body['expires_in'], v1.body['interval']], ['https://login.cloud.test/devicelogin', '900', '5']);
  const poll = () => post('/common/oauth2/token', { grant_type: 'device_code', client_id: nativeClient, code: String(v1.body['device_code']) });
  refused(await poll(), 400, 'authorization_pending', [70016]);
  const browser = browse();
  await browser.submit(await question(browser, v1.userCode), { decision: 'continue' });
  const { status, body } = await poll();
  assert.deepEqual([status, body['expires_in'], decodeJwt(String(body['access_token']))['tid']], [200, '3600', tenant]);
});

test('a person may refuse, and a code ends', async () => {
  const refusedCode = await start();
  const browser = browse();
  const page = await question(browser, refusedCode.userCode);
  assert.match((await browser.submit(page, { decision: 'cancel' })).text, /<h1>Cancelled<\/h1>/);
  refused(await refusedCode.poll(), 400, 'authorization_declined', [65004]);
  const late = await start();
  const open = await question(browser, late.userCode);
  time.offset = 901_000;
  refused(await late.poll(), 400, 'expired_token', [70019]);
  assert.equal((await browser.submit(open, { decision: 'continue' })).status, 404);
});

test('nobody agrees unasked', async () => {
  const { userCode, poll } = await start();
  const browser = browse();
  const page = await question(browser, userCode);
  const forged = await browser.post('/devicelogin', { user_code: userCode, decision: 'continue', form_token: 'x' });
  assert.match(forged.text, /<h1>Is this you\?<\/h1>/, 'without the token of our page, the question is asked again');
  const stranger = await browse().submit(page, { decision: 'continue' });
  assert.match(stranger.text, /<h1>Sign in<\/h1>/);
  refused(await poll(), 400, 'authorization_pending', [70016]);
});

test('device requests are checked like others, and codes cannot be tried without end', async () => {
  const path = `/${tenant}/oauth2/v2.0/devicecode`;
  refused(await post(path, { scope: mailScope }), 400, 'invalid_request', [900144]);
  refused(await post(path, { client_id: nativeClient }), 400, 'invalid_request', [900144]);
  refused(await post(path, { client_id: tenant, scope: mailScope }), 400, 'unauthorized_client', [700016]);
  refused(await post(path, { client_id: nativeClient, scope: 'https://owa.contoso.test/.default' }), 400, 'invalid_resource', [500011]);
  refused(await post('/common/oauth2/devicecode', { client_id: tenant }), 400, 'unauthorized_client', [700016]);
  refused(await post('/nobody.test/oauth2/devicecode', { client_id: nativeClient }), 400, 'invalid_request', [90002]);
  refused(await post(v1Path, { grant_type: 'device_code', client_id: nativeClient, code: 'x' }), 400, 'invalid_grant', [70000]);
  refused(await post('/common/oauth2/token', { grant_type: 'device_code', client_id: nativeClient, code: 'x' }), 400, 'invalid_grant', [70000]);
  const browser = browse();
  for (let guess = 0; guess < 100; guess += 1) assert.equal((await browser.get('/devicelogin?user_code=BBBB-BBBB')).status, 404);
  assert.equal(entries.at(-1)?.errorCode, 'AADSTS70018');
  assert.deepEqual([(await browser.get('/devicelogin?user_code=BBBB-BBBB')).status, (await admin.listTenants()).length], [429, 1]);
});
