import assert from 'node:assert/strict';
import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { request } from 'undici';
import { certificateThumbprint } from '../certificates/read-certificate.ts';
import { exchangeApplicationId } from '../well-known.ts';
import { createStsAdminClient } from './create-sts-admin-client.ts';
import { startSts } from './start-sts.ts';
import { acsPath, startTestSts, tenant } from './start-test-sts.ts';

const { stateDirectory, options, sts, httpClient, admin, authCertificate, post } = await startTestSts();

test('the admin API checks key and input', async () => {
  for (const key of ['', 'wrong', `${options.adminKey}x`]) await assert.rejects(createStsAdminClient({ url: sts.urls.admin, httpClient, key }).listTenants(), { code: 'IDENTITY_STS_NOT_AUTHORIZED' });
  const path = `${sts.urls.admin}/tenants`;
  const send = async (body: string): Promise<number> => (await request(path, { dispatcher: httpClient, method: 'POST', body, headers: { authorization: `Bearer ${options.adminKey}` } })).statusCode;
  assert.deepEqual([await send('{'), await send('[]'), await send('{"displayName":"x","domains":["a.test"],"admin":true}'), await send('{"displayName":"x","domains":["-"]}')], [400, 400, 400, 400]);
  const bare = async (path: string): Promise<number> => (await request(`${sts.urls.admin}${path}`, { dispatcher: httpClient, method: 'POST', headers: { authorization: `Bearer ${options.adminKey}` } })).statusCode;
  assert.deepEqual([await bare('/tenants'), await bare(`/tenants/${tenant}/users/anna@contoso.test/revoke`)], [400, 201], 'no body where nothing is to be set');
  await assert.rejects(admin.getTenant('fabrikam.test'), { code: 'IDENTITY_STS_NOT_FOUND' });
  await assert.rejects(admin.createTenant({ displayName: 'Thief', domains: ['contoso.test'] }), { code: 'IDENTITY_STS_CONFLICT' });
  await assert.rejects(admin.createUser(tenant, { userPrincipalName: 'ANNA@contoso.test', displayName: 'x' }), { code: 'IDENTITY_STS_CONFLICT' });
  await assert.rejects(admin.addKeyCredential(tenant, exchangeApplicationId, { value: 'AAAA' }), { code: 'IDENTITY_CERTIFICATE_UNREADABLE' });
  await assert.rejects(admin.addKeyCredential(tenant, exchangeApplicationId, { value: authCertificate.certificate }), { code: 'IDENTITY_STS_CONFLICT' });
  await assert.rejects(createStsAdminClient({ url: 'https://127.0.0.1:1', httpClient, key: options.adminKey }).listTenants(), { code: 'IDENTITY_STS_ADMIN_FAILED' });
});

test('administrators change what is there, and the audit remembers without secrets', async () => {
  const other = await admin.createTenant({ displayName: 'Fabrikam', domains: ['fabrikam.test'] });
  const user = await admin.createUser(other.id, { userPrincipalName: 'u@fabrikam.test', displayName: 'U', password: 'topsecret', proxyAddresses: ['SMTP:u@fabrikam.test'] });
  assert.deepEqual([user.hasPassword, user.proxyAddresses], [true, ['SMTP:u@fabrikam.test']]);
  const renamed = await admin.updateUser('fabrikam.test', user.objectId, { userPrincipalName: 'V@fabrikam.test', enabled: false, mail: null });
  assert.deepEqual([renamed.userPrincipalName, renamed.enabled, renamed.mail], ['V@fabrikam.test', false, null]);
  const principal = await admin.createServicePrincipal(other.id, { appId: exchangeApplicationId, displayName: 'EXO', servicePrincipalNames: ['https://a.test'] });
  assert.deepEqual(principal.servicePrincipalNames, [exchangeApplicationId, 'https://a.test']);
  const key = await admin.addKeyCredential(other.id, exchangeApplicationId, { value: authCertificate.certificate });
  assert.deepEqual([key.type, key.usage, key.thumbprint], ['AsymmetricX509Cert', 'Verify', certificateThumbprint(authCertificate.certificate)]);
  await admin.removeCredential(other.id, exchangeApplicationId, key.keyId);
  const changed = await admin.updateServicePrincipal(other.id, exchangeApplicationId, { servicePrincipalNames: ['https://b.test', 'HTTPS://B.test/'] });
  assert.deepEqual([changed.servicePrincipalNames.length, changed.keyCredentials], [2, []]);
  await admin.removeUser(other.id, 'v@fabrikam.test');
  await admin.removeServicePrincipal(other.id, exchangeApplicationId);
  await admin.removeTenant(other.id);
  assert.equal((await admin.listTenants()).length, 1);
  const audit = await admin.listAudit(1000);
  assert.ok(audit.some((entry) => entry.action === 'servicePrincipal.keyCredential.add' && entry.tenantId === other.id));
  assert.doesNotMatch(JSON.stringify(audit), /topsecret|correct horse|battery staple/);
});

test('the admin listener answers health and metrics', async () => {
  await post(acsPath, {});
  assert.equal((await request(`${sts.urls.admin}/readyz`, { dispatcher: httpClient })).statusCode, 200);
  const metrics = await (await request(`${sts.urls.admin}/metrics`, { dispatcher: httpClient })).body.text();
  assert.match(metrics, /hybridge_sts_requests_total\{endpoint="acs",outcome="AADSTS900144"\} [1-9]/);
});

test('the state is the owner\'s alone, holds no password in clear, and is there after a restart', async () => {
  for (const name of readdirSync(stateDirectory)) {
    const path = join(stateDirectory, name);
    assert.equal(statSync(path).mode & 0o777, 0o600, name);
    assert.doesNotMatch(readFileSync(path, 'latin1'), /correct horse|battery staple/);
  }
  chmodSync(join(stateDirectory, 'sts.sqlite'), 0o644);
  const again = await startSts(options);
  assert.equal(statSync(join(stateDirectory, 'sts.sqlite')).mode & 0o777, 0o600, 'a file that others could read is closed to them');
  const client = createStsAdminClient({ url: again.urls.admin, httpClient, key: options.adminKey });
  assert.deepEqual(await client.listSigningKeys(), await admin.listSigningKeys());
  assert.equal((await client.getUser(tenant, 'anna@contoso.test')).displayName, 'Anna');
  await again.close(0);
});

test('an admin key that is short or cannot be sent is refused', async () => {
  for (const bad of ['', 'short', 'sixteen letters and blanks', `${options.adminKey}\n`]) await assert.rejects(startSts({ ...options, adminKey: bad }), TypeError);
});
