import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectCertificates } from '../../src/cli/commands/certificates/certificate-connections.ts';
import { createConnectors, initialConnections } from '../../src/cli/shell/shell-connections.ts';
import { systemClock } from '../../src/foundation/index.ts';
import { createShell } from '../../src/management/index.ts';
import type { Shell } from '../../src/management/index.ts';
import type { LabFixture } from './lab-fixture.ts';
import { startLabFixture } from './lab-fixture.ts';

/**
 * Every command line of the five documents that this project began with, as printed. What publishing broke (a lost pipe
 * or hyphen, `\$`, a zero for an O) is mended; what stands between < and > is filled in from the lab, as are the
 * documents' own example names where they must exist. `shown` is part of what must come out; `error` the code of the
 * refusal, for what has no counterpart here; `answers` is what somebody would type.
 */
interface PrintedLine {
  line: string;
  shown?: RegExp;
  error?: string;
  answers?: readonly string[];
}

let fixture: LabFixture;
let shell: Shell;
let close: () => Promise<void>;
let lines: string[] = [];
let answers: string[] = [];
const onPremises = 'bert@contoso.test';
const cloud = 'anna@contoso.test';
const guid = (): string => new URL(fixture.info.parties.relay.urls['endpoint'] ?? '').hostname.split('.')[0] ?? '';

before(async () => {
  fixture = await startLabFixture({ freeBusy: 'both' });
  const put = (text: string): void => void lines.push(text);
  const surroundings = { env: {}, stdout: { write: (text: string) => lines.push(text), isTTY: false }, stderr: { write: () => true, isTTY: false }, once: () => undefined } as unknown as Parameters<typeof connectCertificates>[1];
  const connected = connectCertificates({ tls: [], state: fixture.directory }, surroundings, (message) => put(`WARNING: ${message}`));
  ({ close } = connected);
  const { sessions } = connected.sources;
  const { directorySync } = connected;
  shell = createShell({
    connections: await initialConnections({ ...sessions, ...(directorySync === undefined ? {} : { Synchronization: directorySync }) }),
    connectors: createConnectors(sessions, { httpClient: fixture.httpClient, onWarning: put }),
    host: {
      width: 120,
      clock: systemClock,
      interactive: true,
      write: put,
      page: async (texts) => texts.forEach(put),
      writeHost: put,
      writeError: (texts) => texts.forEach(put),
      writeWarning: (text) => put(`WARNING: ${text}`),
      writeVerbose: (text) => put(`VERBOSE: ${text}`),
      ask: async () => answers.shift(),
      readFile: () => Promise.reject(new Error('no files here')),
      writeFile: () => Promise.reject(new Error('no files here')),
      pathType: async () => undefined,
      environment: () => undefined,
      signal: new AbortController().signal,
    },
  });
}, { timeout: 600_000 });
after(async () => {
  await close();
  await fixture.close();
});

async function run({ line, shown, error, answers: typed = [] }: PrintedLine): Promise<void> {
  const errorsBefore = shell.errorCount;
  lines = [];
  answers = [...typed];
  await shell.run(line);
  const screen = lines.join('\n');
  assert.equal(shell.errorCount > errorsBefore, error !== undefined, `${line}\n${screen}`);
  if (error !== undefined) assert.match(screen, new RegExp(`FullyQualifiedErrorId : ${error}`), line);
  if (shown !== undefined) assert.match(screen, shown, line);
}

function printed(title: string, list: () => readonly PrintedLine[]): void {
  test(title, { timeout: 600_000 }, async (t) => {
    for (const entry of list()) await t.test(entry.line, () => run(entry));
  });
}

const administrator = (): string[] => {
  const account = fixture.info.accounts.find(({ kind, side }) => kind === 'administrator' && side === 'on-premises');
  return [account?.userName ?? '', account?.password ?? ''];
};

printed('given: what the documents take to be there', () => [
  { line: 'New-AuthServer -Name EvoSts -Type AzureAD -AuthMetadataUrl ((Get-AuthServer EvoSts*).AuthMetadataUrl) | Out-Null' },
  { line: 'New-DistributionGroup -Name "Room1 list A" -RoomList -Members room1@contoso.test | Out-Null' },
  { line: '$domain = (Get-ADPermission (Get-ExchangeServer).Name | select -First 1).User.Split("\\\\")[0]; $server = (Get-ExchangeServer).Name', shown: /^$/ },
]);

printed('the agent that fails to validate', () => [
  { line: 'Get-WebServicesVirtualDirectory | fl InternalUrl, ExternalURL', shown: /ExternalUrl\s+: https:\/\/mail/ },
  { line: 'Get-ClientAccessServer | Add-AdPermission -AccessRights ExtendedRight -ExtendedRights "ms-exch-epi-token-serialization" -User "$domain\\Exchange Servers"', shown: /will be removed in a future version/ },
  { line: 'Get-ClientAccessServer | Add-ADPermission -AccessRights ExtendedRight -ExtendedRights "ms-Exch-EPI-Impersonation" -User "$domain\\Exchange Servers"' },
  { line: 'Get-MailboxServer | Add-AdPermission -AccessRights ExtendedRight -ExtendedRights "ms-exch-epi-token-serialization" -User "$domain\\Exchange Servers"' },
  { line: 'Get-MailboxServer | Add-AdPermission -AccessRights ExtendedRight -ExtendedRights "ms-Exch-EPI-Impersonation" -User “$domain\\Exchange Servers”' },
  { line: 'Get-ClientAccessServer | Add-AdPermission -AccessRights ExtendedRight -ExtendedRights “ms-exch-epi-token-serialization” -Administrator “ramlan\\ex2019”', error: 'SHELL_PARAMETER' },
  { line: 'iisreset', shown: /successfully restarted/ },
]);

printed('the hybrid agent', () => [
  { line: 'Import-Module .\\HybridManagement.psm1' },
  { line: 'Set-WebServicesVirtualDirectory -Identity "EWS (Default Web Site)" -MRSProxyEnabled $true' },
  { line: 'Get-ExchangeServer | Format-List InternetWebProxy', shown: /InternetWebProxy :/ },
  { line: 'Get-HybridAgent -Credential (Get-Credential)', answers: administrator(), shown: /active/i },
  { line: `Update-HybridApplication -targetUri "https://mail.contoso.test" -appId ${guid()} -Credential (Get-Credential)`, answers: administrator(), shown: /mail\.contoso\.test/ },
  { line: 'Connect-ExchangeOnline' },
  { line: 'Get-OnPremisesOrganization | Remove-OnPremisesOrganization -Confirm:$false' },
  { line: 'New-OnPremisesOrganization -Name Contoso -HybridDomains contoso.test -OrganizationGuid 11111111-2222-3333-4444-555555555555 -InboundConnector In -OutboundConnector Out -OrganizationRelationship (Get-OrganizationRelationship O365*).Name | Out-Null' },
  { line: 'Get-OrganizationRelationship ((Get-OnPremisesOrganization).OrganizationRelationship) | Select-Object TargetSharingEpr', shown: /TargetSharingEpr\s*\n-+/ },
  { line: 'Get-OrganizationRelationship | Format-List Name,TargetSharingEpr', shown: /Name\s+: O365 to On-premises/ },
  { line: `Test-MigrationServerAvailability -ExchangeRemoteMove:$true -RemoteServer '${guid()}.relay.test' -Credentials (Get-Credential)`, answers: administrator(), shown: /Result\s+: / },
  { line: `New-MigrationEndpoint -Name "Hybrid Migration Endpoint - EWS (Default Web Site)" -ExchangeRemoteMove -RemoteServer ${guid()}.relay.test -Credentials (Get-Credential) -SkipVerification | Out-Null`, answers: administrator() },
  { line: 'Get-MigrationEndpoint | Format-List Identity,RemoteServer', shown: /Identity\s+: Hybrid Migration Endpoint - EWS \(Default Web Site\)\nRemoteServer : / },
  { line: 'Get-MigrationEndpoint "Hybrid Migration Endpoint - EWS (Default Web Site)" | Select-Object RemoteServer', shown: /RemoteServer\s*\n-+/ },
  { line: 'Test-MigrationServerAvailability -RemoteServer mail.contoso.test -ExchangeRemoteMove -Credentials (get-credential)', answers: administrator(), shown: /Result\s+: Success/ },
]);

printed('free/busy errors: from the cloud', () => [
  { line: `Test-OAuthConnectivity -Service EWS -TargetUri https://mail.contoso.test/ews/Exchange.asmx -Mailbox ${cloud}`, shown: /ResultType/ },
  { line: `Test-OAuthConnectivity -Service EWS -TargetUri https://mail.contoso.test/ews/exchange.asmx -Mailbox ${cloud} -Verbose | fl`, shown: /ResultType\s+: Success/ },
  { line: `Test-OAuthConnectivity -Service AutoD -TargetUri https://mail.contoso.test/autodiscover/autodiscover.svc -Mailbox ${cloud} -Verbose | fl`, shown: /ResultType\s+: Success/ },
  { line: 'Get-FederationTrust | FL' },
  { line: 'Get-AvailabilityAddressSpace | FL' },
  { line: 'Get-IntraOrganizationConnector | fl TargetAddressDomains', shown: /TargetAddressDomains : \{/ },
  { line: '(Get-IntraOrganizationConfiguration).OnPremiseTargetAddresses', shown: /contoso\.test/ },
  { line: 'Get-IntraOrganizationConnector | FL Identity, TargetSharingEpr, DiscoveryEndpoint', shown: /DiscoveryEndpoint : https/ },
  { line: 'Get-OrganizationRelationship | FL Identity, TargetSharingEpr, TargetAutodiscoverEpr', shown: /TargetAutodiscoverEpr/ },
  { line: 'Get-OrganizationRelationship "O365 to On-premises*" | fl DomainNames', shown: /DomainNames : \{contoso\.test\}/ },
  { line: 'Set-IntraOrganizationConnector "HybridIOC*" -TargetAddressDomains @{add="contoso.RO"}' },
  { line: 'Set-OrganizationRelationship "O365 to On-premises*" -TargetSharingEpr https://mail.contoso.test/EWS/Exchange.asmx' },
  { line: 'Set-IntraOrganizationConnector HybridIOC* -DiscoveryEndpoint "https://autodiscover.contoso.test/autodiscover/autodiscover.svc"' },
  { line: 'Set-OrganizationRelationship O365* -TargetAutodiscoverEpr "https://autodiscover.contoso.test/autodiscover/autodiscover.svc/WSSecurity"' },
  { line: 'Set-IntraOrganizationConnector HybridIOC* -TargetSharingEpr https://mail.contoso.test/EWS/Exchange.asmx' },
  { line: `Test-OrganizationRelationship -Identity "O365 to On-premises*" -UserIdentity ${cloud}` },
  { line: `Test-OrganizationRelationship -Identity "O365 to on-premises*" -UserIdentity ${cloud} -Verbose` },
  { line: `Get-mailbox ${cloud} | FT userprincipalname, immutableID`, shown: /UserPrincipalName\s+ImmutableId/ },
  { line: `Set-mailbox ${cloud} -immutableID $NULL` },
  { line: 'Get-Mailbox anna | FL immutableID', shown: /ImmutableId :/ },
  { line: 'Get-FederationInformation -DomainName "contoso.test"', shown: /TargetApplicationUri/ },
  { line: 'Get-IntraOrganizationConnector | Set-IntraOrganizationConnector -Enabled $true' },
  { line: `Test-OAuthConnectivity -Service EWS -TargetUri https://mail.contoso.test/metadata/json/1 -Mailbox ${cloud} -Verbose | Format-List`, shown: /ResultType/ },
]);

printed('free/busy errors: on premises', () => [
  { line: 'Connect-ExchangeServer -auto' },
  { line: 'Get-FederationTrust | Set-FederationTrust -RefreshMetadata' },
  { line: 'Get-AutodiscoverVirtualDirectory; Get-WebServicesVirtualDirectory', shown: /Default Web Site/ },
  { line: 'IISreset /noforce', shown: /successfully restarted/ },
  { line: 'Test-FederationTrustCertificate' },
  { line: 'Get-FederatedOrganizationIdentifier -IncludeExtendedDomainInfo | FL', shown: /AccountNamespace/ },
  { line: '(Get-FederatedOrganizationIdentifier).Domains', shown: /contoso\.test/ },
  { line: 'Set-WebServicesVirtualDirectory "$server\\ews (Exchange Back End)" -OAuthAuthentication:$False', error: 'MANAGEMENT_OBJECT_NOT_FOUND' },
  { line: 'Set-WebServicesVirtualDirectory "$server\\ews (Default Web Site)" -OAuthAuthentication:$False' },
  { line: 'Set-WebServicesVirtualDirectory "$server\\ews (Default Web Site)" -OAuthAuthentication:$True' },
  { line: 'Set-AutodiscoverVirtualDirectory "$server\\Autodiscover (Default Web Site)" -OAuthAuthentication:$False' },
  { line: 'Set-AutodiscoverVirtualDirectory "$server\\Autodiscover (Default Web Site)" -OAuthAuthentication:$True' },
  { line: `Get-MailboxFolderPermission ${onPremises}:\\calendar`, shown: /Default/ },
  { line: 'Get-FederationTrust | FL', shown: /TokenIssuerUri/ },
  { line: '(Get-AuthConfig).CurrentCertificateThumbprint', shown: /^[0-9A-F]{40}$/m },
  { line: 'Get-ExchangeCertificate -Thumbprint (Get-AuthConfig).CurrentCertificateThumbprint | fl', shown: /NotAfter/ },
  { line: '$new = New-ExchangeCertificate -KeySize 2048 -PrivateKeyExportable $true -SubjectName "CN=Microsoft Exchange Server Auth Certificate" -FriendlyName "Microsoft Exchange Server Auth Certificate" -DomainName contoso.test -Services smtp', answers: ['n'] },
  { line: '$a=get-date' },
  { line: '$old = (Get-AuthConfig).CurrentCertificateThumbprint; Set-AuthConfig -NewCertificateThumbprint $new.Thumbprint -NewCertificateEffectiveDate $a', answers: ['y'] },
  { line: 'Set-AuthConfig -PublishCertificate' },
  { line: 'Set-AuthConfig -NewCertificateThumbprint $old -NewCertificateEffectiveDate (Get-Date)', answers: ['y'] },
  { line: 'Set-AuthConfig -PublishCertificate' },
  { line: 'Set-AuthConfig -ClearPreviousCertificate', answers: ['y'] },
  { line: '(Get-PartnerApplication).LinkedAccount', shown: /Exchange Online-ApplicationAccount/ },
  { line: 'Get-ManagementRoleAssignment -RoleAssignee "Exchange Online-ApplicationAccount" | ft Name,Role -AutoSize', shown: /UserApplication/ },
  { line: 'Set-ADServerSettings -ViewEntireForest $true' },
  { line: 'Get-User "Exchange Online-ApplicationAccount"', shown: /Exchange Online-ApplicationAccount/ },
  { line: 'Set-PartnerApplication "Exchange Online" -LinkedAccount "contoso.test/Users/Exchange Online-ApplicationAccount"' },
  { line: 'Get-RemoteMailbox anna | FT userprincipalname, immutableID', shown: /UserPrincipalName\s+ImmutableId/ },
  { line: `Set-RemoteMailbox anna -ImmutableID ${cloud}` },
  { line: 'Set-RemoteMailbox anna -ImmutableID $null' },
  { line: 'get-remotemailbox anna | FL immutableID', shown: /ImmutableId :/ },
  { line: 'Import-Module ADSync' },
  { line: 'Start-ADSyncSyncCycle -PolicyType Delta', shown: /^Success/m },
  { line: `Test-FederationTrust -UserIdentity ${onPremises} -Verbose`, shown: /Success/ },
  { line: `Test-FederationTrust -UserIdentity ${onPremises} -verbose -debug`, shown: /Success/ },
  { line: `Test-OrganizationRelationship -Identity "On-premises to O365*" -UserIdentity ${onPremises} -Verbose` },
  { line: 'Get-DistributionGroupMember -Identity "Room1 list A" | Get-MailboxCalendarConfiguration | FL', shown: /WorkingHoursStartTime/ },
  { line: 'Set-AuthServer ACS* -RefreshAuthMetadata' },
  { line: 'Get-AuthServer | fl Name, IssuerIdentifier, TokenIssuingEndpoint, AuthMetadataUrl, Enabled', shown: /TokenIssuingEndpoint : https/ },
  { line: 'Get-AuthConfig | fl', shown: /CurrentCertificateThumbprint/ },
  { line: `Test-OAuthConnectivity -Service EWS -TargetUri https://outlook.cloud.test/ews/exchange.asmx -Mailbox ${onPremises} -Verbose | fl`, shown: /ResultType\s+: Success/ },
  { line: 'C:\\Tools\\pstools\\PsExec.exe -i -s "c:\\Program Files\\Internet Explorer\\iexplore.exe"', error: 'SHELL_COMMAND_NOT_FOUND' },
]);

printed('free/busy errors: the tenant’s directory', () => [
  { line: 'Connect-AzureAD' },
  { line: 'Set-AzureADUser -ObjectID chen@contoso.test -UserPrincipalName chen@contoso.onmicrosoft.test' },
  { line: 'Set-AzureADUser -ObjectID chen@contoso.onmicrosoft.test -UserPrincipalName chen@contoso.test' },
  { line: 'Set-AzureADUser -ObjectId chen@contoso.test -PasswordPolicies DisablePasswordExpiration' },
  { line: 'Connect-MSOLService' },
  { line: 'Set-MsolUserPrincipalName -UserPrincipalName chen@contoso.test -NewUserPrincipalName chen@contoso.onmicrosoft.test' },
  { line: 'Set-MsolUserPrincipalName -UserPrincipalName chen@contoso.onmicrosoft.test -NewUserPrincipalName chen@contoso.test' },
  { line: 'Set-MsolUser -UserPrincipalName chen@contoso.test -PasswordNeverExpires $true' },
  { line: 'Set-MsolUserPassword -UserPrincipalName chen@contoso.test -ForceChangePassword $false', shown: /^\S{12,}$/m },
  { line: 'Get-MsolServicePrincipalCredential -ServicePrincipalName "00000002-0000-0ff1-ce00-000000000000" -ReturnKeyValues $true', shown: /StartDate/ },
]);

const exchangePrincipal = '"appId eq \'00000002-0000-0ff1-ce00-000000000000\'"';
const graphKeys = '@((Get-MgServicePrincipal -ServicePrincipalId $principal.Id -Property KeyCredentials).KeyCredentials)';

// What repairs and renewals print: MSOnline, which the documents use, is retired.
printed('the tenant’s directory by Microsoft Graph', () => [
  { line: 'Connect-MgGraph -NoWelcome' },
  { line: 'Update-MgUser -UserId chen@contoso.test -UserPrincipalName chen@contoso.onmicrosoft.test' },
  { line: 'Update-MgUser -UserId chen@contoso.onmicrosoft.test -UserPrincipalName chen@contoso.test' },
  { line: 'Update-MgUser -UserId chen@contoso.test -PasswordPolicies DisablePasswordExpiration' },
  { line: 'Update-MgUser -UserId chen@contoso.test -PasswordProfile @{Password="Correct-horse-7"; ForceChangePasswordNextSignIn=$false}' },
  { line: 'Get-MgUser -UserId chen@contoso.test -Property LastPasswordChangeDateTime, SignInSessionsValidFromDateTime | Format-List LastPasswordChangeDateTime, SignInSessionsValidFromDateTime', shown: /LastPasswordChangeDateTime\s+: \d/ },
  { line: "Get-MgDomain | Where-Object { $_.AuthenticationType -eq 'Federated' }" },
  { line: '(Get-MgDomain | Where-Object { $_.IsInitial }).Id', shown: /^contoso\.onmicrosoft\.test$/m },
  { line: `$x = Get-MgServicePrincipal -Filter ${exchangePrincipal}; $x.ServicePrincipalNames += "https://mail.more.contoso.test"; Update-MgServicePrincipal -ServicePrincipalId $x.Id -ServicePrincipalNames $x.ServicePrincipalNames` },
  { line: `Get-MgServicePrincipal -Filter ${exchangePrincipal} | Select-Object -ExpandProperty ServicePrincipalNames`, shown: /^https:\/\/mail\.more\.contoso\.test$/m },
  { line: `$principal = Get-MgServicePrincipal -Filter ${exchangePrincipal} -Property Id, KeyCredentials; $before = $principal.KeyCredentials.Count` },
  { line: '$made = New-ExchangeCertificate -SubjectName "CN=Another" -PrivateKeyExportable $true; $value = [Convert]::ToBase64String((Export-ExchangeCertificate -Thumbprint $made.Thumbprint -BinaryEncoded).FileData)' },
  { line: "Update-MgServicePrincipal -ServicePrincipalId $principal.Id -KeyCredentials ($principal.KeyCredentials + @{Type='AsymmetricX509Cert'; Usage='Verify'; Key=[Convert]::FromBase64String($value)})" },
  { line: `${graphKeys}.Count - $before`, shown: /^1$/m },
  { line: `$added = ${graphKeys} | Where-Object { $_.CustomKeyIdentifier -eq $made.Thumbprint }; Update-MgServicePrincipal -ServicePrincipalId $principal.Id -KeyCredentials @(${graphKeys} | Where-Object { $_.KeyId -notin $added.KeyId })` },
  { line: `${graphKeys}.Count - $before`, shown: /^0$/m },
  { line: `Update-MgServicePrincipal -ServicePrincipalId $principal.Id -KeyCredentials (${graphKeys} + @{Type='AsymmetricX509Cert'; Usage='Verify'; Key=(Export-ExchangeCertificate -Thumbprint $made.Thumbprint -BinaryEncoded).FileData})` },
  { line: `${graphKeys}.Count - $before`, shown: /^1$/m },
]);

printed('hybrid modern authentication', () => [
  { line: 'Get-MapiVirtualDirectory | FL server,*url*', shown: /InternalUrl : https/ },
  { line: 'Get-WebServicesVirtualDirectory | FL server,*url*', shown: /InternalUrl\s+: https/ },
  { line: 'Get-OABVirtualDirectory | FL server,*url*', shown: /InternalUrl : https/ },
  { line: 'Get-MsolServicePrincipal -AppPrincipalId 00000002-0000-0ff1-ce00-000000000000 | select -ExpandProperty ServicePrincipalNames', shown: /^https:\/\/mail\.contoso\.test$/m },
  { line: '[PS] C:\\WINDOWS\\system32> Get-MsolServicePrincipal -AppPrincipalId 00000002-0000-0ff1-ce00-000000000000 | select -ExpandProperty ServicePrincipalNames', shown: /^https:\/\/mail\.contoso\.test$/m },
  { line: '$x= Get-MsolServicePrincipal -AppPrincipalId 00000002-0000-0ff1-ce00-000000000000' },
  { line: '$x.ServicePrincipalnames.Add("https://mail.corp.contoso.test/")' },
  { line: 'Set-MSOLServicePrincipal -AppPrincipalId 00000002-0000-0ff1-ce00-000000000000 -ServicePrincipalNames $x.ServicePrincipalNames' },
  { line: 'Get-AuthServer | where {$_.Name -eq "EvoSts"}', shown: /EvoSts/ },
  { line: 'Get-MapiVirtualDirectory | FL server,*url*,*auth*', shown: /IISAuthenticationMethods\s+: \{Ntlm, OAuth, Negotiate\}/ },
  { line: 'Get-WebServicesVirtualDirectory | FL server,*url*,*oauth*', shown: /OAuthAuthentication\s+: True/ },
  { line: 'Get-OABVirtualDirectory | FL server,*url*,*oauth*', shown: /OAuthAuthentication : True/ },
  { line: 'Get-AutoDiscoverVirtualDirectory | FL server,*oauth*', shown: /OAuthAuthentication : True/ },
  { line: 'Get-MapiVirtualDirectory | Set-MapiVirtualDirectory -IISAuthenticationMethods Ntlm, OAuth, Negotiate' },
  { line: 'Set-AuthServer EvoSTS -IsDefaultAuthorizationEndpoint $true' },
  { line: 'Set-OrganizationConfig -OAuth2ClientProfileEnabled $True' },
  { line: 'Set-AdfsProperties -extendedprotectiontokencheck none', error: 'SHELL_COMMAND_NOT_FOUND' },
]);

printed('OAuth by hand (HCW8064)', () => [
  { line: 'Get-IntraOrganizationConnector | fl', shown: /Enabled\s+: True/ },
  { line: 'Get-OrganizationRelationship | fl', shown: /FreeBusyAccessEnabled/ },
  { line: `Test-OAuthConnectivity -Service EWS -TargetUri https://outlook.cloud.test/ews/exchange.asmx -Mailbox ${onPremises} -Verbose | Format-List`, shown: /ResultType\s+: Success/ },
  { line: 'Test-HybridConnectivity -TestO365Endpoints', shown: /Testing connection to/ },
]);
