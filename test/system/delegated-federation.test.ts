import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createRequestId } from '../../src/foundation/index.ts';
import type { FreeBusyOutcome, LookupPath } from '../../src/ews/index.ts';
import { connectExchange } from '../../src/management/index.ts';
import type { CmdletSession } from '../../src/management/index.ts';
import { basic, startLabFixture } from './lab-fixture.ts';
import type { LabFixture } from './lab-fixture.ts';

let fixture: LabFixture;
let onPremises: CmdletSession;
let cloud: CmdletSession;
before(async () => {
  fixture = await startLabFixture();
  const session = (party: 'onPremises' | 'cloud', side: 'on-premises' | 'cloud'): CmdletSession => {
    const administrator = fixture.info.accounts.find((account) => account.kind === 'administrator' && account.side === side);
    assert.ok(administrator !== undefined);
    return connectExchange({ url: new URL(fixture.info.parties[party].urls['admin'] ?? '').origin, httpClient: fixture.httpClient, authorization: () => basic(administrator), tenant: fixture.info.tenant.id });
  };
  onPremises = session('onPremises', 'on-premises');
  cloud = session('cloud', 'cloud');
});
after(() => fixture.close());

async function ask(asker: string, address: string): Promise<{ outcome: FreeBusyOutcome; path: LookupPath | undefined; text: string }> {
  const start = Date.parse(fixture.info.startedAt);
  const answer = await fixture.client.lookUpFreeBusy({
    asker: fixture.account(asker),
    requestId: createRequestId(),
    authentication: 'Basic',
    request: {
      mailboxes: [{ email: { address }, attendeeType: 'Required', excludeConflicts: false }],
      freeBusyView: { window: { start, end: start + 7 * 86_400_000 }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusyMerged' },
    },
  });
  const [outcome] = answer.freeBusy ?? [];
  assert.ok(outcome !== undefined);
  return { outcome, path: answer.paths?.[0], text: outcome.ok ? 'ok' : outcome.failure.messageText };
}

const annaAsks = (): Promise<{ text: string; outcome: FreeBusyOutcome; path: LookupPath | undefined }> => ask('anna', 'bert@contoso.test');
const bertAsks = (): Promise<{ text: string; outcome: FreeBusyOutcome; path: LookupPath | undefined }> => ask('bert', 'anna@contoso.test');
const metadataUrl = 'https://login.cloud.test/FederationMetadata/2006-12/FederationMetadata.xml';
const toCloud = 'On-premises to O365';
const toOnPremises = 'O365 to On-premises';

test('set up by cmdlets, both directions work over delegated federation with the connectors disabled', async () => {
  for (const session of [onPremises, cloud]) {
    for (const connector of await session.invoke('Get-IntraOrganizationConnector', {})) await session.invoke('Set-IntraOrganizationConnector', { Identity: connector['Name'], Enabled: false });
  }
  assert.match((await annaAsks()).text, /LID: 47932/, 'row 9: nothing is configured');

  const [certificate] = await onPremises.invoke('New-ExchangeCertificate', { SubjectName: 'CN=Federation', FriendlyName: 'Exchange Delegation Federation', Services: ['Federation'] });
  const [trust] = await onPremises.invoke('New-FederationTrust', { Name: 'Microsoft Federation Gateway', Thumbprint: certificate?.['Thumbprint'], MetadataUrl: metadataUrl });
  assert.deepEqual([trust?.['TokenIssuerUri'], trust?.['TokenIssuerEpr']], ['urn:federation:MicrosoftOnline', 'https://login.cloud.test/extSTS.srf']);
  const federate = { DelegationFederationTrust: 'Microsoft Federation Gateway', AccountNamespace: 'contoso.test', Enabled: true };
  await assert.rejects(onPremises.invoke('Set-FederatedOrganizationIdentifier', federate), /Proof of domain ownership has failed/);
  const [proof] = await onPremises.invoke('Get-FederatedDomainProof', { DomainName: 'contoso.test' });
  fixture.lab.publishText('contoso.test', String(proof?.['Proof']));
  await onPremises.invoke('Set-FederatedOrganizationIdentifier', federate);
  const [identifier] = await onPremises.invoke('Get-FederatedOrganizationIdentifier', {});
  assert.deepEqual([identifier?.['AccountNamespace'], identifier?.['Domains'], identifier?.['Enabled']], ['FYDIBOHF25SPDLT.contoso.test', ['contoso.test'], true]);

  const [remote] = await cloud.invoke('Get-FederationInformation', { DomainName: 'contoso.test' });
  assert.deepEqual(
    [remote?.['TargetApplicationUri'], remote?.['TargetAutodiscoverEpr'], remote?.['TokenIssuerUris']],
    ['FYDIBOHF25SPDLT.contoso.test', 'https://autodiscover.contoso.test/autodiscover/autodiscover.svc/WSSecurity', ['urn:federation:MicrosoftOnline']],
  );
  await cloud.invoke('New-OrganizationRelationship', {
    Name: toOnPremises,
    DomainNames: remote?.['DomainNames'],
    FreeBusyAccessEnabled: true,
    FreeBusyAccessLevel: 'LimitedDetails',
    TargetApplicationUri: remote?.['TargetApplicationUri'],
    TargetAutodiscoverEpr: remote?.['TargetAutodiscoverEpr'],
  });
  await onPremises.invoke('New-OrganizationRelationship', {
    Name: toCloud,
    DomainNames: ['contoso.mail.onmicrosoft.test'],
    FreeBusyAccessEnabled: true,
    FreeBusyAccessLevel: 'LimitedDetails',
    TargetApplicationUri: 'outlook.com',
    TargetAutodiscoverEpr: 'https://autodiscover-s.cloud.test/autodiscover/autodiscover.svc/WSSecurity',
  });

  for (const [asking, endpoint] of [[annaAsks, 'https://mail.contoso.test/EWS/Exchange.asmx/WSSecurity'], [bertAsks, 'https://outlook.cloud.test/EWS/Exchange.asmx/WSSecurity']] as const) {
    const { text, path } = await asking();
    assert.deepEqual([text, path?.source, path?.endpoint], ['ok', 'OrganizationRelationship', endpoint]);
  }
});

test('the tunnel carries delegated requests as it does others', async () => {
  await cloud.invoke('Set-OrganizationRelationship', { Identity: toOnPremises, TargetSharingEpr: `https://${fixture.info.relayApplicationId}.relay.test/EWS/Exchange.asmx` });
  const { text, path } = await annaAsks();
  assert.equal(text, 'ok');
  assert.match(path?.via ?? '', /relay\.test/);
});

test('the test cmdlets say that all is well', async () => {
  const results = await onPremises.invoke('Test-FederationTrust', { UserIdentity: 'bert@contoso.test' });
  assert.deepEqual(results.map(({ Id, Type }) => [Id, Type]), ['FederationTrustConfiguration', 'FederationMetadata', 'StsCertificate', 'OrganizationCertificate', 'TokenRequest', 'TokenValidation'].map((id) => [id, 'Success']));
  assert.deepEqual((await onPremises.invoke('Test-FederationTrustCertificate', {})).map(({ State }) => State), ['Installed']);
  assert.deepEqual(await onPremises.invoke('Test-OrganizationRelationship', { Identity: `${toCloud}*`, UserIdentity: 'bert@contoso.test' }), []);
  assert.deepEqual(await cloud.invoke('Test-OrganizationRelationship', { Identity: toOnPremises, UserIdentity: 'anna@contoso.test' }), []);
});

/** Any change of configuration ends what is kept of tokens. */
async function forgetTokens(): Promise<void> {
  const [relationship] = await cloud.invoke('Get-OrganizationRelationship', { Identity: toOnPremises });
  await cloud.invoke('Set-OrganizationRelationship', { Identity: toOnPremises, PhotosEnabled: relationship?.['PhotosEnabled'] !== true });
}

test('Test-OrganizationRelationship: what the remote partner has of the relationship', async () => {
  const check = async (): Promise<unknown[]> => (await cloud.invoke('Test-OrganizationRelationship', { Identity: toOnPremises, UserIdentity: 'anna@contoso.test' })).map(({ Id, Status }) => [Id, Status]);
  const remote = (changes: Record<string, unknown>): Promise<unknown> => onPremises.invoke('Set-OrganizationRelationship', { Identity: toCloud, ...changes });
  assert.deepEqual(await check(), []);
  await remote({ FreeBusyAccessLevel: 'None' });
  assert.deepEqual(await check(), [['RemoteFreeBusyNotShared', 'Warning']]);
  await remote({ FreeBusyAccessLevel: 'LimitedDetails', TargetApplicationUri: 'elsewhere.test' });
  assert.deepEqual(await check(), [['RemoteApplicationUriMismatch', 'Error']]);
  await remote({ TargetApplicationUri: 'outlook.com', Enabled: false });
  assert.deepEqual(await check(), [['RemoteRelationshipNotFound', 'Error']]);
  await remote({ Enabled: true });
  const [directory] = await onPremises.invoke('Get-AutodiscoverVirtualDirectory', {});
  await onPremises.invoke('Set-AutodiscoverVirtualDirectory', { Identity: directory?.['Identity'], WSSecurityAuthentication: false });
  assert.deepEqual(await check(), [['AutodiscoverServiceCallFailed', 'Error']]);
  await onPremises.invoke('Set-AutodiscoverVirtualDirectory', { Identity: directory?.['Identity'], WSSecurityAuthentication: true });
  assert.deepEqual(await check(), []);
});

test('row 23: a user principal name that the directory does not have; flipping it back repairs it', async () => {
  const rename = (from: string, to: string): Promise<unknown> => fixture.lab.sts.updateUser(fixture.info.tenant.id, from, { userPrincipalName: to });
  await rename('anna@contoso.test', 'anna@contoso.onmicrosoft.test');
  await forgetTokens();
  assert.match((await annaAsks()).text, /The specified member name is either invalid or empty\. wst:FailedAuthentication 0x80048821 0x80041034/);
  await rename('anna@contoso.onmicrosoft.test', 'anna@contoso.test');
  assert.equal((await annaAsks()).text, 'ok');
});

test('W2: the application of the other organisation is not registered', async () => {
  await cloud.invoke('Set-OrganizationRelationship', { Identity: toOnPremises, TargetApplicationUri: 'FYDIBOHF25SPDLT.gone.test' });
  assert.match((await annaAsks()).text, /AADSTS901124: Application 'fydibohf25spdlt\.gone\.test' does not exist\. wst:FailedAuthentication 0x80048800/);
  await cloud.invoke('Set-OrganizationRelationship', { Identity: toOnPremises, TargetApplicationUri: 'FYDIBOHF25SPDLT.contoso.test' });
});

test('rolling the federation certificate keeps both directions working', async () => {
  const [certificate] = await onPremises.invoke('New-ExchangeCertificate', { SubjectName: 'CN=Federation 2', Services: ['Federation'] });
  await onPremises.invoke('Set-FederationTrust', { Identity: 'Microsoft Federation Gateway', Thumbprint: certificate?.['Thumbprint'] });
  await onPremises.invoke('Set-FederationTrust', { Identity: 'Microsoft Federation Gateway', PublishFederationCertificate: true });
  assert.equal((await annaAsks()).text, 'ok', 'a token for the former certificate');
  await forgetTokens();
  assert.equal((await annaAsks()).text, 'ok', 'a token for the new one');
});
