import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AuthMetadata } from '../../identity/index.ts';
import { readCertificate } from '../../identity/index.ts';
import type { ServedExchange } from '../admin-api/served-exchange.ts';
import { serveExchange } from '../admin-api/served-exchange.ts';
import { modernAuthenticationObstacle } from './exchange-server/modern-authentication-support.ts';

type Row = Record<string, unknown>;
let premises: ServedExchange;
let cloud: ServedExchange;
let now = Date.parse('2026-11-21T09:00:00Z');
let signingKey = 'AAAA';
const asked: string[] = [];

async function fetchAuthMetadata(url: string): Promise<AuthMetadata> {
  asked.push(url);
  const type = url.includes('metadata/json/1') ? 'MicrosoftACS' : 'AzureAD';
  return { type, issuerIdentifier: type === 'AzureAD' ? 'https://sts.cloud.test/1/' : '00000001-0000-0000-c000-000000000000', realm: 'the-tenant', certificates: [signingKey], tokenIssuingEndpoint: 'https://login.cloud.test/1/tokens/OAuth/2', authorizationEndpoint: 'https://login.cloud.test/common/oauth2/authorize' };
}

before(async () => {
  premises = await serveExchange({ clock: { now: () => now }, fetchAuthMetadata });
  cloud = await serveExchange({ side: 'Cloud' });
  const { configuration } = premises.organization;
  await configuration.create('ExchangeServer', 'MAIL', { Fqdn: 'mail.contoso.test' });
  await configuration.create('WebServicesVirtualDirectory', 'MAIL\\EWS (Default Web Site)', { Server: 'MAIL', ExternalUrl: 'https://mail.contoso.test/EWS/Exchange.asmx' });
  await configuration.create('AutodiscoverVirtualDirectory', 'MAIL\\Autodiscover (Default Web Site)', { Server: 'MAIL' });
});
after(async () => {
  await premises.close();
  await cloud.close();
});

async function one(cmdlet: string, parameters: Row = {}, on = premises): Promise<Row> {
  const rows = await on.session.invoke(cmdlet, parameters);
  assert.equal(rows.length, 1, `${cmdlet} gave ${rows.length}`);
  return rows[0] ?? {};
}
const run = (cmdlet: string, parameters: Row = {}, on = premises): Promise<readonly Row[]> => on.session.invoke(cmdlet, parameters);

test('authorization servers are filled from their metadata, refreshed, and one is the default', async () => {
  const acs = await one('New-AuthServer', { Name: 'ACS - 1', AuthMetadataUrl: 'https://login.cloud.test/1/metadata/json/1', DomainName: 'contoso.test,b.test'.split(',') });
  assert.deepEqual(
    [acs['IssuerIdentifier'], acs['Realm'], acs['CertificateStrings'], acs['Type'], acs['Enabled'], acs['IsDefaultAuthorizationEndpoint'], acs['DomainName']],
    ['00000001-0000-0000-c000-000000000000', 'the-tenant', ['AAAA'], 'MicrosoftACS', true, false, ['contoso.test', 'b.test']],
  );
  for (const Name of ['EvoSTS', 'EvoSTS 2']) await run('New-AuthServer', { Name, Type: 'AzureAD', AuthMetadataUrl: 'https://login.cloud.test/common/.well-known/openid-configuration' });
  await run('Set-AuthServer', { Identity: 'EvoSTS', IsDefaultAuthorizationEndpoint: true });
  await run('Set-AuthServer', { Identity: 'evosts 2', IsDefaultAuthorizationEndpoint: '$true' });
  const defaults = (await run('Get-AuthServer', { Identity: 'Evo*' })).map((server) => [server['Name'], server['IsDefaultAuthorizationEndpoint']]);
  assert.deepEqual(defaults, [['EvoSTS', false], ['EvoSTS 2', true]]);
  await assert.rejects(run('Set-AuthServer', { Identity: 'ACS - 1', IsDefaultAuthorizationEndpoint: true }), { code: 'MANAGEMENT_INVALID_VALUE' });
  // A mixed estate: its people would be sent to sign in, and then be refused where their mailbox is.
  const { configuration } = premises.organization;
  for (const [version, why] of [['Version 14.3 (Build 123.4)', /OLD1 .*: Exchange 2010 and older take no tokens/], ['Version 15.0 (Build 1320.4)', /from CU19 on/], ['Version 15.1 (Build 1261.35)', /from CU8 on/]] as const) {
    await configuration.create('ExchangeServer', 'OLD1', { Fqdn: 'old1.contoso.test', AdminDisplayVersion: version });
    await assert.rejects(run('Set-AuthServer', { Identity: 'EvoSTS', IsDefaultAuthorizationEndpoint: true }), { code: 'MANAGEMENT_INVALID_VALUE', message: why });
    await configuration.remove('ExchangeServer', 'OLD1');
  }
  for (const version of ['Version 15.0 (Build 1365.1)', 'Version 15.1 (Build 1415.2)', 'Version 15.2 (Build 221.12)', 'Version 15.20 (Build 7000.1)', '']) assert.equal(modernAuthenticationObstacle(version), undefined, version);
  signingKey = 'BBBB';
  asked.length = 0;
  await run('Set-AuthServer', { Identity: 'ACS - 1', RefreshAuthMetadata: true });
  assert.deepEqual(asked, ['https://login.cloud.test/1/metadata/json/1']);
  assert.deepEqual((await one('Get-AuthServer', { Identity: 'ACS - 1' }))['CertificateStrings'], ['BBBB']);
  await run('Set-AuthServer', { Identity: 'ACS - 1', DomainName: { add: 'c.test', remove: 'b.test' }, Name: 'ACS' });
  assert.deepEqual((await one('Get-AuthServer', { Identity: 'ACS' }))['DomainName'], ['contoso.test', 'c.test']);
  await run('Remove-AuthServer', { Identity: 'EvoSTS 2', Confirm: false });
  await assert.rejects(run('Get-AuthServer', { Identity: 'EvoSTS 2' }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  assert.deepEqual(await run('Get-AuthServer', { Identity: '*nothing*' }), []);
});

test('TrustAnySSLCertificate warns that it trusts nothing more', async () => {
  premises.warnings.length = 0;
  await run('New-AuthServer', { Name: 'Trusting', AuthMetadataUrl: 'https://login.cloud.test/2/metadata/json/1', TrustAnySSLCertificate: true });
  assert.match(premises.warnings.join(), /TrustAnySSLCertificate has no effect/);
});

test('the Auth certificate: made, chosen, published, and the previous one forgotten', async () => {
  const made = await one('New-ExchangeCertificate', { KeySize: 2048, PrivateKeyExportable: true, SubjectName: 'cn=Microsoft Exchange Server Auth Certificate', FriendlyName: 'Auth' });
  assert.deepEqual([made['Subject'], made['HasPrivateKey'], made['Status'], made['IsSelfSigned'], made['PublicKeySize'], made['FriendlyName']], ['CN=Microsoft Exchange Server Auth Certificate', true, 'Valid', true, 2048, 'Auth']);
  const thumbprint = String(made['Thumbprint']);
  await run('Set-AuthConfig', { CertificateThumbprint: thumbprint.toLowerCase() });
  assert.equal((await one('Get-AuthConfig'))['CurrentCertificateThumbprint'], thumbprint);

  const next = String((await one('New-ExchangeCertificate', { SubjectName: 'CN=Microsoft Exchange Server Auth Certificate' }))['Thumbprint']);
  premises.warnings.length = 0;
  await run('Set-AuthConfig', { NewCertificateThumbprint: next, NewCertificateEffectiveDate: '2026-11-21T10:00:00Z' });
  assert.match(premises.warnings.join(), /not at least 48 hours in the future/);
  premises.warnings.length = 0;
  await run('Set-AuthConfig', { NewCertificateEffectiveDate: '2026-11-21T10:00:00Z', Force: true });
  assert.deepEqual([(await one('Get-AuthConfig'))['NextCertificateThumbprint'], (await one('Get-AuthConfig'))['NextCertificateEffectiveDate']], [next, '2026-11-21T10:00:00.000Z']);
  await run('Set-AuthConfig', { PublishCertificate: true });
  const { CurrentCertificateThumbprint, PreviousCertificateThumbprint, NextCertificateThumbprint } = await one('Get-AuthConfig');
  assert.deepEqual([CurrentCertificateThumbprint, PreviousCertificateThumbprint, NextCertificateThumbprint], [next, thumbprint, null]);
  await run('Set-AuthConfig', { ClearPreviousCertificate: true });
  assert.equal((await one('Get-AuthConfig'))['PreviousCertificateThumbprint'], null);
  await assert.rejects(run('Set-AuthConfig', { PublishCertificate: true }), { code: 'MANAGEMENT_INVALID_VALUE', message: /no next certificate/ });
});

test('a certificate that is absent or has expired cannot become the Auth certificate', async () => {
  await assert.rejects(run('Set-AuthConfig', { CertificateThumbprint: '00'.repeat(20) }), { message: /couldn't be found in the certificate store/ });
  await assert.rejects(run('Set-AuthConfig', { CertificateThumbprint: 'xyz' }), { code: 'MANAGEMENT_PARAMETER_INVALID' });
  await assert.rejects(run('Set-AuthConfig', { PublishCertificate: true, ServiceName: 'x' }), { message: /Parameter set cannot be resolved/ });
  const made = await one('New-ExchangeCertificate', { SubjectName: 'CN=Short' });
  const later = now;
  now += 6 * 365 * 86_400_000;
  await assert.rejects(run('Set-AuthConfig', { CertificateThumbprint: made['Thumbprint'] }), { message: /has expired/ });
  assert.equal((await one('Get-ExchangeCertificate', { Thumbprint: made['Thumbprint'] }))['Status'], 'DateInvalid');
  now = later;
});

test('certificates: the public part comes out, the key never, and removing takes both', async () => {
  const current = String((await one('Get-AuthConfig'))['CurrentCertificateThumbprint']);
  const exported = await one('Export-ExchangeCertificate', { Thumbprint: current });
  assert.equal(readCertificate(String(exported['FileData'])).thumbprint, current);
  const everything = JSON.stringify([await run('Get-ExchangeCertificate'), exported, await premises.organization.audit.search()]);
  assert.equal(/PRIVATE KEY/.test(everything), false);
  assert.equal((await one('Get-ExchangeCertificate', { Identity: `MAIL\\${current}` }))['Thumbprint'], current);
  premises.warnings.length = 0;
  await run('Remove-ExchangeCertificate', { Thumbprint: current });
  assert.match(premises.warnings.join(), /current certificate of Get-AuthConfig/);
  await assert.rejects(run('Get-ExchangeCertificate', { Thumbprint: current }), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  assert.equal(await premises.organization.configuration.certificateKey(current), undefined);
  for (const [parameters, message] of [[{ KeySize: 1024 }, /1024 bits/], [{ SubjectName: 'O=b' }, /subject name cannot be read/]] as const) await assert.rejects(run('New-ExchangeCertificate', parameters), { code: 'MANAGEMENT_INVALID_VALUE', message });
});

test('partner applications', async () => {
  const made = await one('New-PartnerApplication', { Name: 'Exchange Online', ApplicationIdentifier: '00000002-0000-0ff1-ce00-000000000000', UseAuthServer: true, LinkedAccount: 'Exchange Online-ApplicationAccount' });
  assert.deepEqual([made['Enabled'], made['UseAuthServer'], made['Realm'], made['AcceptSecurityIdentifierInformation']], [true, true, null, false]);
  await run('Set-PartnerApplication', { Identity: '00000002-0000-0ff1-ce00-000000000000', LinkedAccount: null, Enabled: false });
  const changed = await one('Get-PartnerApplication', { Identity: 'exchange online' });
  assert.deepEqual([changed['LinkedAccount'], changed['Enabled']], [null, false]);
  await assert.rejects(run('New-PartnerApplication', { Name: 'HRApp' }), { code: 'MANAGEMENT_PARAMETER_MISSING' });
  await run('Remove-PartnerApplication', { Identity: 'Exchange Online' });
  assert.deepEqual(await run('Get-PartnerApplication'), []);
});

test('connectors: TargetSharingEpr exists in the cloud only', async () => {
  const parameters = { Name: 'HybridIOC - 1', DiscoveryEndpoint: 'https://autodiscover.contoso.test/autodiscover/autodiscover.svc', TargetAddressDomains: ['contoso.test'] };
  const made = await one('New-IntraOrganizationConnector', { ...parameters, TargetSharingEpr: 'https://1.relay.test/EWS/Exchange.asmx' }, cloud);
  assert.deepEqual([made['Enabled'], made['TargetSharingEpr'], made['Identity']], [true, 'https://1.relay.test/EWS/Exchange.asmx', 'HybridIOC - 1']);
  await assert.rejects(run('New-IntraOrganizationConnector', { ...parameters, TargetSharingEpr: 'https://1.relay.test/EWS/Exchange.asmx' }), { code: 'MANAGEMENT_PARAMETER_UNKNOWN' });
  await run('Set-IntraOrganizationConnector', { Identity: 'HybridIOC - 1', TargetSharingEpr: null, TargetAddressDomains: { add: ['b.test'] }, Enabled: false }, cloud);
  const changed = await one('Get-IntraOrganizationConnector', { Identity: 'Hybrid*' }, cloud);
  assert.deepEqual([changed['TargetSharingEpr'], changed['TargetAddressDomains'], changed['Enabled']], [null, ['contoso.test', 'b.test'], false]);
  await assert.rejects(run('New-IntraOrganizationConnector', { ...parameters, Name: 'Second' }, cloud), { code: 'MANAGEMENT_OBJECT_EXISTS', message: /'contoso\.test' already belongs/ });
  await assert.rejects(run('Set-IntraOrganizationConnector', { Identity: 'HybridIOC - 1', DiscoveryEndpoint: 'http://plain.test/' }, cloud), { code: 'MANAGEMENT_INVALID_VALUE', message: /https/ });
  await run('New-IntraOrganizationConnector', { ...parameters, Name: 'HybridIOC - 2', TargetAddressDomains: ['c.test'] }, cloud);
  await assert.rejects(run('Set-IntraOrganizationConnector', { Identity: 'Hybrid*', Enabled: true }, cloud), { code: 'MANAGEMENT_OBJECT_AMBIGUOUS' }, 'a wild card may stand for one');
  await run('Remove-IntraOrganizationConnector', { Identity: 'HybridIOC - 2' }, cloud);
  await run('Set-IntraOrganizationConnector', { Identity: 'HybridIOC*', Enabled: true }, cloud);
  assert.equal((await one('Get-IntraOrganizationConnector', { Identity: 'Hybrid*' }, cloud))['Enabled'], true);
  await assert.rejects(run('Set-IntraOrganizationConnector', { Identity: 'None*', Enabled: true }, cloud), { code: 'MANAGEMENT_OBJECT_NOT_FOUND' });
  await run('Remove-IntraOrganizationConnector', { Identity: 'HybridIOC - 1' }, cloud);
  assert.deepEqual(await run('Get-IntraOrganizationConnector', {}, cloud), []);
});

test('each side derives its half of Get-IntraOrganizationConfiguration', async () => {
  const here = await one('Get-IntraOrganizationConfiguration');
  assert.deepEqual([here['OnPremiseDiscoveryEndpoint'], here['OnPremiseWebServiceEndpoint'], here['OnlineTargetAddress']], ['https://mail.contoso.test/autodiscover/autodiscover.svc', 'https://mail.contoso.test/EWS/Exchange.asmx', null]);
  for (const DomainName of ['contoso.test', 'contoso.mail.onmicrosoft.test']) await cloud.organization.configuration.create('AcceptedDomain', DomainName, { DomainName });
  const there = await one('Get-IntraOrganizationConfiguration', {}, cloud);
  assert.deepEqual([there['OnPremiseDiscoveryEndpoint'], there['OnlineTargetAddress'], there['OnPremiseTargetAddresses']], [null, 'contoso.mail.onmicrosoft.test', ['contoso.test']]);
});

test('organization relationships', async () => {
  const made = await one('New-OrganizationRelationship', { Name: 'Fourth Coffee', DomainNames: 'mail.fourthcoffee.test', FreeBusyAccessEnabled: true, FreeBusyAccessLevel: 'limiteddetails', TargetApplicationUri: 'mail.fourthcoffee.test' });
  assert.deepEqual([made['FreeBusyAccessLevel'], made['MailTipsAccessLevel'], made['Enabled'], made['DomainNames']], ['LimitedDetails', 'None', true, ['mail.fourthcoffee.test']]);
  await run('Set-OrganizationRelationship', { Identity: 'Fourth Coffee', TargetSharingEpr: 'https://x.test/EWS/Exchange.asmx', DomainNames: { Add: 'b.test' }, Name: 'Coffee' });
  const changed = await one('Get-OrganizationRelationship', { Identity: 'Coffee' });
  assert.deepEqual([changed['TargetSharingEpr'], changed['DomainNames']], ['https://x.test/EWS/Exchange.asmx', ['mail.fourthcoffee.test', 'b.test']]);
  premises.warnings.length = 0;
  await run('Set-OrganizationRelationship', { Identity: 'Coffee', FreeBusyAccessEnabled: true });
  assert.match(premises.warnings.join(), /no settings of 'Coffee' have been modified/);
  await assert.rejects(run('New-OrganizationRelationship', { Name: 'x'.repeat(65), DomainNames: 'x.test' }), { message: /64 characters/ });
  await run('Remove-OrganizationRelationship', { Identity: String(changed['Guid']) });
});

test('address spaces, accepted domains, servers, organisation', async () => {
  await run('Add-AvailabilityAddressSpace', { ForestName: 'notes.contoso.test', AccessMethod: 'InternalProxy', UseServiceAccount: true, ProxyUrl: 'https://mail.contoso.test/ews/exchange.asmx' });
  assert.equal((await one('Get-AvailabilityAddressSpace', { Identity: 'notes.contoso.test' }))['AccessMethod'], 'InternalProxy');
  await run('Remove-AvailabilityAddressSpace', { Identity: 'notes.contoso.test' });
  assert.deepEqual(await run('Get-AvailabilityAddressSpace'), []);
  assert.equal((await one('New-AcceptedDomain', { Name: 'Contoso', DomainName: 'contoso.test' }))['Default'], true);
  assert.equal((await one('New-AcceptedDomain', { Name: 'Cloud', DomainName: 'contoso.mail.onmicrosoft.test' }))['Default'], false);
  assert.equal((await one('Get-AcceptedDomain', { Identity: 'contoso.test' }))['Name'], 'Contoso');
  await run('Remove-AcceptedDomain', { Identity: 'Cloud' });
  assert.equal((await one('Get-ExchangeServer', { Identity: 'mail.contoso.test' }))['InternetWebProxy'], null);
  await run('Set-OrganizationConfig', { OAuth2ClientProfileEnabled: true, EwsAllowList: ['OWA/*'] });
  assert.deepEqual([(await one('Get-OrganizationConfig'))['OAuth2ClientProfileEnabled'], (await one('Get-OrganizationConfig'))['EwsAllowList']], [true, ['OWA/*']]);
});

test('virtual directories show the methods that follow from their switches', async () => {
  const before = await one('Get-WebServicesVirtualDirectory', { Server: 'mail.contoso.test' });
  assert.deepEqual([before['Name'], before['Identity'], before['InternalAuthenticationMethods'], before['MRSProxyEnabled']], ['EWS (Default Web Site)', 'MAIL\\EWS (Default Web Site)', ['Ntlm', 'WindowsIntegrated', 'WSSecurity', 'OAuth'], false]);
  await run('Set-WebServicesVirtualDirectory', { Identity: 'MAIL\\EWS (Default Web Site)', OAuthAuthentication: false, MRSProxyEnabled: true, ExternalUrl: null, Force: true });
  const changed = await one('Get-WebServicesVirtualDirectory');
  assert.deepEqual([changed['ExternalAuthenticationMethods'], changed['MRSProxyEnabled'], changed['ExternalUrl']], [['Ntlm', 'WindowsIntegrated', 'WSSecurity'], true, null]);
  const autodiscover = await one('Get-AutodiscoverVirtualDirectory', { ADPropertiesOnly: true });
  assert.deepEqual(autodiscover['InternalAuthenticationMethods'], ['Basic', 'Ntlm', 'WindowsIntegrated', 'WSSecurity', 'OAuth']);
  await run('Set-AutodiscoverVirtualDirectory', { Identity: 'Autodiscover (Default Web Site)', BasicAuthentication: false });
  assert.equal((await one('Get-AutodiscoverVirtualDirectory'))['BasicAuthentication'], false);
  await assert.rejects(run('Set-AutodiscoverVirtualDirectory', { Identity: 'x', MRSProxyEnabled: true }), { code: 'MANAGEMENT_PARAMETER_UNKNOWN' });
});
