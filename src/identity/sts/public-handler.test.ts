import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import type { JSONWebKeySet } from 'jose';
import type { ActorTokenSource, ActorTokenSourceOptions } from '../validation/create-actor-token-source.ts';
import { createActorTokenSource } from '../validation/create-actor-token-source.ts';
import { acsIssuerId, exchangeApplicationId } from '../well-known.ts';
import { acsGrant, acsPath, base, refused, startTestSts, tenant, v1Path, v2Path } from './start-test-sts.ts';

const { time, clock, entries, httpClient, admin, authCertificate, post, get, assertion, askAcs } = await startTestSts();

function actorTokens(changes: Partial<ActorTokenSourceOptions> = {}): ActorTokenSource {
  return createActorTokenSource({ tokenIssuingEndpoint: `${base}${acsPath}`, tenantId: tenant, signingCertificate: async () => authCertificate, httpClient, clock, ...changes });
}

test('requests that are no token requests', async () => {
  const { body } = await post(acsPath, {});
  refused({ status: 400, headers: {}, body }, 400, 'invalid_request', [900144], /'grant_type'/);
  refused(await post(acsPath, { grant_type: acsGrant }), 400, 'invalid_request', [900144], /'assertion'/);
  refused(await post(acsPath, { grant_type: acsGrant, assertion: await assertion() }), 400, 'invalid_request', [900144], /'resource'/);
  refused(await post(acsPath, 'grant_type=a&grant_type=b'), 400, 'invalid_request', [9002313]);
  refused(await post(acsPath, '{}', { 'content-type': 'application/json' }), 400, 'invalid_request', [9002313]);
  refused(await post(acsPath, Array.from({ length: 60 }, (_, index) => `p${index}=1`).join('&')), 400, 'invalid_request', [9002313]);
  refused(await post(acsPath, `grant_type=${'x'.repeat(70_000)}`), 413, 'invalid_request', [9002313]);
  refused(await get(acsPath), 405, 'invalid_request', [900561], /only accepts POST requests\. Received a GET request/);
  for (const grant of ['implicit', acsGrant]) refused(await post(v1Path, { grant_type: grant }), 400, 'unsupported_grant_type', [70003]);
  refused(await post('/common/oauth2/token', { grant_type: 'client_credentials' }), 400, 'invalid_request', [50059]);
  assert.equal((await get('/nothing/here')).status, 404);
});

test('request ids come back, and errors carry them', async () => {
  const id = randomUUID();
  const answer = await post(acsPath, {}, { 'client-request-id': id });
  assert.deepEqual([answer.headers['request-id'], answer.headers['client-request-id'], answer.body['correlation_id'], answer.headers['x-ms-request-id']], [id, id, id, answer.body['trace_id']]);
  const other = await post(acsPath, {}, { 'client-request-id': 'a\tb' });
  assert.match(String(other.headers['request-id']), /^[0-9a-f-]{36}$/);
});

test('the access log tells the outcome and keeps the secrets out', async () => {
  entries.length = 0;
  await post(`${acsPath}?secret=query`, { grant_type: 'client_credentials', client_id: exchangeApplicationId, client_secret: 'hunter2' });
  const [entry] = entries;
  assert.ok(entry !== undefined);
  assert.deepEqual([entry.method, entry.path, entry.query, entry.status, entry.errorCode, entry.host], ['POST', acsPath, undefined, 401, 'AADSTS7000215', 'login.cloud.test']);
  assert.doesNotMatch(JSON.stringify(entries), /hunter2|secret=query/);
});

test('signing keys roll with overlap', async () => {
  const before = await admin.listSigningKeys();
  const source = actorTokens();
  const old = await source('outlook.cloud.test', 'request-1');
  const announced = await admin.rollSigningKey({ activeFrom: clock.now() + 60_000 });
  assert.equal(announced.signing, false);
  const x5tOf = (token: string): unknown => decodeProtectedHeader(token).x5t;
  assert.equal(x5tOf(String((await askAcs()).body['access_token'])), x5tOf(old));
  time.offset = 61_000;
  const fresh = String((await askAcs()).body['access_token']);
  assert.equal(x5tOf(fresh), announced.x5t);
  const keys = (await get(`/${tenant}/discovery/v2.0/keys`)).body as unknown as JSONWebKeySet;
  for (const token of [old, fresh]) await jwtVerify(token, createLocalJWKSet(keys), { currentDate: new Date(clock.now()) });
  await assert.rejects(admin.removeSigningKey(announced.x5t), { code: 'IDENTITY_STS_INPUT' });
  time.offset = 3 * 86_400_000;
  const later = await admin.listSigningKeys();
  assert.deepEqual(later.map((key) => key.x5t), [announced.x5t]);
  time.offset = 61_000;
  await admin.removeSigningKey(before[0]?.x5t ?? '');
  time.offset = 0;
  assert.equal(x5tOf(String((await askAcs()).body['access_token'])), announced.x5t, 'a clock that was set back leaves a key to sign with');
});

test('metadata names what is there', async () => {
  const { body, headers } = await get(`/${tenant}/metadata/json/1`);
  const keys = body['keys'] as { usage: string; keyValue: { type: string; value: string } }[];
  assert.deepEqual([body['issuer'], body['realm'], keys[0]?.usage, keys[0]?.keyValue.type], [`${acsIssuerId}@${tenant}`, tenant, 'signing', 'x509Certificate']);
  assert.match(String(headers['cache-control']), /max-age/);
  assert.deepEqual((await get(`/metadata/json/1?realm=${tenant}`)).body, body);
  const v2 = (await get(`/${tenant}/v2.0/.well-known/openid-configuration`)).body;
  assert.deepEqual([v2['issuer'], v2['token_endpoint']], [`${base}/${tenant}/v2.0`, `${base}${v2Path}`]);
  refused(await get(`/${randomUUID()}/metadata/json/1`), 400, 'invalid_tenant', [90002]);
});
