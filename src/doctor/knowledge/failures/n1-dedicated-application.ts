import { premisesLookAgain, testOAuthFromPremises } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { deployHybridApp, hybridAppScript } from '../references.ts';

export const dedicatedApplication: Failure = {
  id: 'N1',
  title: '403 from Exchange Online to on-premises servers: the dedicated hybrid application is missing or not used',
  message: 'Test-OAuthConnectivity: Checking EWS API Call Under Oauth … The configuration was last successfully loaded at 01-01-0001 00:00:00 UTC. … System.Net.WebException: The remote server returned an error: (403) Forbidden.',
  texts: ['The request failed with HTTP status 403: Forbidden', 'The remote server returned an error: (403) Forbidden. Test-OAuthConnectivity'],
  // “Fehler bei der Anforderung mit HTTP-Status …” and “La demande a échoué avec l’état HTTP …” stand so in Microsoft’s translated documents (WSUS, message 6703); unverified in .NET itself.
  translations: ['Der Remoteserver hat einen Fehler zurückgegeben: (403) Unzulässig.', 'Le serveur distant a retourné une erreur : (403) Interdit.', 'Error en el servidor remoto: (403) Prohibido.', 'Fehler bei der Anforderung mit HTTP-Status 403', 'La demande a échoué avec l’état HTTP 403'],
  marks: ['returned an error: (403)', 'status 403: Forbidden'],
  isGeneral: true,
  directions: ['on-premises → cloud'],
  authentication: ['OAuth'],
  underneath: 'Since 31 October 2025 Exchange Online refuses the EWS calls that on-premises servers make as the shared application “Office 365 Exchange Online”. Each organisation needs an application of its own in Entra, and its servers must be told to use it. Only what servers ask of the cloud is affected: free/busy, MailTips and photos of people in Exchange Online. The other direction goes on working.',
  causes: [
    {
      id: 'n1-override-missing',
      title: 'The application exists, and servers still call as the shared one',
      why: 'The wizard makes the application and not the setting override that makes servers use it; it looks finished and is not.',
      proof: [{ on: 'on-premises', run: 'Get-SettingOverride | Format-List Name, ComponentName, SectionName, Parameters', expect: 'None with ExchangeOnpremAsThirdPartyAppId and Enabled=true' }],
      repair: [
        { on: 'on-premises', run: 'New-SettingOverride -Name "EnableExchangeHybrid3PAppFeature" -Component "Global" -Section "ExchangeOnpremAsThirdPartyAppId" -Parameters @("Enabled=true") -Reason "Dedicated hybrid application"' },
        { on: 'on-premises', run: 'Get-ExchangeDiagnosticInfo -Process Microsoft.Exchange.Directory.TopologyService -Component VariantConfiguration -Argument Refresh' },
      ],
      risk: 'Set it only once the application, its consent and the AuthServer are in place: all servers switch over. They need at least Exchange 2016 CU23 15.1.2507.55, 2019 CU14 15.2.1544.25, CU15 15.2.1748.24 or SE. Without the refresh it takes up to an hour. Undo: Remove-SettingOverride.',
    },
    {
      id: 'n1-application-id',
      title: 'The AuthServer has no ApplicationIdentifier, or a wrong one',
      why: 'Servers take the application’s id, and the tenant’s domain, from the AuthServer of type AzureAD (EvoSts).',
      proof: [{ on: 'on-premises', run: 'Get-AuthServer | Where-Object { $_.Type -eq "AzureAD" } | Format-List Name, ApplicationIdentifier, DomainName', expect: 'Empty, or not the application of the tenant' }],
      repair: [{ on: 'on-premises', run: 'Set-AuthServer -Identity "<evosts>" -ApplicationIdentifier <application id>' }],
      risk: 'None.',
    },
    {
      id: 'n1-consent',
      title: 'The application has no consent, or not the certificate',
      why: 'The permission full_access_as_app needs an administrator’s consent, and the Auth certificate must be among the application’s keys; after every renewal too.',
      clues: ['AADSTS65001', 'AADSTS700027'],
      proof: [{ on: 'tenant', act: 'Entra admin center, App registrations, ExchangeServerApp-…: API permissions (granted for the tenant?) and Certificates & secrets (the thumbprint of Get-AuthConfig?).' }],
      repair: [{ on: 'tenant', act: 'Grant admin consent and upload the certificate there, or run Microsoft’s ConfigureExchangeHybridApplication.ps1 -FullyConfigureExchangeHybridApplication on an Exchange server, which does all steps of this page.' }],
      risk: 'The application may then read mailboxes as the servers do.',
    },
    {
      id: 'n1-ews-allow-list',
      title: 'Exchange Online’s EWS allow list does not have the application',
      why: 'While EwsEnabled is True, only applications that EwsAllowedAppIDs names may use EWS; while it is empty, the list has no effect. Microsoft switches EWS off in Exchange Online step by step from October 2026 until 1 April 2027.',
      proof: [{ on: 'cloud', run: 'Get-OrganizationConfig | Format-List EwsEnabled, EwsAllowedAppIDs', expect: 'EwsEnabled: True, and a list without the application' }],
      repair: [{ on: 'cloud', run: 'Set-OrganizationConfig -EwsAllowedAppIDs @{add="<application id>"}' }],
      risk: 'None for others. If your module takes no add, write the whole list: what is left out is refused. From April 2027 only the Graph way of Exchange Server SE (hotfix of May 2026 or later) is left.',
    },
  ],
  check: [testOAuthFromPremises, ...premisesLookAgain],
  prevention: 'Whenever the Auth certificate is renewed, give it to the application as well (the script above with -UpdateCertificate, or the wizard), and keep servers at a supported build.',
  references: [deployHybridApp, hybridAppScript],
};
