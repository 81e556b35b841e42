import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createHttpClient, systemClock, systemDial } from '../../src/foundation/index.ts';
import { createCertificateAuthority, issueServerCertificate } from '../../src/identity/index.ts';
import { createRelaySession } from '../../src/management/index.ts';
import { createRelayAdminClient, startRelay } from '../../src/relay/index.ts';

test('the hybrid cmdlets publish, lead elsewhere and take away an application on a relay', async (t) => {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'hybridge-hybrid-'));
  t.after(() => rmSync(stateDirectory, { recursive: true }));
  const authority = await createCertificateAuthority({ commonName: 'Test Root', clock: systemClock });
  const certificate = await issueServerCertificate(authority, { hosts: ['relay.test', '*.relay.test', '127.0.0.1'], days: 2, clock: systemClock });
  const key = 'an-admin-key-of-some-length-for-the-relay';
  const relay = await startRelay({ stateDirectory, domains: ['relay.test'], certificates: [certificate], admin: { key } });
  t.after(() => relay.close());
  const httpClient = createHttpClient({ ca: authority.certificate, dial: systemDial });
  t.after(() => httpClient.close());
  const admin = createRelayAdminClient({ url: relay.urls.admin, httpClient, key });
  const session = createRelaySession(admin);

  await assert.rejects(session.invoke('New-HybridApplication', { TargetUri: 'https://mail.contoso.test' }), { code: 'MANAGEMENT_INVALID_VALUE' }, 'no tenant yet');
  await admin.createTenant({ name: 'Contoso' });
  const [made] = await session.invoke('New-HybridApplication', { TargetUri: 'https://mail.contoso.test/EWS/Exchange.asmx', Credential: { UserName: 'admin@contoso.test', Password: 'whatever' } });
  assert.deepEqual([made?.['internalUrl'], made?.['isOnPremPublishingEnabled'], made?.['isTranslateHostHeaderEnabled']], ['https://mail.contoso.test', true, false]);
  assert.match(String(made?.['externalUrl']), new RegExp(`^https://${String(made?.['appId'])}\\.relay\\.test`));

  const [updated] = await session.invoke('Update-HybridApplication', { AppId: made?.['appId'], TargetUri: 'https://lb.contoso.test' });
  assert.equal(updated?.['internalUrl'], 'https://lb.contoso.test');
  assert.deepEqual(await session.invoke('Get-HybridApplication', { AppId: made?.['appId'] }), [updated]);
  assert.deepEqual(await session.invoke('Get-HybridAgent', { UserPrincipalName: 'admin@contoso.test' }), []);
  await assert.rejects(session.invoke('Update-HybridApplication', { AppId: made?.['appId'], TargetUri: 'http://plain.test' }), { code: 'MANAGEMENT_INVALID_VALUE' });

  const settings = { AllowedPaths: ['ews', 'mapi'], StandbyTargetUri: ['https://two.contoso.test/'], HostNames: ['mail.contoso.test'], TotalTimeoutSeconds: 7200, RequestsInFlight: 50, MaximumBodyBytes: 1_048_576, HealthCheckPath: '/EWS/healthcheck.htm' };
  const [tuned] = await session.invoke('Update-HybridApplication', { AppId: made?.['appId'], ...settings });
  assert.deepEqual([tuned?.['internalUrls'], tuned?.['allowedPaths'], tuned?.['hostNames'], tuned?.['totalTimeoutSeconds'], tuned?.['requestsInFlight'], tuned?.['maximumBodyBytes'], tuned?.['healthCheckPath']], [
    ['https://lb.contoso.test', 'https://two.contoso.test'],
    ['/EWS/*', '/mapi/*'],
    ['mail.contoso.test'],
    7200,
    50,
    1_048_576,
    '/EWS/healthcheck.htm',
  ]);
  const [back] = await session.invoke('Update-HybridApplication', { AppId: made?.['appId'], TargetUri: 'https://three.contoso.test', TotalTimeoutSeconds: null, AllowedPaths: { add: ['oab'], remove: ['/mapi/*'] } });
  assert.deepEqual([back?.['internalUrl'], back?.['standbyTargetUri'], back?.['totalTimeoutSeconds'], back?.['allowedPaths'], back?.['requestsInFlight']], ['https://three.contoso.test', ['https://two.contoso.test'], null, ['/EWS/*', '/OAB/*'], 50]);
  await assert.rejects(session.invoke('Update-HybridApplication', { AppId: made?.['appId'] }), { code: 'MANAGEMENT_INVALID_VALUE' });

  await session.invoke('Remove-HybridApplication', { AppId: made?.['appId'], WhatIf: true });
  assert.equal((await session.invoke('Get-HybridApplication')).length, 1);
  await session.invoke('Remove-HybridApplication', { AppId: made?.['appId'] });
  await assert.rejects(session.invoke('Get-HybridApplication', { AppId: made?.['appId'] }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
});
