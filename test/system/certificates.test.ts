import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createRequestId } from '../../src/foundation/index.ts';
import { connectExchange } from '../../src/management/index.ts';
import type { CmdletSession } from '../../src/management/index.ts';
import { createRelayAdminClient } from '../../src/relay/index.ts';
import { applyRenewal, assessCertificates, planRenewal, printRenewal, takeInventory } from '../../src/wizard/index.ts';
import type { Assessment, CertificateSources } from '../../src/wizard/index.ts';
import { connectCertificates } from '../../src/cli/commands/certificates/certificate-connections.ts';
import { basic, startLabFixture } from './lab-fixture.ts';
import type { LabFixture } from './lab-fixture.ts';

let fixture: LabFixture;
let onPremises: CmdletSession;
let cloud: CmdletSession;
let sources: CertificateSources;
let close: () => Promise<void>;
const exchangeId = '00000002-0000-0ff1-ce00-000000000000';

before(async () => {
  fixture = await startLabFixture();
  const session = (party: 'onPremises' | 'cloud', side: 'on-premises' | 'cloud'): CmdletSession => {
    const administrator = fixture.info.accounts.find((account) => account.kind === 'administrator' && account.side === side);
    assert.ok(administrator !== undefined);
    return connectExchange({ url: new URL(fixture.info.parties[party].urls['admin'] ?? '').origin, httpClient: fixture.httpClient, authorization: () => basic(administrator), tenant: fixture.info.tenant.id });
  };
  onPremises = session('onPremises', 'on-premises');
  cloud = session('cloud', 'cloud');
  ({ sources, close } = connectCertificates({ state: fixture.directory, tls: [] }, process));
});
after(async () => {
  await close();
  await fixture.close();
});

/** Both directions by a real lookup with fresh tokens: the servers have forgotten what they kept. */
async function lookBothWays(when: string, source = 'IntraOrganizationConnector'): Promise<void> {
  await onPremises.invoke('Restart-Service', { Name: ['W3SVC'], Force: true });
  // Any change of configuration ends what the cloud keeps of delegation tokens.
  for (const { Identity, PhotosEnabled } of await cloud.invoke('Get-OrganizationRelationship')) await cloud.invoke('Set-OrganizationRelationship', { Identity, PhotosEnabled: PhotosEnabled !== true });
  for (const [asker, address] of [['anna', 'bert@contoso.test'], ['bert', 'anna@contoso.test']] as const) {
    const start = Date.parse(fixture.info.startedAt);
    const answer = await fixture.client.lookUpFreeBusy({
      asker: fixture.account(asker),
      requestId: createRequestId(),
      authentication: 'Basic',
      request: { mailboxes: [{ email: { address }, attendeeType: 'Required', excludeConflicts: false }], freeBusyView: { window: { start, end: start + 86_400_000 }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusyMerged' } },
    });
    const outcome = answer.freeBusy?.[0];
    assert.ok(outcome?.ok === true, `${asker} looks at ${address} ${when}: ${outcome?.ok === false ? outcome.failure.messageText : 'no answer'}`);
    assert.equal(answer.paths?.[0]?.source, source, when);
  }
}

const look = async (): Promise<Assessment> => assessCertificates(await takeInventory(sources), { warningDays: 30, criticalDays: 7 });
const one = async (session: CmdletSession, cmdlet: string, parameters: Record<string, unknown> = {}): Promise<Record<string, unknown>> => (await session.invoke(cmdlet, parameters))[0] ?? {};
const problemsOf = ({ certificates }: Assessment): string[] => certificates.flatMap(({ id, problems }) => problems.map(({ severity, text }) => `${id} ${severity} ${text}`));

async function command(...given: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../bin/hybridge.js'), 'certificates', ...given], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1', COLUMNS: '80' } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

test('every certificate of a fresh lab is there, and both sides agree on each', async () => {
  const assessment = await look();
  assert.deepEqual(problemsOf(assessment), []);
  assert.deepEqual(assessment.unreached, []);
  const states = new Map(assessment.certificates.map(({ id, counterpart }) => [id.replace(/-[0-9A-F]{8}$|-[0-9a-f]{8}-.*|:\d+$/, ''), counterpart.state]));
  assert.deepEqual(
    [...states],
    [
      ['auth-current', 'same'],
      ['key-credential', 'same'],
      ['token-signing', 'same'],
      ['federation-cloud-current', 'same'],
      ['relay-authority', 'none'],
      ['agent', 'same'],
      ['tls-mail.contoso.test', 'same'],
      ['tls-outlook.cloud.test', 'same'],
      ['tls-login.cloud.test', 'same'],
      ['tls', 'same'],
      ['tls-127.0.0.1', 'same'],
    ],
  );
});

test('the Auth certificate rolls over without a moment in which a lookup fails', async () => {
  const former = String((await one(onPremises, 'Get-AuthConfig'))['CurrentCertificateThumbprint']);
  const plan = await planRenewal(sources, 'auth', { force: true });
  assert.deepEqual(plan.stages.map(({ id }) => id), ['make', 'upload', 'announce', 'publish', 'retire-later']);
  assert.match(printRenewal(plan), /^\$next = New-ExchangeCertificate[^]*Update-MgServicePrincipal [^]*Key=\(Export-ExchangeCertificate -Thumbprint \$next\.Thumbprint[^]*Set-AuthConfig -NewCertificateThumbprint \$next\.Thumbprint[^]*not before [^]*Set-AuthConfig -PublishCertificate/m);
  assert.deepEqual((await planRenewal(sources, 'auth')).stages, [], 'a certificate with five years to live stays');

  const seen: string[] = [];
  const options = { sources, topic: 'auth', clock: sources.clock, onInvocation: async (_: unknown, { cmdlet }: { cmdlet: string }): Promise<void> => {
    seen.push(cmdlet);
    await lookBothWays(`after ${cmdlet}`);
  } } as const;
  // 48 hours ahead: as far as it goes today.
  const today = await applyRenewal({ ...options, force: true });
  assert.deepEqual(seen.splice(0), ['New-ExchangeCertificate', 'Update-MgServicePrincipal', 'Set-AuthConfig']);
  assert.equal(today.remaining.stages[0]?.id, 'publish');
  assert.ok((today.remaining.stages[0]?.notBefore ?? 0) >= Date.now() + 48 * 3_600_000 - 60_000);
  const { NextCertificateThumbprint: next } = await one(onPremises, 'Get-AuthConfig');
  assert.deepEqual((await look()).certificates.filter(({ id }) => id.startsWith('auth-')).map(({ id, thumbprint, counterpart }) => [id, thumbprint, counterpart.state]), [['auth-current', former, 'same'], ['auth-next', next, 'same']]);
  // Run again before the day, by force too, it waits and makes no other one.
  assert.deepEqual((await applyRenewal({ ...options, force: true })).stages, []);

  // The day comes.
  await onPremises.invoke('Set-AuthConfig', { NewCertificateEffectiveDate: new Date().toISOString(), Force: true });
  await lookBothWays('on the day');
  const config = await one(onPremises, 'Get-AuthConfig');
  assert.deepEqual([config['CurrentCertificateThumbprint'], config['PreviousCertificateThumbprint'], config['NextCertificateThumbprint']], [next, former, null]);
  const waiting = await applyRenewal(options);
  assert.deepEqual([waiting.stages, waiting.remaining.stages[0]?.id], [[], 'retire']);

  const done = await applyRenewal({ ...options, overlapHours: 0, force: true });
  assert.deepEqual([seen, done.remaining.stages], [['Update-MgServicePrincipal', 'Set-AuthConfig', 'Remove-ExchangeCertificate'], []]);
  const after = await one(onPremises, 'Get-AuthConfig');
  assert.deepEqual([after['CurrentCertificateThumbprint'], after['PreviousCertificateThumbprint']], [next, null]);
  assert.deepEqual(problemsOf(await look()), []);
});

test('all at once: the tenant knows the certificate before it signs anything', async () => {
  const options = { sources, topic: 'auth', clock: sources.clock, force: true, effectiveHours: 0, overlapHours: 0 } as const;
  const { stages, remaining } = await applyRenewal({ ...options, onInvocation: (_, { cmdlet }) => lookBothWays(`after ${cmdlet}`) });
  // The organisation takes the certificate over by itself, because its day is there when the first token is asked for.
  assert.deepEqual([stages.map(({ id }) => id), remaining.stages], [['make', 'upload', 'announce', 'retire'], []]);
});

test('all at once, from the command line', async () => {
  const before = await one(onPremises, 'Get-AuthConfig');
  const { code, output } = await command('renew', 'auth', '--apply', '--force', '--effective-hours', '0', '--overlap-hours', '0', '--state', fixture.directory);
  assert.equal(code, 0, output);
  assert.match(output, /done, and verified by looking again/);
  assert.equal(/[A-Za-z0-9+/=]{200}/.test(output), false);
  assert.ok(output.split('\n').every((line) => line.length <= 80), output);
  assert.notEqual((await one(onPremises, 'Get-AuthConfig'))['CurrentCertificateThumbprint'], before['CurrentCertificateThumbprint']);
  await lookBothWays('after all of it');
});

test('Test-OAuthConnectivity for EWS, Autodiscover and an address; an issuer that is not trusted is named', async () => {
  const run = async (parameters: Record<string, unknown>): Promise<{ Task: unknown; ResultType: unknown; Detail: string }> => {
    const { Task, ResultType, Detail } = await one(onPremises, 'Test-OAuthConnectivity', { Mailbox: 'bert@contoso.test', ...parameters });
    return { Task, ResultType, Detail: String(Detail) };
  };
  // EWS takes no GET, which is what the general call is; but that is said only to who has been let in.
  for (const [Service, TargetUri, status] of [['EWS', 'https://outlook.cloud.test/EWS/Exchange.asmx', 200], ['AutoD', 'https://autodiscover-s.cloud.test/autodiscover/autodiscover.svc', 200], ['Generic', 'https://outlook.cloud.test/EWS/Exchange.asmx', 405]] as const) {
    const { Task, ResultType, Detail } = await run({ Service, TargetUri });
    assert.deepEqual([Task, ResultType], [`Checking ${Service} API Call Under Oauth`, 'Success'], Detail);
    for (const line of ['trusted_issuer includes the auth server', 'updating the tenant id with the auth server realm', 'trying to get the apptoken from the auth server', 'with the bearer token:', `HTTP response message: ${status}`]) assert.ok(Detail.includes(line), `${line}\n${Detail}`);
    assert.match(Detail, /; actor: \{"typ":"JWT","alg":"RS256"/);
  }
  const absent = await run({ Service: 'Generic', TargetUri: 'https://outlook.cloud.test/nothing/here' });
  assert.equal(absent.ResultType, 'Error', absent.Detail);

  const acs = (await onPremises.invoke('Get-AuthServer')).find(({ Type }) => Type === 'MicrosoftACS');
  await onPremises.invoke('Set-AuthServer', { Identity: acs?.['Name'], Enabled: false });
  const stranger = await run({ Service: 'EWS', TargetUri: 'https://outlook.cloud.test/EWS/Exchange.asmx' });
  await onPremises.invoke('Set-AuthServer', { Identity: acs?.['Name'], Enabled: true });
  assert.equal(stranger.ResultType, 'Error');
  assert.match(stranger.Detail, /OAuthTokenRequestFailedException: The trusted issuers contained the following entries '00000001-0000-0000-c000-000000000000@[^']+'\. None of them are configured locally\./);
});

test('row 26: a certificate that the tenant lost is named, put back, and works again', async () => {
  const current = String((await one(onPremises, 'Get-AuthConfig'))['CurrentCertificateThumbprint']);
  const tenant = sources.sessions.Tenant;
  assert.ok(tenant !== undefined);
  const credentials = await tenant.invoke('Get-MsolServicePrincipalCredential', { AppPrincipalId: exchangeId, ReturnKeyValues: true });
  const exported = await one(onPremises, 'Export-ExchangeCertificate', { Thumbprint: current });
  const lost = credentials.find(({ Value }) => Value === exported['FileData']);
  await tenant.invoke('Remove-MsolServicePrincipalCredential', { AppPrincipalId: exchangeId, KeyIds: [lost?.['KeyId']] });
  assert.match(problemsOf(await look()).join('\n'), /^auth-current critical The tenant does not have this certificate .*AADSTS50012/m);
  const check = await command('check', '--state', fixture.directory);
  assert.equal(check.code, 2, check.output);
  assert.match(check.output, /^CERTIFICATES CRITICAL - \d+ certificates, 1 critical.* \| 'auth-current'=18\d\d;30;7/);
  await assert.rejects(lookBothWays('while it is lost'), /401|LID/);
  assert.deepEqual((await applyRenewal({ sources, topic: 'auth', clock: sources.clock })).stages.map(({ id }) => id), ['mend']);
  await lookBothWays('after it is back');
});

test('row 17: a certificate that is gone is named, replaced at once, and works again', async () => {
  const { CurrentCertificateThumbprint } = await one(onPremises, 'Get-AuthConfig');
  await onPremises.invoke('Remove-ExchangeCertificate', { Thumbprint: CurrentCertificateThumbprint });
  assert.match(problemsOf(await look()).join('\n'), /^auth-current critical .*Missing signing certificate/m);
  const { stages } = await applyRenewal({ sources, topic: 'auth', clock: sources.clock, overlapHours: 0 });
  assert.deepEqual(stages.slice(0, 3).map(({ id }) => id), ['make', 'upload', 'announce']);
  await lookBothWays('after its replacement');
  assert.deepEqual(problemsOf(await look()), []);
});

test('row 25: keys of the token service that are not known yet are named and read', async () => {
  const { sts } = fixture.lab;
  await sts.rollSigningKey({ activeFrom: Date.now() + 86_400_000 });
  const stale = problemsOf(await look());
  assert.ok(stale.some((text) => /^token-signing-\w+ warning AuthServer ACS - .*2000000/.test(text)), stale.join('\n'));
  const { stages } = await applyRenewal({ sources, topic: 'trust', clock: sources.clock });
  assert.deepEqual(stages.map(({ id }) => id), ['refresh']);
  const sides = (cmdlet: string): string[] => [...new Set(stages[0]?.invocations.filter((one) => one.cmdlet === cmdlet).map(({ session }) => session))].sort();
  assert.deepEqual(sides('Set-AuthServer'), ['Cloud', 'OnPremises']);
  // On premises there is no federation trust yet.
  assert.deepEqual(sides('Set-FederationTrust'), ['Cloud']);
  assert.deepEqual(problemsOf(await look()).filter((text) => text.includes('AuthServer') || text.includes('FederationTrust')), []);
  await lookBothWays('after the keys were read');
});

test('the federation certificate rolls over while requests are delegated', async () => {
  await federate();
  await lookBothWays('over delegated federation', 'OrganizationRelationship');
  const former = String((await one(onPremises, 'Get-FederationTrust'))['OrgPrivCertificate']);
  assert.deepEqual((await planRenewal(sources, 'federation')).stages, []);
  const done = await applyRenewal({ sources, topic: 'federation', clock: sources.clock, force: true, onInvocation: (_, { cmdlet }) => lookBothWays(`after ${cmdlet}`, 'OrganizationRelationship') });
  assert.deepEqual([done.stages.map(({ id }) => id), done.remaining.stages], [['make', 'announce', 'publish'], []]);
  const trust = await one(onPremises, 'Get-FederationTrust');
  assert.notEqual(trust['OrgPrivCertificate'], former);
  assert.equal(trust['OrgPrevPrivCertificate'], former);
  const assessment = await look();
  // The next signing key, which the test before made, is for the operator of the cloud to read.
  assert.deepEqual(problemsOf(assessment).filter((text) => !text.includes('FederationTrust MicrosoftOnline')), []);
  assert.equal(assessment.certificates.find(({ id }) => id === 'federation-current')?.counterpart.state, 'same');
});

test('a relay’s next authority leaves agents of the former one in; a federated domain brings its provider’s certificate', async () => {
  const key = readFileSync(fixture.info.parties.relay.adminKeyFile ?? '', 'utf8').trim();
  await createRelayAdminClient({ url: fixture.info.parties.relay.urls['admin'] ?? '', httpClient: fixture.httpClient, key }).renewAuthority();
  const { domain } = fixture.info.tenant;
  const { FileData } = await one(onPremises, 'Export-ExchangeCertificate', { Thumbprint: (await one(onPremises, 'Get-AuthConfig'))['CurrentCertificateThumbprint'] });
  await sources.sessions.Tenant?.invoke('Set-MsolDomainAuthentication', { DomainName: domain, Authentication: 'Federated', IssuerUri: 'http://idp.test/', PassiveLogOnUri: 'https://idp.test/', SigningCertificate: FileData });
  const { certificates } = await look();
  const found = (start: string): string[] => certificates.filter(({ id }) => id.startsWith(start)).map(({ title, role, severity, counterpart }) => `${title}: ${role}, ${severity}, ${counterpart.detail}`);
  assert.deepEqual(found('relay-authority'), ['Relay authority for agents: current, ok, of the relay alone', 'Former relay authority: past, ok, of the relay alone']);
  assert.match(found('agent-').join(), /: current, ok, relay: a former authority issued it$/);
  assert.deepEqual(found('identity-provider'), [`Identity provider of ${domain}: current, ok, provider: not asked`]);
  await sources.sessions.Tenant?.invoke('Set-MsolDomainAuthentication', { DomainName: domain, Authentication: 'Managed' });
});

test('a TLS server given by hand is judged; one that is not there is unknown', async () => {
  const port = new URL(fixture.info.parties.sts.urls['admin'] ?? '').port;
  const trusted = await command('check', '--tls', `localhost:${port}`, '--ca', fixture.info.caFile);
  assert.equal(trusted.code, 0, trusted.output);
  const untrusted = await command('check', '--tls', `localhost:${port}`);
  assert.equal(untrusted.code, 1, untrusted.output);
  assert.match(untrusted.output, /A client does not accept it: UNABLE_TO_VERIFY_LEAF_SIGNATURE/);
  const absent = await command('check', '--tls', '127.0.0.1:1');
  assert.equal(absent.code, 3, absent.output);
  assert.match(absent.output, /^CERTIFICATES UNKNOWN - .*not reached: 127\.0\.0\.1:1/);
  assert.equal((await command('check', '--state', join(fixture.directory, 'elsewhere'))).code, 3);
});

/** Organisation relationships in the place of connectors. */
async function federate(): Promise<void> {
  for (const session of [onPremises, cloud]) {
    for (const connector of await session.invoke('Get-IntraOrganizationConnector')) await session.invoke('Set-IntraOrganizationConnector', { Identity: connector['Name'], Enabled: false });
  }
  const { Thumbprint } = await one(onPremises, 'New-ExchangeCertificate', { SubjectName: 'CN=Federation', FriendlyName: 'Exchange Delegation Federation', Services: ['Federation'] });
  await onPremises.invoke('New-FederationTrust', { Name: 'Microsoft Federation Gateway', Thumbprint, MetadataUrl: 'https://login.cloud.test/FederationMetadata/2006-12/FederationMetadata.xml' });
  const { Proof } = await one(onPremises, 'Get-FederatedDomainProof', { DomainName: 'contoso.test' });
  fixture.lab.publishText('contoso.test', String(Proof));
  await onPremises.invoke('Set-FederatedOrganizationIdentifier', { DelegationFederationTrust: 'Microsoft Federation Gateway', AccountNamespace: 'contoso.test', Enabled: true });
  const remote = await one(cloud, 'Get-FederationInformation', { DomainName: 'contoso.test' });
  const sharing = { FreeBusyAccessEnabled: true, FreeBusyAccessLevel: 'LimitedDetails' };
  await cloud.invoke('New-OrganizationRelationship', { Name: 'O365 to On-premises', DomainNames: remote['DomainNames'], ...sharing, TargetApplicationUri: remote['TargetApplicationUri'], TargetAutodiscoverEpr: remote['TargetAutodiscoverEpr'] });
  await onPremises.invoke('New-OrganizationRelationship', { Name: 'On-premises to O365', DomainNames: ['contoso.mail.onmicrosoft.test'], ...sharing, TargetApplicationUri: 'outlook.com', TargetAutodiscoverEpr: 'https://autodiscover-s.cloud.test/autodiscover/autodiscover.svc/WSSecurity' });
}
