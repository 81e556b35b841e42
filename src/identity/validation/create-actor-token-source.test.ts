import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharedCertificate } from '../certificates/test-certificates.ts';
import { certificateThumbprint } from '../certificates/read-certificate.ts';
import type { ActorTokenSource, ActorTokenSourceOptions } from './create-actor-token-source.ts';
import { createActorTokenSource } from './create-actor-token-source.ts';
import { createTokenValidator } from './create-token-validator.ts';
import { createUserContextToken } from './create-user-context-token.ts';
import { fetchAuthMetadata } from './fetch-auth-metadata.ts';
import { acsIssuerId, exchangeApplicationId } from '../well-known.ts';
import type { Body } from '../sts/start-test-sts.ts';
import { acsPath, base, startTestSts, tenant } from '../sts/start-test-sts.ts';

const { time, clock, entries, sts, httpClient, authCertificate } = await startTestSts();
const strangerCertificate = await sharedCertificate('stranger');

function actorTokens(changes: Partial<ActorTokenSourceOptions> = {}): ActorTokenSource {
  return createActorTokenSource({ tokenIssuingEndpoint: `${base}${acsPath}`, tenantId: tenant, signingCertificate: async () => authCertificate, httpClient, clock, ...changes });
}

test('from assertion to accepted request: token source, metadata and validator agree', async () => {
  const metadata = await fetchAuthMetadata(`${base}/${tenant}/metadata/json/1`, httpClient);
  assert.deepEqual([metadata.type, metadata.issuerIdentifier, metadata.realm, metadata.tokenIssuingEndpoint], ['MicrosoftACS', acsIssuerId, tenant, `${base}${acsPath}`]);
  const validator = createTokenValidator({
    authServers: [{ name: 'ACS', type: 'MicrosoftACS', issuerIdentifier: metadata.issuerIdentifier, realm: tenant, enabled: true, isDefaultAuthorizationEndpoint: false, certificates: metadata.certificates }],
    partnerApplications: [{ name: 'Exchange Online', applicationIdentifier: exchangeApplicationId, enabled: true, useAuthServer: true, linkedAccount: 'account' }],
    resolveUser: async ({ smtp }) => [smtp],
    clock,
  });
  const actorToken = await actorTokens()('b7c1.relay.test', 'request-1');
  const audience = `${exchangeApplicationId}/b7c1.relay.test@${tenant}`;
  const token = createUserContextToken({ actorToken, applicationId: exchangeApplicationId, tenantId: tenant, audience, user: { smtp: 'anna@contoso.test', upn: 'anna@contoso.test' }, clock });
  const result = await validator.validate(token, { host: 'b7c1.relay.test', scheme: 'https' });
  assert.equal(result.profile === 'S2SAppActAs' && result.user, 'anna@contoso.test');
});

test('actor tokens are kept until shortly before they end, and asked for once at a time', async () => {
  const seen = (): number => entries.filter((entry) => entry.path === acsPath).length;
  entries.length = 0;
  const source = actorTokens();
  const [first, second] = await Promise.all([source('outlook.cloud.test', 'request-1'), source('OUTLOOK.cloud.test', 'request-2')]);
  assert.equal(first, second);
  assert.equal(await source('outlook.cloud.test', 'request-3'), first);
  assert.equal(seen(), 1);
  assert.equal(entries[0]?.requestId, 'request-1');
  time.offset = 86_400_000 - 301_000;
  assert.equal(await source('outlook.cloud.test', 'request-4'), first);
  time.offset = 86_400_000 - 299_000;
  assert.notEqual(await source('outlook.cloud.test', 'request-5'), first);
  assert.equal(seen(), 2);
});

test('what the token service says reaches the operator, and a failure is not remembered', async () => {
  let certificate = strangerCertificate;
  const source = actorTokens({ signingCertificate: async () => certificate });
  await assert.rejects(source('outlook.cloud.test', 'request-1'), (error: { code: string; message: string; facts: Body }) => {
    assert.equal(error.code, 'IDENTITY_TOKEN_REQUEST_REFUSED');
    assert.deepEqual([error.facts['error'], error.facts['errorCodes'], error.facts['thumbprint']], ['invalid_client', [70002, 50012], certificateThumbprint(strangerCertificate.certificate)]);
    assert.match(String(error.facts['description']), /^AADSTS70002: Error validating credentials\. AADSTS50012/);
    assert.doesNotMatch(error.message, /AADSTS|[0-9A-F]{40}/);
    return true;
  });
  certificate = authCertificate;
  assert.ok((await source('outlook.cloud.test', 'request-2')).length > 100);
});

test('an actor token cannot be got without certificate, service or sense', async () => {
  await assert.rejects(actorTokens({ signingCertificate: async () => undefined })('outlook.cloud.test', 'request-1'), { code: 'IDENTITY_SIGNING_CERTIFICATE_MISSING' });
  const closed = `https://127.0.0.1:1${acsPath}`;
  await assert.rejects(actorTokens({ tokenIssuingEndpoint: closed })('outlook.cloud.test', 'request-1'), (error: { code: string; facts: Body; retryable: boolean }) => {
    assert.deepEqual([error.code, error.facts['cause'], error.retryable], ['IDENTITY_TOKEN_SERVICE_UNREACHABLE', 'ECONNREFUSED', true]);
    return true;
  });
  await assert.rejects(actorTokens({ tokenIssuingEndpoint: 'not a url' })('outlook.cloud.test', 'request-1'), { code: 'IDENTITY_TOKEN_SERVICE_UNREACHABLE' });
  await assert.rejects(actorTokens({ tokenIssuingEndpoint: `${sts.urls.admin}/livez` })('outlook.cloud.test', 'request-1'), { code: 'IDENTITY_TOKEN_RESPONSE_UNREADABLE' });
});

test('metadata that is none is told from metadata that is not there', async () => {
  await assert.rejects(fetchAuthMetadata(`${base}/nothing`, httpClient), { code: 'IDENTITY_METADATA_UNAVAILABLE' });
  await assert.rejects(fetchAuthMetadata(`https://127.0.0.1:1/`, httpClient), { code: 'IDENTITY_METADATA_UNAVAILABLE' });
  await assert.rejects(fetchAuthMetadata(`${base}/${tenant}/discovery/keys`, httpClient), { code: 'IDENTITY_METADATA_UNREADABLE' });
  await assert.rejects(fetchAuthMetadata(`${sts.urls.admin}/livez`, httpClient), { code: 'IDENTITY_METADATA_UNREADABLE' });
});
