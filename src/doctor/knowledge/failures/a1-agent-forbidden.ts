import type { Failure } from '../failure.ts';
import { hybridAgent, hybridAgentTroubleshooting } from '../references.ts';

export const agentForbidden: Failure = {
  id: 'A1',
  title: "The Hybrid Agent fails validation: 403, client authentication scheme 'Negotiate'; event 3002",
  texts: [
    "The HTTP request was forbidden with client authentication scheme 'Negotiate'",
    'EWS/mrsproxy.svc failed. Error details: The HTTP request was forbidden',
    "Rehydration failed. Reason: Source server '…' does not have token serialization permission.",
    'Microsoft.Exchange.Security.Authentication.BackendRehydrationException',
  ],
  marks: ['forbidden with client authentication scheme', "his.msappproxy.net' could not be completed", 'BackendRehydrationException', 'MRS proxy service is disabled', 'does not have token serialization permission'],
  directions: ['set-up', 'cloud → on-premises'],
  authentication: ['Windows'],
  underneath: 'The agent is installed, registered and connected. The wizard then calls /EWS/mrsproxy.svc through it and signs in by Windows authentication. The front end accepts that and must hand the identity to the back end; the back end refuses to take it, or MRSProxy refuses to serve.',
  causes: [
    {
      id: 'a1-serialization-right',
      title: 'The group “Exchange Servers” has lost the rights to hand identities on',
      why: 'Front end and back end are two sites; the right ms-Exch-EPI-Token-Serialization lets one speak for the user to the other. A reset of permissions removes it.',
      clues: ['3002', 'Rehydration', 'serialization'],
      proof: [
        { on: 'server', run: 'Get-WinEvent -FilterHashtable @{ LogName = "Application"; ProviderName = "MSExchange BackEndRehydration"; Id = 3002 } -MaxEvents 5', expect: 'does not have token serialization permission' },
        { on: 'on-premises', run: 'Get-MailboxServer | Get-ADPermission -User "<domain>\\Exchange Servers" | Where-Object { $_.ExtendedRights -like "*EPI*" }', expect: 'Nothing, or Deny: True' },
      ],
      repair: [
        { on: 'on-premises', run: 'Get-ClientAccessServer | Add-ADPermission -AccessRights ExtendedRight -ExtendedRights "ms-Exch-EPI-Token-Serialization" -User "<domain>\\Exchange Servers"' },
        { on: 'on-premises', run: 'Get-ClientAccessServer | Add-ADPermission -AccessRights ExtendedRight -ExtendedRights "ms-Exch-EPI-Impersonation" -User "<domain>\\Exchange Servers"' },
        { on: 'on-premises', run: 'Get-MailboxServer | Add-ADPermission -AccessRights ExtendedRight -ExtendedRights "ms-Exch-EPI-Token-Serialization" -User "<domain>\\Exchange Servers"' },
        { on: 'on-premises', run: 'Get-MailboxServer | Add-ADPermission -AccessRights ExtendedRight -ExtendedRights "ms-Exch-EPI-Impersonation" -User "<domain>\\Exchange Servers"' },
        { on: 'server', run: 'iisreset' },
      ],
      risk: 'These are the rights that setup gives. Get-ClientAccessServer is called Get-ClientAccessService since Exchange 2016. “Exchange Servers” is the group’s real name, the domain is the NetBIOS one. iisreset interrupts every client of the server.',
    },
    {
      id: 'a1-mrsproxy-off',
      title: 'MRSProxy is disabled on the EWS virtual directory',
      why: 'It is off by default; the wizard switches it on only on servers that it sees.',
      clues: ['1309', 'MRS proxy service is disabled'],
      proof: [{ on: 'on-premises', run: 'Get-WebServicesVirtualDirectory | Format-List Server, MRSProxyEnabled, InternalUrl, ExternalUrl', expect: 'MRSProxyEnabled: False' }],
      repair: [{ on: 'on-premises', run: 'Get-WebServicesVirtualDirectory | Set-WebServicesVirtualDirectory -MRSProxyEnabled $true' }],
      risk: 'Accounts with migration rights can read mailboxes through it: publish it only where moves need it.',
    },
    {
      id: 'a1-request-filtering',
      title: 'IIS request filtering does not allow .svc',
      why: 'A hardening list of extensions without .svc refuses the call before Exchange sees it (404.7 in the log rather than 403, behind some devices 403).',
      clues: ['404.7', 'request filtering'],
      proof: [{ on: 'server', run: 'Get-WebConfigurationProperty -Filter /system.webServer/security/requestFiltering/fileExtensions -Name collection -PSPath "IIS:\\Sites\\Default Web Site"', expect: 'allowUnlisted False and no .svc' }],
      repair: [{ on: 'server', run: 'Add-WebConfigurationProperty -Filter /system.webServer/security/requestFiltering/fileExtensions -Name collection -Value @{ fileExtension = ".svc"; allowed = $true } -PSPath "IIS:\\Sites\\Default Web Site"' }],
      risk: 'None: Exchange needs it.',
    },
  ],
  check: [{ on: 'cloud', run: 'Test-MigrationServerAvailability -ExchangeRemoteMove -RemoteServer <endpoint guid>.resource.mailboxmigration.his.msappproxy.net -Credentials (Get-Credential)', expect: 'Result: Success' }, { on: 'wizard', act: 'Run the wizard again: the agent validates.' }],
  prevention: 'After a permissions clean-up in Active Directory run setup /PrepareAD, which restores these rights.',
  references: [hybridAgentTroubleshooting, hybridAgent, { title: '“O365 Hybrid Wizard – Hybrid Agent Fails to Validate” (field report)' }],
};
