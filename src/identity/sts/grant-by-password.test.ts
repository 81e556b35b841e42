import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { decodeJwt } from 'jose';
import { createTokenValidator } from '../validation/create-token-validator.ts';
import { fetchAuthMetadata } from '../validation/fetch-auth-metadata.ts';
import { outlookClientId } from '../well-known.ts';
import { base, refused, startTestSts, tenant } from './start-test-sts.ts';

const { time, clock, httpClient, admin, signIn } = await startTestSts();

test('the password grant is off until the tenant allows it', async () => {
  refused(await signIn(), 400, 'invalid_grant', [53003]);
  await admin.updateTenant(tenant, { passwordGrantEnabled: true });
  assert.equal((await signIn()).status, 200);
});

test('a user\'s token has the claims of Hybrid Modern Authentication', async () => {
  await admin.updateTenant(tenant, { passwordGrantEnabled: true });
  const answer = await signIn({ client_info: '1', scope: 'openid' });
  const { iat, nbf, exp, oid, sub, uti, ...claims } = decodeJwt(String(answer.body['access_token']));
  assert.deepEqual(claims, {
    aud: 'https://mail.contoso.test',
    iss: `${base}/${tenant}/`,
    acr: '1',
    amr: ['pwd'],
    appid: outlookClientId,
    appidacr: '0',
    name: 'Anna',
    onprem_sid: 'S-1-5-21-1-2-3-1104',
    scp: 'user_impersonation',
    tid: tenant,
    unique_name: 'Anna@contoso.test',
    upn: 'Anna@contoso.test',
    ver: '1.0',
  });
  assert.ok(oid !== sub && typeof uti === 'string' && nbf === iat && Number(exp) - Number(iat) === 3600);
  assert.deepEqual(JSON.parse(Buffer.from(String(answer.body['client_info']), 'base64url').toString()), { uid: oid, utid: tenant });
  const identity = decodeJwt(String(answer.body['id_token']));
  assert.deepEqual([identity.aud, identity['oid'], 'nonce' in identity], [outlookClientId, oid, false]);
  assert.equal('refresh_token' in answer.body, false);
  const configuration = await fetchAuthMetadata(`${base}/contoso.test/.well-known/openid-configuration`, httpClient);
  assert.deepEqual([configuration.type, configuration.issuerIdentifier, configuration.realm], ['AzureAD', `${base}/${tenant}/`, tenant]);
  const validator = createTokenValidator({
    authServers: [{ name: 'EvoSts', type: 'AzureAD', issuerIdentifier: configuration.issuerIdentifier, realm: tenant, enabled: true, isDefaultAuthorizationEndpoint: true, certificates: configuration.certificates }],
    partnerApplications: [],
    resolveUser: async ({ upn }) => [upn],
    clock,
  });
  const result = await validator.validate(String(answer.body['access_token']), { host: 'mail.contoso.test', scheme: 'https' });
  assert.equal(result.profile === 'User' && result.user, 'Anna@contoso.test');
});

test('the user name finds the tenant at /common', async () => {
  await admin.updateTenant(tenant, { passwordGrantEnabled: true });
  assert.equal((await signIn({}, '/common/oauth2/token')).status, 200);
  assert.equal((await signIn({ scope: 'https://mail.contoso.test/.default openid' }, '/organizations/oauth2/v2.0/token')).status, 200);
  refused(await signIn({ username: 'anna@fabrikam.test' }, '/common/oauth2/token'), 400, 'invalid_request', [90002]);
});

test('sign-ins that fail do not tell why', async () => {
  await admin.updateTenant(tenant, { passwordGrantEnabled: true });
  const { objectId } = await admin.getUser(tenant, 'anna@contoso.test');
  await admin.createUser(tenant, { userPrincipalName: 'silent@contoso.test', displayName: 'No password' });
  for (const form of [{ password: 'wrong' }, { username: 'nobody@contoso.test' }, { username: 'silent@contoso.test' }, { username: objectId }, { username: 'anna@contoso.test', password: 'x'.repeat(5000) }]) {
    refused(await signIn(form), 400, 'invalid_grant', [50126]);
  }
  refused(await signIn({ client_id: randomUUID() }), 400, 'unauthorized_client', [700016]);
  refused(await signIn({ resource: 'https://owa.contoso.test' }), 400, 'invalid_resource', [500011]);
  await admin.createUser(tenant, { userPrincipalName: 'left@contoso.test', displayName: 'Left', password: 'correct horse', enabled: false });
  refused(await signIn({ username: 'left@contoso.test' }), 400, 'invalid_grant', [50057]);
  refused(await signIn({ username: 'left@contoso.test', password: 'wrong' }), 400, 'invalid_grant', [50126]);
});

test('guessing locks an account, also with guesses made at once', async () => {
  await admin.updateTenant(tenant, { passwordGrantEnabled: true });
  await admin.createUser(tenant, { userPrincipalName: 'target@contoso.test', displayName: 'Target', password: 'correct horse' });
  const username = 'target@contoso.test';
  const answers = await Promise.all(Array.from({ length: 14 }, () => signIn({ username, password: 'guess' })));
  const codes = answers.map((answer) => (answer.body['error_codes'] as number[])[0]);
  assert.deepEqual([codes.filter((code) => code === 50126).length, codes.filter((code) => code === 50053).length], [10, 4]);
  refused(await signIn({ username }), 400, 'invalid_grant', [50053]);
  assert.ok((await admin.getUser(tenant, username)).lockedUntil !== null);
  assert.ok((await admin.listAudit()).some((entry) => entry.action === 'user.lock' && entry.target === username));
  time.offset = 61_000;
  assert.equal((await signIn({ username })).status, 200);
  await admin.setUserPassword(tenant, username, 'battery staple');
  refused(await signIn({ username }), 400, 'invalid_grant', [50126]);
});
