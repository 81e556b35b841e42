import { testOAuthFromPremises } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { configureOAuth } from '../references.ts';

export const hcw8064: Failure = {
  id: 'W1',
  title: 'HCW8064: the wizard was not able to perform the OAuth portion of the hybrid configuration',
  texts: ['HCW8064', 'The HCW has completed, but was not able to perform the OAuth portion of your Hybrid configuration. If you need features that rely on OAuth, you can try running the HCW again or manually configure OAuth using these manual steps.'],
  marks: ['HCW8064'],
  directions: ['set-up'],
  authentication: ['OAuth'],
  underneath: 'The OAuth stage of the Hybrid Configuration Wizard failed and everything else went through. The IntraOrganizationConnectors are missing, or are there and disabled, so that free/busy falls back to delegated federation (DAuth), and what needs OAuth – Teams calendars, cross-premises eDiscovery and archives – does not work. It is only a warning on the last page, and easily read over.',
  causes: [
    {
      id: 'w1-auth-certificate',
      title: 'The Auth certificate is missing, expired or not the current one',
      why: 'The stage uploads it to the tenant. It lasts five years; in an older organisation it has expired, or was renewed and never made the current one.',
      sameStateAs: 'fb26-certificate-expired',
      see: 'FB17',
      proof: [{ on: 'on-premises', run: 'Get-ExchangeCertificate -Thumbprint (Get-AuthConfig).CurrentCertificateThumbprint | Format-List Thumbprint, NotAfter', expect: 'Not found, or a date that has passed' }],
      repair: [
        { on: 'on-premises', run: 'Set-AuthConfig -NewCertificateThumbprint <thumbprint> -NewCertificateEffectiveDate (Get-Date)', expect: 'Where there is no valid one yet, make it first (FB17). Accept the warning about less than 48 hours' },
        { on: 'on-premises', run: 'Set-AuthConfig -PublishCertificate' },
        { on: 'server', run: 'iisreset' },
        { on: 'tenant', act: 'Upload the certificate to the tenant (FB26), or let the wizard do it by running it again.' },
        { on: 'on-premises', run: 'Get-IntraOrganizationConnector | Set-IntraOrganizationConnector -Enabled $true' },
        { on: 'cloud', run: 'Get-IntraOrganizationConnector | Set-IntraOrganizationConnector -Enabled $true' },
      ],
      risk: 'iisreset interrupts every client of the server for a moment. Enable the connectors only after Test-OAuthConnectivity succeeds: lookups that use OAuth do not fall back.',
    },
    {
      id: 'w1-connectors-disabled',
      title: 'Everything is in place, and the connectors were left disabled',
      why: 'The wizard disables them when it gives up, and a second run does not always enable them.',
      proof: [{ on: 'on-premises', run: 'Get-IntraOrganizationConnector | Format-List Name, Enabled', expect: 'Enabled: False' }, { on: 'cloud', run: 'Get-IntraOrganizationConnector | Format-List Name, Enabled', expect: 'Enabled: False' }],
      repair: [
        { on: 'on-premises', run: 'Get-IntraOrganizationConnector | Set-IntraOrganizationConnector -Enabled $true' },
        { on: 'cloud', run: 'Get-IntraOrganizationConnector | Set-IntraOrganizationConnector -Enabled $true' },
      ],
      risk: 'Lookups use OAuth from now on and do not fall back to DAuth: run Test-OAuthConnectivity on both sides first. Undo: -Enabled $false.',
    },
    {
      id: 'w1-connection',
      title: 'The wizard’s machine could not reach the tenant’s endpoints, or could not with TLS 1.2',
      why: 'The stage calls Microsoft Graph and the token service from the machine on which the wizard runs, which need not be an Exchange server. The wizard’s log has the exception that the last page leaves out.',
      proof: [{ on: 'wizard', act: '%AppData%\\Microsoft\\Exchange Hybrid Configuration\\*.log (F12 in the wizard opens the folder), times are local: *ERROR* lines in the OAuth task name the host or the TLS failure.' }],
      repair: [{ on: 'wizard', act: 'Allow the machine outbound 443 to Microsoft’s published endpoints, enable TLS 1.2 (FB32), download the newest wizard, and run it again.' }],
      risk: 'The wizard writes what its pages say; choose the same options as the last time, and export connectors and relationships before.',
    },
  ],
  check: [testOAuthFromPremises, { on: 'cloud', run: 'Test-OAuthConnectivity -Service EWS -TargetUri https://<on-premises host>/metadata/json/1 -Mailbox <cloud user> -Verbose | Format-List', expect: 'ResultType: Success' }],
  prevention: 'Renew the Auth certificate before you run the wizard, and read its warnings.',
  references: [{ title: 'Microsoft Support 3089172', url: 'https://support.microsoft.com/en-us/help/3089172/hcw-has-completed-but-was-not-able-to-perform-the-oauth-portion-of-you' }, { title: '“Exchange Hybrid: HCW8064 OAuth configuration couldn’t get performed” (field report)', url: 'https://diecknet.de/en/2020/05/01/Exchange-Hybrid-HCW8064-OAuth/' }, configureOAuth],
};
