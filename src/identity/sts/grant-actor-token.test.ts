import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { sharedCertificate } from '../certificates/test-certificates.ts';
import { certificateThumbprint, readCertificate } from '../certificates/read-certificate.ts';
import { acsIssuerId, exchangeApplicationId } from '../well-known.ts';
import { acsGrant, acsPath, base, outlookResource, refused, startTestSts, tenant } from './start-test-sts.ts';

const { clock, admin, authCertificate, post, get, assertion, askAcs } = await startTestSts();
const strangerCertificate = await sharedCertificate('stranger');

test('an actor token has the shape that Exchange reads', async () => {
  const answer = await askAcs();
  assert.equal(answer.status, 200);
  assert.equal(answer.headers['cache-control'], 'no-store');
  assert.deepEqual([answer.body['token_type'], answer.body['expires_in'], answer.body['resource']], ['Bearer', '86400', outlookResource]);
  const token = String(answer.body['access_token']);
  const { iat, nbf, exp, oid, sub, jti, ...claims } = decodeJwt(token);
  assert.deepEqual(claims, {
    aud: outlookResource,
    iss: `${acsIssuerId}@${tenant}`,
    identityprovider: `${acsIssuerId}@${tenant}`,
    nameid: `${exchangeApplicationId}@${tenant}`,
    trustedfordelegation: 'true',
  });
  assert.deepEqual([nbf, Number(exp) - Number(iat), oid, typeof jti], [iat, 86_400, sub, 'string']);
  const { x5t, kid } = decodeProtectedHeader(token);
  assert.equal(kid, x5t);
  const keys = (await get(`/${tenant}/discovery/keys`)).body as unknown as JSONWebKeySet;
  await jwtVerify(token, createLocalJWKSet(keys), { algorithms: ['RS256'] });
});

test('both spellings of the grant are taken, and the resource may stand as an https name', async () => {
  const answer = await askAcs({}, { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', resource: `${exchangeApplicationId}/mail.contoso.test@${tenant}` });
  assert.equal(answer.status, 200);
});

test('a certificate that is not registered is named, with those that are', async () => {
  const answer = await askAcs({ key: strangerCertificate });
  const registered = certificateThumbprint(authCertificate.certificate);
  refused(answer, 401, 'invalid_client', [70002, 50012], /AADSTS70002: Error validating credentials\. AADSTS50012: Client assertion contains an invalid signature\. \[Reason - The key was not found\., Thumbprint of key used by client: '/);
  assert.ok(String(answer.body['error_description']).includes(`used by client: '${certificateThumbprint(strangerCertificate.certificate)}'`));
  assert.ok(String(answer.body['error_description']).includes(`Thumbprint=${registered};`));
  refused(await askAcs({ header: { x5t: undefined } }), 401, 'invalid_client', [70002, 50012]);
});

test('a bad signature is told from an unknown key', async () => {
  const { x5t } = readCertificate(authCertificate.certificate);
  refused(await askAcs({ key: strangerCertificate, header: { x5t } }), 401, 'invalid_client', [700027], /use of the key to verify the signature failed/);
});

test('an assertion of another algorithm, or none, is no assertion', async () => {
  const parts = (await assertion()).split('.');
  const none = Buffer.from(JSON.stringify({ alg: 'none', x5t: readCertificate(authCertificate.certificate).x5t })).toString('base64url');
  for (const text of [`${none}.${parts[1]}.`, 'x', `${parts[0]}.${parts[1]}`]) refused(await post(acsPath, { grant_type: acsGrant, assertion: text, resource: outlookResource }), 401, 'invalid_client', [50027]);
});

test('times, audience, application and tenant of an assertion', async () => {
  const now = Math.floor(clock.now() / 1000);
  for (const claims of [{ exp: now - 301 }, { nbf: now + 320 }, { exp: now + 200_000 }]) refused(await askAcs({ claims }), 401, 'invalid_client', [700024]);
  refused(await askAcs({ claims: { exp: undefined } }), 401, 'invalid_client', [50027]);
  for (const aud of ['https://evil.test/', `${acsIssuerId}/evil.test@${tenant}`, `${base}/other/tokens/OAuth/2`, '']) refused(await askAcs({ claims: { aud } }), 401, 'invalid_client', [700023]);
  refused(await askAcs({ claims: { iss: `${randomUUID()}@${tenant}` } }), 400, 'unauthorized_client', [700016]);
  refused(await askAcs({ claims: { iss: `${exchangeApplicationId}@${randomUUID()}` } }), 400, 'unauthorized_client', [700016]);
  refused(await post(`/${randomUUID()}/tokens/OAuth/2`, { grant_type: acsGrant, assertion: await assertion(), resource: outlookResource }), 400, 'invalid_request', [90002]);
  for (const aud of [`${base}${acsPath}`, `${base}/contoso.test/oauth2/token`, `${base}:8443/${tenant}/`]) assert.equal((await askAcs({ claims: { aud } })).status, 200, aud);
});

test('an assertion serves once', async () => {
  const text = await assertion();
  const form = { grant_type: acsGrant, assertion: text, resource: outlookResource };
  const answers = await Promise.all([post(acsPath, form), post(acsPath, form), post(acsPath, form)]);
  assert.deepEqual(answers.map((answer) => answer.status).sort((a, b) => a - b), [200, 401, 401]);
  refused(await post(acsPath, form), 401, 'invalid_client', [50027], /used before/);
});

test('a resource without a service principal name does not exist', async () => {
  for (const resource of [`${exchangeApplicationId}/evil.test@${tenant}`, `${exchangeApplicationId}/outlook.cloud.test@${randomUUID()}`, `${randomUUID()}/mail.contoso.test@${tenant}`, 'https://owa.contoso.test', `${exchangeApplicationId}/a.b.relay.test@${tenant}`]) {
    refused(await askAcs({}, { resource }), 400, 'invalid_resource', [500011], /The resource principal named .* was not found in the tenant named Contoso/);
  }
});

test('a disabled principal gets nothing, and a principal that is not trusted says so in its tokens', async () => {
  await admin.updateServicePrincipal(tenant, exchangeApplicationId, { trustedForDelegation: false });
  assert.equal(decodeJwt(String((await askAcs()).body['access_token']))['trustedfordelegation'], 'false');
  await admin.updateServicePrincipal(tenant, exchangeApplicationId, { enabled: false, trustedForDelegation: true });
  refused(await askAcs(), 400, 'unauthorized_client', [7000112]);
  await admin.updateServicePrincipal(tenant, exchangeApplicationId, { enabled: true });
});

test('a key outside its validity no longer proves anything', async () => {
  const app = randomUUID();
  await admin.createServicePrincipal(tenant, { appId: app, displayName: 'App' });
  await admin.addKeyCredential(tenant, app, { value: strangerCertificate.certificate, startDate: clock.now() - 2000, endDate: clock.now() - 1000 });
  refused(await askAcs({ key: strangerCertificate, claims: { iss: `${app}@${tenant}` } }), 401, 'invalid_client', [700027], /expired/);
});
