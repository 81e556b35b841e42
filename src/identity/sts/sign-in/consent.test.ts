import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { exchangeApplicationId } from '../../well-known.ts';
import { refused, tenant, v2Path } from '../start-test-sts.ts';
import { mailScope, startTestSignIn } from './start-test-sign-in.ts';
import { answerOf, inputsOf, locationOf } from './test-browser.ts';
import type { BrowserAnswer, TestBrowser } from './test-browser.ts';

const { admin, entries, post, authorizePath, getTokens, refresh, browse } = await startTestSignIn();

async function newClient(displayName = 'Calendar <Sync>'): Promise<string> {
  const appId = randomUUID();
  await admin.createServicePrincipal(tenant, { appId, displayName, publicClient: true });
  return appId;
}

async function newUser(name: string, more: { administrator?: boolean } = {}): Promise<string> {
  const userPrincipalName = `${name}@contoso.test`;
  await admin.createUser(tenant, { userPrincipalName, displayName: name, password: 'correct horse', ...more });
  return userPrincipalName;
}

/** Signs somebody in for an application, to where the question is asked. */
async function question(appId: string, username: string): Promise<{ browser: TestBrowser; page: BrowserAnswer; path: string }> {
  const browser = browse();
  const path = authorizePath({ client_id: appId });
  return { browser, path, page: await browser.signIn(path, { username, password: 'correct horse' }) };
}

test('a person is asked once, and what they agreed to is theirs alone', async () => {
  const appId = await newClient();
  const { browser, page, path } = await question(appId, 'anna@contoso.test');
  assert.equal(page.status, 200);
  assert.match(page.text, /<h1>Permissions requested<\/h1>/);
  assert.match(page.text, /<strong>Calendar &lt;Sync&gt;<\/strong> asks to:/);
  assert.match(page.text, /<li>Use Office 365 Exchange Online as you/);
  assert.doesNotMatch(page.text, /<script|on behalf of your organization/);
  assert.match(String(page.headers['content-security-policy']), /default-src 'none'; style-src 'self'; form-action 'self' http:\/\/127\.0\.0\.1:49152; frame-ancestors 'none'/);
  const silent = answerOf(await browser.get(authorizePath({ client_id: appId, prompt: 'none' })));
  assert.deepEqual([silent['error'], silent['error_description']?.slice(0, 12)], ['consent_required', 'AADSTS65001:']);
  const accepted = await browser.submit(page, { decision: 'accept' });
  assert.equal(accepted.status, 303);
  assert.ok('code' in answerOf(await browser.get(locationOf(accepted))));
  assert.ok('code' in answerOf(await browser.get(path)), 'not asked again');
  const tokens = await getTokens({ browser, clientId: appId });
  assert.equal(tokens.status, 200);
  const [consent] = await admin.listConsents(tenant, 'anna@contoso.test');
  assert.deepEqual([consent?.clientId, consent?.resourceId], [appId, exchangeApplicationId]);
  assert.deepEqual((await admin.listTenantConsents(tenant)).find(({ clientId }) => clientId === appId), consent);
  assert.ok((await admin.listAudit()).some(({ action, target }) => action === 'consent.grant' && target === 'Anna@contoso.test'));
  assert.match((await question(appId, await newUser('other'))).page.text, /Permissions requested/);
  await admin.removeConsents(tenant, 'anna@contoso.test', appId, appId);
  assert.equal((await admin.listConsents(tenant, 'anna@contoso.test')).length, 1, 'that of another resource stays');
  await admin.removeConsents(tenant, 'anna@contoso.test', appId, exchangeApplicationId);
  refused(await refresh(tokens.body['refresh_token'], { client_id: appId }), 400, 'invalid_grant', [65001]);
  assert.match((await browser.get(path)).text, /Permissions requested/);
});

test('an administrator agrees for everybody, others cannot, whatever they send', async () => {
  const appId = await newClient();
  const somebody = await newUser('somebody');
  const asked = await question(appId, somebody);
  assert.equal((await asked.browser.submit(asked.page, { decision: 'accept', everybody: 'yes' })).status, 303);
  assert.deepEqual((await admin.getServicePrincipal(tenant, appId)).consentedResources, []);
  const { browser, page } = await question(appId, await newUser('chief', { administrator: true }));
  assert.match(page.text, /type="checkbox" name="everybody"/);
  await browser.submit(page, { decision: 'accept', everybody: 'yes' });
  assert.deepEqual((await admin.getServicePrincipal(tenant, appId)).consentedResources, [exchangeApplicationId]);
  assert.ok('code' in answerOf((await question(appId, await newUser('third'))).page));
});

test('who says no is believed, and the application hears of it', async () => {
  const appId = await newClient();
  const { browser, page } = await question(appId, await newUser('refuser'));
  const told = answerOf(await browser.submit(page, { decision: 'cancel' }));
  assert.deepEqual([told['error'], told['state'], told['error_description']?.slice(0, 12)], ['access_denied', 'state-1', 'AADSTS65004:']);
  assert.equal(entries.at(-1)?.errorCode, 'AADSTS65004');
  assert.deepEqual(await admin.listConsents(tenant, 'refuser@contoso.test'), []);
});

test('where people may not decide, they are told who may', async () => {
  await admin.updateTenant(tenant, { userConsentAllowed: false });
  try {
    const appId = await newClient();
    const { browser, page } = await question(appId, await newUser('asker'));
    assert.equal(page.status, 403);
    assert.match(page.text, /<h1>Approval needed<\/h1>[\s\S]*an administrator has to allow/);
    assert.doesNotMatch(page.text, /value="accept"/);
    assert.equal(entries.at(-1)?.errorCode, 'AADSTS90094');
    assert.match((await browser.submit(page, { decision: 'accept' })).text, /AADSTS90094/);
    assert.equal(answerOf(await browser.submit(page, { decision: 'cancel' }))['error'], 'access_denied');
    assert.match((await question(appId, await newUser('head', { administrator: true }))).page.text, /value="accept"/);
  } finally {
    await admin.updateTenant(tenant, { userConsentAllowed: true });
  }
});

test('nobody agrees unasked: another origin, another browser, another account', async () => {
  const appId = await newClient();
  const { browser, page } = await question(appId, await newUser('target'));
  const fields: Record<string, string> = { ...inputsOf(page), decision: 'accept' };
  const forged = await browser.post('/consent', { ...fields, form_token: 'x'.repeat(43) });
  assert.match(forged.text, /Permissions requested/);
  assert.match((await browse().post('/consent', fields)).text, /<h1>Sign in<\/h1>/);
  await newUser('second');
  await browser.signIn(authorizePath({ client_id: appId, prompt: 'login' }), { username: 'second@contoso.test', password: 'correct horse' });
  assert.match((await browser.post('/consent', fields)).text, /Signed in as <strong>second@contoso\.test/, 'the answer was another account’s');
  assert.deepEqual(await admin.listConsents(tenant, 'target@contoso.test'), []);
  assert.deepEqual(await admin.listConsents(tenant, 'second@contoso.test'), []);
  const elsewhere = await browser.post('/consent', { ...fields, decision: 'accept', purpose: (fields['purpose'] ?? '').replace('127.0.0.1%3A49152', 'evil.test') });
  assert.match(elsewhere.text, /AADSTS50011/);
  assert.equal((await browser.post('/consent', { ...fields, purpose: '/devicelogin?user_code=X' })).status, 400);
});

test('prompt=consent asks again, once', async () => {
  const appId = await newClient();
  const { browser, page } = await question(appId, await newUser('repeated'));
  await browser.submit(page, { decision: 'accept' });
  const again = await browser.get(authorizePath({ client_id: appId, prompt: 'consent' }));
  assert.match(again.text, /Permissions requested/);
  const accepted = await browser.submit(again, { decision: 'accept' });
  assert.ok('code' in answerOf(await browser.get(locationOf(accepted))));
});

test('the device page asks along with its own question, and passwords alone agree to nothing', async () => {
  const appId = await newClient();
  await newUser('television');
  await admin.updateTenant(tenant, { passwordGrantEnabled: true });
  const byPassword = { grant_type: 'password', client_id: appId, scope: mailScope, username: 'television@contoso.test', password: 'correct horse' };
  refused(await post(v2Path, byPassword), 400, 'invalid_grant', [65001]);
  const device = await post(`/${tenant}/oauth2/v2.0/devicecode`, { client_id: appId, scope: `openid ${mailScope}` });
  const browser = browse();
  const page = await browser.signIn(`/devicelogin?user_code=${String(device.body['user_code'])}`, { username: 'television@contoso.test', password: 'correct horse' });
  assert.match(page.text, /<h1>Is this you\?<\/h1>[\s\S]*<li>Use Office 365 Exchange Online as you/);
  await browser.submit(page, { decision: 'continue' });
  const tokens = await post(v2Path, { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', client_id: appId, device_code: String(device.body['device_code']) });
  assert.equal(tokens.status, 200);
  assert.equal((await post(v2Path, byPassword)).status, 200);
});
