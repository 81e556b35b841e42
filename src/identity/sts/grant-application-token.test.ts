import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { decodeJwt } from 'jose';
import { readCertificate } from '../certificates/read-certificate.ts';
import { exchangeApplicationId } from '../well-known.ts';
import type { Answer } from './start-test-sts.ts';
import { acsPath, assertionType, base, outlookResource, refused, startTestSts, tenant, v1Path, v2Path } from './start-test-sts.ts';

const { time, clock, admin, authCertificate, post, assertion } = await startTestSts();

test('an application gets its own token with an RS256 or PS256 assertion, again and again', async () => {
  for (const [path, form] of [
    [v1Path, { resource: 'https://mail.contoso.test' }],
    [v2Path, { scope: 'https://mail.contoso.test/.default' }],
  ] as const) {
    const { x5t, x5tS256 } = readCertificate(authCertificate.certificate);
    for (const header of [{ x5t }, { alg: 'PS256', x5t: undefined, 'x5t#S256': x5tS256 }]) {
      const text = await assertion({ header, claims: { iss: exchangeApplicationId, sub: exchangeApplicationId, aud: `${base}${path}` } });
      const ask = (): Promise<Answer> =>
        post(path, { grant_type: 'client_credentials', client_id: exchangeApplicationId, client_assertion_type: assertionType, client_assertion: text, ...form });
      const answer = await ask();
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      assert.equal((await ask()).status, 200, 'MSAL uses an assertion until it ends');
      assert.equal(answer.body['expires_in'], path === v1Path ? '3600' : 3600);
      const claims = decodeJwt(String(answer.body['access_token']));
      assert.deepEqual([claims.aud, claims.iss, claims['appid'], claims['appidacr'], claims['tid'], claims['ver']], ['https://mail.contoso.test', `${base}/${tenant}/`, exchangeApplicationId, '2', tenant, '1.0']);
    }
  }
});

test('client secrets: right, wrong, missing, ended, of nobody', async () => {
  const app = randomUUID();
  await admin.createServicePrincipal(tenant, { appId: app, displayName: 'Daemon' });
  const { secretText } = await admin.addPasswordCredential(tenant, app, { displayName: 'first', endDate: clock.now() + 3_600_000 });
  const ask = (form: Record<string, string>): Promise<Answer> => post(v1Path, { grant_type: 'client_credentials', resource: 'https://mail.contoso.test', client_id: app, ...form });
  const granted = await ask({ client_secret: secretText });
  assert.equal(decodeJwt(String(granted.body['access_token']))['appidacr'], '1');
  refused(await ask({ client_secret: 'wrong' }), 401, 'invalid_client', [7000215]);
  refused(await ask({}), 401, 'invalid_client', [7000218]);
  refused(await ask({ client_id: randomUUID(), client_secret: secretText }), 400, 'unauthorized_client', [700016]);
  const acs = await post(acsPath, { grant_type: 'client_credentials', client_id: `${app}@${tenant}`, client_secret: secretText, resource: outlookResource });
  assert.equal(decodeJwt(String(acs.body['access_token']))['nameid'], `${app}@${tenant}`);
  time.offset = 3_700_000;
  refused(await ask({ client_secret: secretText }), 401, 'invalid_client', [7000222]);
  const { passwordCredentials } = await admin.getServicePrincipal(tenant, app);
  assert.deepEqual(passwordCredentials.map((credential) => Object.keys(credential).sort()), [['displayName', 'endDate', 'keyId', 'startDate']]);
});

test('version 2 scopes must name one resource', async () => {
  const scope = (text: string): Promise<Answer> => assertion({ claims: { aud: `${base}${v2Path}`, iss: exchangeApplicationId } }).then((text2) => post(v2Path, { grant_type: 'client_credentials', client_assertion_type: assertionType, client_assertion: text2, scope: text }));
  assert.equal((await scope('https://mail.contoso.test//.default')).status, 200);
  for (const bad of ['openid', '.default', 'https://mail.contoso.test/.default https://owa.contoso.test/.default']) refused(await scope(bad), 400, 'invalid_scope', [70011]);
});
