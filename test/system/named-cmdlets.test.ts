import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createConnectors } from '../../src/cli/shell/shell-connections.ts';
import { describeCmdlets, shellCommandNames } from '../../src/management/index.ts';

/** Every cmdlet that the documents behind this project name, and that acts on something which Hybridge has. */
const named = `
  Add-ADPermission Connect-AzureAD Connect-MsolService Format-List Get-AuthConfig Get-AuthServer Get-AutodiscoverVirtualDirectory
  Get-AvailabilityAddressSpace Get-ClientAccessServer Get-ClientAccessService Get-Credential Get-Date Get-DistributionGroupMember
  Get-ExchangeCertificate Get-ExchangeServer Get-FederatedOrganizationIdentifier Get-FederationInformation Get-FederationTrust Get-HybridAgent
  Get-HybridApplication Get-IntraOrganizationConfiguration Get-IntraOrganizationConnector Get-Mailbox Get-MailboxCalendarConfiguration
  Get-MailboxFolderPermission Get-MailboxServer Get-ManagementRoleAssignment Get-MapiVirtualDirectory Get-MigrationEndpoint Get-MsolServicePrincipal
  Get-MsolServicePrincipalCredential Get-OabVirtualDirectory Get-OnPremisesOrganization Get-OrganizationRelationship Get-PartnerApplication
  Get-RemoteMailbox Get-User Get-WebServicesVirtualDirectory Import-Module New-ExchangeCertificate New-HybridApplication Remove-HybridApplication
  Remove-HybridConfiguration Select-Object Set-ADServerSettings Set-AuthConfig Set-AuthServer Set-AutodiscoverVirtualDirectory Set-AzureADUser
  Set-FederationTrust Set-HybridConfiguration Set-IntraOrganizationConnector Set-MapiVirtualDirectory Set-MsolServicePrincipal Set-MsolUser
  Set-MsolUserPassword Set-MsolUserPrincipalName Set-OrganizationConfig Set-OrganizationRelationship Set-PartnerApplication Set-RemoteMailbox
  Set-WebServicesVirtualDirectory Start-ADSyncSyncCycle Test-FederationTrust Test-FederationTrustCertificate Test-HybridConnectivity
  Test-MigrationServerAvailability Test-OAuthConnectivity Test-OrganizationRelationship Update-EmailAddressPolicy Update-HybridApplication
`.split(/\s+/).filter((name) => name !== '');

/** Named as well, and without a counterpart: AD FS, and the wizard's own cmdlet of Exchange 2010, which `hybridge setup` stands for. */
const withoutCounterpart = ['Set-AdfsProperties', 'Update-HybridConfiguration'];
/** Verbs of cmdlets: what else has a hyphen (`Content-Type`, `WS-Federation`) is no cmdlet. */
const verbs = /^(?:Add|Clear|Complete|Connect|Convert\w*|Disable|Disconnect|Enable|Export|Format|Get|Group|Import|Install|Invoke|Measure|Move|New|Out|Remove|Reset|Restart|Resume|Revoke|Select|Set|Sort|Start|Stop|Suspend|Test|Uninstall|Update|Where|Write)-/i;
/** They have a cmdlet's form and are none: a header, and a probe of the agent's installer. */
const noCmdlets = ['Set-Cookie', 'Test-Connectivity'];

function known(): Set<string> {
  const places = ['OnPremises', 'Cloud', 'Tenant', 'Relay', 'Synchronization'] as const;
  const connectors = createConnectors({}, { httpClient: undefined as never, onWarning: () => undefined });
  return new Set([...places.flatMap((place) => describeCmdlets(place).map(({ name }) => name)), ...shellCommandNames(), ...connectors.map(({ name }) => name)]);
}

test('every cmdlet that the documents name exists, under its published name', () => {
  const names = known();
  assert.ok(named.length > 60);
  assert.deepEqual(named.filter((name) => !names.has(name)), []);
});

const shared = join(import.meta.dirname, '../../../shared');

test('the list of named cmdlets is complete', { skip: existsSync(join(shared, 'seeds')) ? false : 'the documents are not here' }, () => {
  const seeds = readdirSync(join(shared, 'seeds')).filter((file) => file.endsWith('.txt'));
  const reference = readFileSync(join(shared, 'reference/exchange-hybrid.md'), 'utf8');
  const texts = [...seeds.map((file) => readFileSync(join(shared, 'seeds', file), 'utf8')), ...reference.split(/^## /m).filter((section) => /^[12467]\./.test(section))];
  const found = new Set(texts.flatMap((text) => [...text.matchAll(/\b[A-Z][A-Za-z]+[-\u2013\u2014][A-Z]\w+/g)].map(([name]) => name.replace(/[\u2013\u2014]/, '-'))));
  const listed = new Set([...named, ...withoutCounterpart, ...noCmdlets].map((name) => name.toLowerCase()));
  assert.deepEqual([...found].filter((name) => verbs.test(name) && !listed.has(name.toLowerCase())), []);
});
