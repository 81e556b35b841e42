import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { certificateBase64, certificateThumbprint, certificateX5t, createSelfSignedCertificate, exchangeApplicationId, issueServerCertificate } from '../identity/index.ts';
import type { CertificateWithKey } from '../identity/index.ts';
import { silentLog, systemClock, systemDial, createHttpClient } from '../foundation/index.ts';
import { createServerToServerTokens } from './server-to-server-tokens.ts';
import type { TestPremises } from './test-premises.ts';
import { acsIssuer, startTestPremises, tenantId } from './test-premises.ts';
import { partnerToken } from './test-tokens.ts';

let premises: TestPremises;
let service: Server;
/** What the token service has been asked, and the keys that its metadata names. */
const asked: URLSearchParams[] = [];
let metadataKeys: string[] = [];
let metadataReads = 0;
const dedicatedId = 'aaaaaaaa-1111-2222-3333-444444444444';

before(async () => {
  premises = await startTestPremises();
  await premises.add('bert');
  const { certificate: cert, privateKey: key } = await issueServerCertificate(premises.authority, { hosts: ['login.cloud.test'], days: 2, clock: systemClock });
  service = createServer({ cert, key }, (request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      if (request.method === 'POST') asked.push(new URLSearchParams(Buffer.concat(chunks).toString()));
      else metadataReads++;
      const keys = metadataKeys.map((value) => ({ usage: 'signing', keyValue: { type: 'x509Certificate', value } }));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(request.method === 'POST' ? { access_token: 'actor-token', expires_in: '3600' } : { issuer: `${acsIssuer}@${tenantId}`, realm: tenantId, keys }));
    })();
  });
  service.listen(0, '127.0.0.1');
  await once(service, 'listening');
  premises.names.set('login.cloud.test', (service.address() as AddressInfo).port);
});
after(async () => {
  service.close();
  service.closeAllConnections();
  await premises.close();
});
afterEach(() => {
  asked.length = 0;
});

async function store(certificate: CertificateWithKey): Promise<string> {
  const { configuration } = premises.organization;
  const thumbprint = certificateThumbprint(certificate.certificate);
  const date = new Date().toISOString();
  await configuration.create('ExchangeCertificate', thumbprint, { Thumbprint: thumbprint, Subject: 'CN=Auth', Issuer: 'CN=Auth', SerialNumber: '01', NotBefore: date, NotAfter: date, PublicKeySize: 2048, Certificate: certificate.certificate });
  await configuration.setCertificateKey(thumbprint, certificate.privateKey);
  return thumbprint;
}

const setAuthConfig = async (changes: Record<string, string | null>): Promise<unknown> => {
  const { configuration } = premises.organization;
  return configuration.update('AuthConfig', (await configuration.singleton('AuthConfig')).name, changes);
};

test('the next Auth certificate signs from its day on, the former one becomes the previous, and both stay published', async () => {
  const { organization, time } = premises;
  const [first, second] = [premises.keys.acs, await createSelfSignedCertificate({ commonName: 'Auth', days: 30, clock: systemClock })];
  const [current, next] = [await store(first), await store(second)];
  const clock = { now: () => Date.now() + time.offset };
  const httpClient = createHttpClient({ dial: (name, _port, signal) => systemDial('127.0.0.1', premises.names.get(name) ?? 1, signal), ca: premises.authority.certificate });
  const tokens = createServerToServerTokens({ organization, serverName: 'EX1', httpClient, clock, log: silentLog });
  const signedBy = async (): Promise<string | undefined> => {
    tokens.forget();
    await tokens.actorFor('https://outlook.cloud.test/EWS/Exchange.asmx', 'bert@contoso.test', 'r');
    return decodeProtectedHeader(asked.at(-1)?.get('assertion') ?? '').x5t;
  };
  try {
    await setAuthConfig({ CurrentCertificateThumbprint: current, NextCertificateThumbprint: next, NextCertificateEffectiveDate: new Date(clock.now() + 3_600_000).toISOString() });
    assert.equal(await signedBy(), certificateX5t(first.certificate));
    const published = async (): Promise<unknown> => (JSON.parse((await premises.ask({ method: 'GET', path: '/autodiscover/metadata/json/1' })).body) as { keys: { keyvalue: { value: string } }[] }).keys.map((key) => key.keyvalue.value);
    assert.deepEqual(await published(), [first, second].map(({ certificate }) => certificateBase64(certificate)));
    time.offset += 3_600_000;
    assert.equal(await signedBy(), certificateX5t(second.certificate));
    const { properties } = await organization.configuration.singleton('AuthConfig');
    assert.deepEqual([properties.CurrentCertificateThumbprint, properties.PreviousCertificateThumbprint, properties.NextCertificateThumbprint], [next, current, null]);
    assert.deepEqual(await published(), [second, first].map(({ certificate }) => certificateBase64(certificate)));
    // One that is not in the store takes nothing over.
    await setAuthConfig({ NextCertificateThumbprint: 'AB'.repeat(20), NextCertificateEffectiveDate: new Date(0).toISOString() });
    assert.equal(await signedBy(), certificateX5t(second.certificate));
  } finally {
    time.offset = 0;
    await setAuthConfig({ CurrentCertificateThumbprint: current, PreviousCertificateThumbprint: null, NextCertificateThumbprint: null, NextCertificateEffectiveDate: null });
    await httpClient.close();
  }
});

test('the dedicated hybrid application speaks where the override and the AuthServer say so, and the shared principal otherwise', async () => {
  const { organization } = premises;
  const { configuration } = organization;
  const httpClient = createHttpClient({ dial: (name, _port, signal) => systemDial('127.0.0.1', premises.names.get(name) ?? 1, signal), ca: premises.authority.certificate });
  const tokens = createServerToServerTokens({ organization, serverName: 'EX1', httpClient, clock: systemClock, log: silentLog });
  const caller = async (smtp = 'bert@contoso.test'): Promise<unknown> => {
    tokens.forget();
    const { applicationId } = await tokens.actorFor('https://outlook.cloud.test/EWS/Exchange.asmx', smtp, 'r');
    const body = asked.at(-1);
    const assertion = decodeJwt(body?.get('client_assertion') ?? body?.get('assertion') ?? '');
    return [applicationId, body?.get('grant_type'), body?.get('client_id'), assertion.iss];
  };
  const shared = [exchangeApplicationId, 'http://oauth.net/grant_type/jwt/1.0/bearer', null, `${exchangeApplicationId}@${tenantId}`];
  try {
    await configuration.update('AuthServer', 'EvoSts', { ApplicationIdentifier: dedicatedId, DomainName: ['contoso.test'] });
    assert.deepEqual(await caller(), shared);
    const override = { ComponentName: 'Global', SectionName: 'ExchangeOnpremAsThirdPartyAppId', Parameters: ['Enabled=true'], Server: ['OTHER'] };
    await configuration.create('SettingOverride', 'EnableExchangeHybrid3PAppFeature', override);
    assert.deepEqual(await caller(), shared);
    await configuration.update('SettingOverride', 'EnableExchangeHybrid3PAppFeature', { Server: null });
    assert.deepEqual(await caller(), [dedicatedId, 'client_credentials', dedicatedId, dedicatedId]);
    assert.deepEqual(await caller('bert@elsewhere.test'), shared);
    await configuration.update('AuthServer', 'EvoSts', { ApplicationIdentifier: null });
    assert.deepEqual(await caller(), shared);
  } finally {
    await configuration.remove('SettingOverride', 'EnableExchangeHybrid3PAppFeature');
    await httpClient.close();
  }
});

test('row 25: keys that the issuer has changed are read anew once, and not again before a while has passed', async () => {
  const { configuration } = premises.organization;
  const authorization = `Bearer ${await partnerToken(premises.keys, 'bert@contoso.test')}`;
  const stale = '2000000;reason="The token has an invalid signature.";error_category="invalid_signature"';
  const other = await createSelfSignedCertificate({ commonName: 'former key', days: 30, clock: systemClock });
  await configuration.update('AuthServer', 'ACS', { CertificateStrings: [certificateBase64(other.certificate)], AuthMetadataUrl: null });
  assert.equal((await premises.ask({ authorization })).headers['x-ms-diagnostics'], stale);
  metadataKeys = [certificateBase64(other.certificate)];
  await configuration.update('AuthServer', 'ACS', { AuthMetadataUrl: 'https://login.cloud.test/metadata/json/1' });
  premises.time.offset += 30_000;
  assert.equal((await premises.ask({ authorization })).status, 401);
  assert.equal(metadataReads, 1);
  metadataKeys = [certificateBase64(premises.keys.acs.certificate)];
  assert.equal((await premises.ask({ authorization })).status, 401);
  assert.equal(metadataReads, 1);
  premises.time.offset += 30_000;
  const answers = await Promise.all([premises.ask({ authorization }), premises.ask({ authorization })]);
  assert.deepEqual(answers.map(({ status }) => status), [200, 200]);
  assert.equal(metadataReads, 2);
  premises.time.offset = 0;
});

test('row 18: an application whose account is not there, or has no role, is told so by a fault', async () => {
  const { configuration } = premises.organization;
  const authorization = `Bearer ${await partnerToken(premises.keys, 'bert@contoso.test')}`;
  const fault = /<faultstring[^>]*>The application is missing a linked account for RBAC roles, or the linked account has no RBAC role assignments, or the calling users account is logon disabled\.<\/faultstring>/;
  const refused = async (): Promise<void> => {
    const answer = await premises.ask({ authorization });
    assert.equal(answer.status, 500);
    assert.match(answer.body, fault);
  };
  assert.equal((await premises.ask({ authorization })).status, 200);
  await configuration.update('PartnerApplication', 'Exchange Online', { LinkedAccount: null });
  await refused();
  await configuration.update('PartnerApplication', 'Exchange Online', { LinkedAccount: 'contoso.test/Users/Exchange Online-ApplicationAccount' });
  await configuration.update('ManagementRoleAssignment', 'UserApplication-Exchange Online-ApplicationAccount', { Enabled: false });
  await refused();
  await configuration.update('ManagementRoleAssignment', 'UserApplication-Exchange Online-ApplicationAccount', { Enabled: true });
  assert.equal((await premises.ask({ authorization })).status, 200);
});

test('row N1: the cloud answers 403 to an application that it knows and does not let in; on premises it is a 401', async () => {
  for (const [side, status] of [['Cloud', 403], ['OnPremises', 401]] as const) {
    const one = await startTestPremises({ side });
    try {
      await one.add('bert');
      const authorization = `Bearer ${await partnerToken(one.keys, 'bert@contoso.test')}`;
      assert.equal((await one.ask({ authorization })).status, 200);
      await one.organization.configuration.update('PartnerApplication', 'Exchange Online', { Enabled: false });
      const answer = await one.ask({ authorization });
      const diagnostics = `2000008;reason="The token should have valid permissions or linked account associated with partner application '${exchangeApplicationId}'.";error_category="invalid_grant"`;
      assert.deepEqual([answer.status, answer.headers['x-ms-diagnostics']], [status, diagnostics]);
      await one.organization.configuration.remove('PartnerApplication', 'Exchange Online');
      assert.equal((await one.ask({ authorization })).status, 401);
    } finally {
      await one.close();
    }
  }
});
