import { premisesLookAgain, testOAuthFromPremises } from '../checks.ts';
import type { Failure } from '../failure.ts';

export const dedicatedApplication: Failure = {
  id: 'N1',
  title: '403 from Exchange Online to on-premises servers: the dedicated hybrid application is missing or not used',
  texts: ['The request failed with HTTP status 403: Forbidden', 'The remote server returned an error: (403) Forbidden. Test-OAuthConnectivity'],
  marks: ['returned an error: (403)', 'status 403: Forbidden'],
  isGeneral: true,
  directions: ['on-premises → cloud'],
  authentication: ['OAuth'],
  underneath: 'Since 31 October 2025 Exchange Online refuses EWS calls that on-premises servers make with the shared Exchange principal. Each organisation needs an application of its own, and its servers must be told to use it. Only lookups toward the cloud are affected.',
  causes: [
    {
      id: 'n1-override-missing',
      title: 'The application exists, and servers still call with the shared principal',
      why: 'The wizard makes the application and never the setting override that makes servers use it.',
      proof: [{ on: 'on-premises', run: 'Get-SettingOverride | Format-List Name, ComponentName, SectionName, Parameters', expect: 'None with ExchangeOnpremAsThirdPartyAppId and Enabled=true' }],
      repair: [
        { on: 'on-premises', run: 'New-SettingOverride -Name "EnableExchangeHybrid3PAppFeature" -Component "Global" -Section "ExchangeOnpremAsThirdPartyAppId" -Parameters @("Enabled=true") -Reason "Dedicated hybrid application"' },
        { on: 'on-premises', run: 'Get-ExchangeDiagnosticInfo -Process Microsoft.Exchange.Directory.TopologyService -Component VariantConfiguration -Argument Refresh' },
      ],
      risk: 'Servers need a build of April 2025 or later. It takes up to an hour without the refresh.',
    },
    {
      id: 'n1-application-id',
      title: 'The AuthServer has no ApplicationIdentifier, or a wrong one',
      why: 'Servers take the application’s id from EvoSts.',
      proof: [{ on: 'on-premises', run: 'Get-AuthServer | Where-Object { $_.Type -eq "AzureAD" } | Format-List Name, ApplicationIdentifier, DomainName', expect: 'Empty, or not the application of the tenant' }],
      repair: [{ on: 'on-premises', run: 'Set-AuthServer -Identity "<evosts>" -ApplicationIdentifier <application id>' }],
      risk: 'None.',
    },
    {
      id: 'n1-consent',
      title: 'The application has no consent, or not the certificate',
      why: 'full_access_as_app needs an administrator’s consent; the Auth certificate must be among its keys.',
      clues: ['AADSTS65001', 'AADSTS700027'],
      proof: [{ on: 'tenant', act: 'Entra admin center, App registrations, ExchangeServerApp-…: API permissions and Certificates.' }],
      repair: [{ on: 'tenant', act: 'Grant admin consent and upload the certificate, or run ConfigureExchangeHybridApplication.ps1 -FullyConfigureExchangeHybridApplication.' }],
      risk: 'The application may then read mailboxes as the servers do.',
    },
    {
      id: 'n1-ews-allow-list',
      title: 'Exchange Online’s EWS allow list does not have the application',
      why: 'Where EwsAllowedAppIDs is set, applications outside of it are refused while EWS is phased out.',
      proof: [{ on: 'cloud', run: 'Get-OrganizationConfig | Format-List EwsEnabled, EwsAllowedAppIDs', expect: 'A list without the application' }],
      repair: [{ on: 'cloud', run: 'Set-OrganizationConfig -EwsAllowedAppIDs @{add="<application id>"}' }],
      risk: 'None for others.',
    },
  ],
  check: [testOAuthFromPremises, ...premisesLookAgain],
  prevention: 'Set the dedicated application up before you renew the Auth certificate the next time.',
  references: [{ title: 'Microsoft Learn, “Deploy dedicated Exchange hybrid app”' }],
};
