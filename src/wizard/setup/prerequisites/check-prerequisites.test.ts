import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setupChoicesSchema } from '../choices.ts';
import { decideSettings } from '../decide-settings.ts';
import type { Snapshot } from '../snapshot.ts';
import { checkPrerequisites } from './check-prerequisites.ts';
import type { PrerequisiteFacts, PrerequisiteResult } from './prerequisite.ts';

const now = Date.parse('2026-11-21T12:00:00Z');
const days = (count: number): string => new Date(now + count * 86_400_000).toISOString();
const guid = 'a1135426-2740-4196-9c97-10ef5b3b5ea1';
const ews = 'EX1\\EWS (Default Web Site)';

type Rows = Record<string, unknown>[];
type Seen = Record<string, Rows>;

/** Two organisations in which nothing stands in the way, as far as these cmdlets show. */
function sides(): { onPremises: Seen; cloud: Seen; tenant: Seen; relay: Seen } {
  return {
    onPremises: {
      'Get-ExchangeServer': [{ Name: 'EX1', Fqdn: 'ex1.contoso.test', AdminDisplayVersion: 'Version 15.2 (Build 2562.41)' }],
      'Get-OrganizationConfig': [{ Guid: guid, MapiHttpEnabled: true }],
      'Get-AcceptedDomain': [{ DomainName: 'contoso.test' }],
      'Get-AuthConfig': [{ CurrentCertificateThumbprint: 'AA' }],
      'Get-ExchangeCertificate': [{ Thumbprint: 'AA', NotAfter: days(400), HasPrivateKey: true }],
      'Get-WebServicesVirtualDirectory': [{ Identity: ews, ExternalUrl: 'https://mail.contoso.test/EWS/Exchange.asmx', InternalUrl: 'https://ex1.contoso.test/EWS/Exchange.asmx', MRSProxyEnabled: true }],
    },
    cloud: { 'Get-AcceptedDomain': [{ DomainName: 'contoso.test' }, { DomainName: 'contoso.mail.onmicrosoft.test' }] },
    tenant: { 'Get-MgOrganization': [{ Id: '11111111-2222-3333-4444-555555555555', OnPremisesSyncEnabled: true, OnPremisesLastSyncDateTime: days(-0.01) }] },
    relay: { 'Get-HybridAgent': [{ id: '1', machineName: 'AGENT1', status: 'active' }], 'Get-HybridApplication': [] },
  };
}

const mail = { mail: { host: 'mail.contoso.test' } };

/** A store with a certificate for mail, and connectors. */
function mailSide(rows: Seen, certificate: Record<string, unknown> = {}): (seen: ReturnType<typeof sides>) => void {
  return ({ onPremises }) => {
    onPremises['Get-ExchangeCertificate']?.push({ Thumbprint: 'BB', Subject: 'CN=mail.contoso.test', Issuer: 'CN=Some public authority', CertificateDomains: ['mail.contoso.test'], NotAfter: days(300), HasPrivateKey: true, Services: 'IIS, SMTP', ...certificate });
    Object.assign(onPremises, { 'Get-SendConnector': [], 'Get-ReceiveConnector': [{ Name: 'Default Frontend EX1' }] }, rows);
  };
}

interface Given {
  change?: (seen: ReturnType<typeof sides>) => void;
  choices?: Record<string, unknown>;
  probes?: Partial<Pick<PrerequisiteFacts, 'connect' | 'clockOffset'>>;
}

async function check({ change, choices = {}, probes }: Given = {}): Promise<Map<string, PrerequisiteResult>> {
  const seen = sides();
  change?.(seen);
  const side = (name: string, rows: Seen): { name: string; seen: Seen } => ({ name, seen: rows });
  const snapshot: Snapshot = { takenAt: new Date(now).toISOString(), sides: { OnPremises: side('mail', seen.onPremises), Cloud: side('outlook', seen.cloud), Tenant: side('tenant', seen.tenant), Relay: side('relay', seen.relay) } };
  const made = setupChoicesSchema.parse({ topology: 'Classic', freeBusy: 'oauth', ...choices });
  const results = await checkPrerequisites({ snapshot, choices: made, now, settings: decideSettings(snapshot, made, true), connect: async () => undefined, clockOffset: async () => 0, ...probes });
  return new Map(results.map((result) => [result.id, result]));
}

test('where nothing stands in the way every prerequisite is met', async () => {
  const results = await check();
  assert.equal(results.size, 14);
  assert.deepEqual([...results.values()].filter(({ outcome }) => outcome !== 'met'), []);
});

const server = (AdminDisplayVersion: string) => ({ onPremises }: ReturnType<typeof sides>): void => void onPremises['Get-ExchangeServer']?.push({ Name: 'OLD', Fqdn: 'old.contoso.test', AdminDisplayVersion });
const directory = (changes: Record<string, unknown>) => ({ onPremises }: ReturnType<typeof sides>): void => void Object.assign(onPremises['Get-WebServicesVirtualDirectory']?.[0] ?? {}, changes);

const cases: readonly (Given & { why: string; id: string; outcome: string; found: RegExp; remedy: RegExp })[] = [
  { why: 'Exchange 2010 and OAuth alone', id: 'server-versions', change: server('Version 14.3 (Build 123.4)'), outcome: 'failed', found: /Exchange 2010 is still there: OLD/, remedy: /--free-busy dauth or both/ },
  { why: 'Exchange 2010 beside delegation', id: 'server-versions', change: server('Version 14.3 (Build 123.4)'), choices: { freeBusy: 'both', dedicatedApplication: false }, outcome: 'warning', found: /knows no OAuth.*load balancer/, remedy: /server of a later version/ },
  { why: 'Exchange 2007', id: 'server-versions', change: server('Version 8.3 (Build 83.6)'), outcome: 'failed', found: /older than Exchange 2010/, remedy: /upgrade/ },
  { why: 'Exchange 2013 before CU23', id: 'server-versions', change: server('Version 15.0 (Build 1395.4)'), choices: { dedicatedApplication: false }, outcome: 'warning', found: /CU23/, remedy: /explicit local mailbox/ },
  { why: 'too early for the dedicated application', id: 'server-versions', change: server('Version 15.2 (Build 1544.14)'), choices: { dedicatedApplication: true }, outcome: 'failed', found: /OLD: .*does not know the dedicated hybrid application/, remedy: /April 2025/ },
  { why: 'Modern without an agent', id: 'topology', choices: { topology: 'Modern' }, change: ({ relay }) => void (relay['Get-HybridAgent'] = []), outcome: 'failed', found: /No Hybrid Agent is connected/, remedy: /hybridge agent enroll/ },
  { why: 'Modern after Classic', id: 'topology', choices: { topology: 'Modern' }, change: ({ cloud }) => void Object.assign(cloud, { 'Get-IntraOrganizationConnector': [{ Name: `HybridIOC - ${guid}`, Enabled: true, TargetSharingEpr: null }], 'Get-MigrationEndpoint': [{ Identity: 'Hybrid Migration Endpoint - EWS (Default Web Site)' }] }), outcome: 'failed', found: /Classic is set up already.*migration endpoints still exist/, remedy: /remove migration batches and endpoints/ },
  { why: 'Modern after Classic, forced', id: 'topology', choices: { topology: 'Modern', force: true }, change: ({ cloud }) => void (cloud['Get-IntraOrganizationConnector'] = [{ Name: `HybridIOC - ${guid}`, Enabled: true, TargetSharingEpr: null }]), outcome: 'warning', found: /Classic is set up already/, remedy: /Stay with --topology Classic/ },
  { why: 'Classic after Modern', id: 'topology', change: ({ cloud }) => void (cloud['Get-IntraOrganizationConnector'] = [{ Name: `HybridIOC - ${guid}`, Enabled: true, TargetSharingEpr: `https://${guid}.resource.mailboxmigration.his.msappproxy.net/EWS/Exchange.asmx` }]), outcome: 'warning', found: /From Modern to Classic/, remedy: /Publish EWS and Autodiscover first/ },
  { why: 'a namespace that is too long', id: 'domains', choices: { freeBusy: 'dauth' }, change: ({ onPremises, cloud }) => { for (const side of [onPremises, cloud]) side['Get-AcceptedDomain']?.splice(0, 1, { DomainName: 'a-very-long-name-of-a-company.contoso.test' }); }, outcome: 'failed', found: /32 characters/, remedy: /--domains/ },
  { why: 'EWS without an external URL', id: 'host-names', change: directory({ ExternalUrl: null }), outcome: 'failed', found: /no external URL/, remedy: /--topology Modern/ },
  { why: 'a name of the inside', id: 'host-names', change: directory({ ExternalUrl: 'https://ex1.contoso.local/EWS/Exchange.asmx' }), outcome: 'failed', found: /only the inside knows/, remedy: /public name/ },
  { why: 'a relationship of somebody else has the domain', id: 'other-objects', change: ({ cloud }) => void (cloud['Get-OrganizationRelationship'] = [{ Name: 'Old one', DomainNames: ['Contoso.test'] }]), outcome: 'failed', found: /Exchange Online: OrganizationRelationship “Old one” has Contoso\.test/, remedy: /Take the domains out/ },
  { why: 'an Auth certificate that has expired', id: 'auth-certificate', change: ({ onPremises }) => void Object.assign(onPremises['Get-ExchangeCertificate']?.[0] ?? {}, { NotAfter: days(-3) }), outcome: 'warning', found: /expired 3 days ago/, remedy: /iisreset/ },
  { why: 'an Auth certificate that is not there', id: 'auth-certificate', change: ({ onPremises }) => void (onPremises['Get-ExchangeCertificate'] = []), outcome: 'warning', found: /Missing signing certificate/, remedy: /makes one/ },
  { why: 'an Auth certificate without its key', id: 'auth-certificate', change: ({ onPremises }) => void Object.assign(onPremises['Get-ExchangeCertificate']?.[0] ?? {}, { HasPrivateKey: false }), outcome: 'failed', found: /without its key/, remedy: /Import it/ },
  { why: 'the MRS proxy off', id: 'mrs-proxy', change: directory({ MRSProxyEnabled: false }), outcome: 'warning', found: /off: EX1\\EWS/, remedy: /MRSProxyEnabled \$true/ },
  { why: 'no Client Access role', id: 'server-versions', change: ({ onPremises }) => void Object.assign(onPremises['Get-ExchangeServer']?.[0] ?? {}, { IsClientAccessServer: false }), outcome: 'failed', found: /^HCW8008/, remedy: /Install it/ },
  { why: 'address policies of Exchange 2003', id: 'address-policies', change: ({ onPremises }) => void (onPremises['Get-EmailAddressPolicy'] = [{ Name: 'Old', RecipientFilterType: 'Legacy' }]), outcome: 'failed', found: /^HCW8055.*Old/, remedy: /ForceUpgrade/ },
  { why: 'no default Receive connector', id: 'mail-flow', choices: mail, change: mailSide({ 'Get-ReceiveConnector': [{ Name: 'Relay for printers' }] }), outcome: 'failed', found: /^HCW8010/, remedy: /0\.0\.0\.0:25/ },
  { why: 'a Send connector of another run', id: 'mail-flow', choices: mail, change: mailSide({ 'Get-SendConnector': [{ Name: 'Outbound to Office 365 - old', AddressSpaces: [], Enabled: true }] }), outcome: 'failed', found: /^HCW8011.*Outbound to Office 365 - old/, remedy: /Remove-SendConnector/ },
  { why: 'another Send connector has the routing domain', id: 'mail-flow', choices: mail, change: mailSide({ 'Get-SendConnector': [{ Name: 'By hand', AddressSpaces: ['SMTP:contoso.mail.onmicrosoft.test;5'], Enabled: true }] }), outcome: 'failed', found: /^HCW8039.*By hand/, remedy: /AddressSpaces/ },
  { why: 'a certificate that is not for SMTP', id: 'mail-flow', choices: mail, change: mailSide({}, { Services: 'IIS' }), outcome: 'failed', found: /not enabled for SMTP/, remedy: /-Services SMTP/ },
  { why: 'a self-signed certificate', id: 'mail-flow', choices: mail, change: mailSide({}, { IsSelfSigned: true }), outcome: 'warning', found: /self-signed/, remedy: /public authorities/ },
  { why: 'clocks apart', id: 'clocks', probes: { clockOffset: async () => 6 * 60_000 }, outcome: 'failed', found: /360 s ahead/, remedy: /w32tm/ },
  { why: 'outbound HTTPS closed', id: 'outbound', probes: { connect: () => Promise.reject(new Error('ECONNREFUSED')) }, outcome: 'failed', found: /accounts\.accesscontrol\.windows\.net:443: ECONNREFUSED/, remedy: /InternetWebProxy/ },
  { why: 'SSL offloaded', id: 'ssl-offloading', change: directory({ InternalUrl: 'http://ex1.contoso.test/EWS/Exchange.asmx' }), outcome: 'failed', found: /reached by http/, remedy: /2000003/ },
  { why: 'MAPI over HTTP off', id: 'mapi-http', change: ({ onPremises }) => void Object.assign(onPremises['Get-OrganizationConfig']?.[0] ?? {}, { MapiHttpEnabled: false }), outcome: 'warning', found: /^off$/, remedy: /MapiHttpEnabled \$true/ },
  { why: 'directory synchronisation off', id: 'directory-sync', change: ({ tenant }) => void Object.assign(tenant['Get-MgOrganization']?.[0] ?? {}, { OnPremisesSyncEnabled: false }), outcome: 'failed', found: /was on and is off/, remedy: /Update-MgOrganization .*72 hours/ },
  { why: 'directory synchronisation that never ran', id: 'directory-sync', change: ({ tenant }) => void Object.assign(tenant['Get-MgOrganization']?.[0] ?? {}, { OnPremisesSyncEnabled: null }), outcome: 'warning', found: /never ran/, remedy: /Start-ADSyncSyncCycle/ },
  { why: 'directory synchronisation asleep', id: 'directory-sync', change: ({ tenant }) => void Object.assign(tenant['Get-MgOrganization']?.[0] ?? {}, { OnPremisesLastSyncDateTime: days(-1) }), outcome: 'warning', found: /last run 24 hours ago/, remedy: /Start-ADSyncSyncCycle/ },
];

for (const { why, id, outcome, found, remedy, ...given } of cases) {
  test(`${why} is told, with its remedy`, async () => {
    const result = (await check(given)).get(id);
    assert.equal(result?.outcome, outcome, JSON.stringify(result));
    assert.match(result.found, found);
    assert.match(result.remedy ?? '', remedy);
  });
}

test('what nobody can ask is not known, rather than met', async () => {
  const results = await check({
    change({ onPremises, tenant }) {
      onPremises['Get-ExchangeServer'] = [];
      onPremises['Get-WebServicesVirtualDirectory'] = [];
      onPremises['Get-OrganizationConfig'] = [{ Guid: guid }];
      tenant['Get-MgOrganization'] = [{ Id: '11111111-2222-3333-4444-555555555555' }];
    },
    choices: { topology: 'Modern' },
    probes: { clockOffset: async () => undefined },
  });
  for (const id of ['server-versions', 'mrs-proxy', 'clocks', 'ssl-offloading', 'mapi-http', 'directory-sync']) assert.equal(results.get(id)?.outcome, 'unknown', id);
});

test('a domain of another tenant, and a tenant without a routing domain, are refused', async () => {
  await assert.rejects(check({ choices: { domains: ['fabrikam.test'] }, change: ({ onPremises }) => void onPremises['Get-AcceptedDomain']?.push({ DomainName: 'fabrikam.test' }) }), { code: 'WIZARD_DOMAIN', message: /not an accepted domain of the tenant/, remedy: /If another tenant owns it, it must be removed there first/ });
  await assert.rejects(check({ change: ({ cloud }) => void cloud['Get-AcceptedDomain']?.pop() }), { code: 'WIZARD_DOMAIN', message: /mail\.onmicrosoft\.com/ });
});
