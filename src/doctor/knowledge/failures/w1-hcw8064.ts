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
  underneath: 'The wizard’s OAuth stage failed and the rest went through, so free/busy relies on delegated federation. The connectors exist or not, and are disabled. It is a warning, and easily read over.',
  causes: [
    {
      id: 'w1-auth-certificate',
      title: 'The Auth certificate is missing, expired or not the current one',
      why: 'The stage uploads it to the tenant; after five years it has been renewed at least once and often by halves.',
      see: 'FB17',
      proof: [{ on: 'on-premises', run: 'Get-ExchangeCertificate -Thumbprint (Get-AuthConfig).CurrentCertificateThumbprint | Format-List Thumbprint, NotAfter', expect: 'Not found, or a date that has passed' }],
      repair: [
        { on: 'on-premises', run: 'Set-AuthConfig -NewCertificateThumbprint <thumbprint> -NewCertificateEffectiveDate (Get-Date)' },
        { on: 'on-premises', run: 'Set-AuthConfig -PublishCertificate' },
        { on: 'server', run: 'iisreset' },
        { on: 'tenant', act: 'Upload the certificate to the tenant (FB26).' },
        { on: 'on-premises', run: 'Get-IntraOrganizationConnector | Set-IntraOrganizationConnector -Enabled $true' },
      ],
      risk: 'iisreset interrupts every client of the server for a moment.',
    },
    {
      id: 'w1-connectors-disabled',
      title: 'All is in place and the connectors were left disabled',
      why: 'The wizard disables them when it gives up, and a second run does not always enable them.',
      proof: [{ on: 'on-premises', run: 'Get-IntraOrganizationConnector | Format-List Name, Enabled', expect: 'Enabled: False' }, { on: 'cloud', run: 'Get-IntraOrganizationConnector | Format-List Name, Enabled', expect: 'Enabled: False' }],
      repair: [
        { on: 'on-premises', run: 'Get-IntraOrganizationConnector | Set-IntraOrganizationConnector -Enabled $true' },
        { on: 'cloud', run: 'Get-IntraOrganizationConnector | Set-IntraOrganizationConnector -Enabled $true' },
      ],
      risk: 'Lookups use OAuth from now on and do not fall back: run Test-OAuthConnectivity on both sides first.',
    },
    {
      id: 'w1-connection',
      title: 'The wizard’s machine could not reach the tenant’s endpoints, or without TLS 1.2',
      why: 'The stage calls the directory’s service; the wizard’s log has the exception.',
      proof: [{ on: 'wizard', act: '%AppData%\\Microsoft\\Exchange Hybrid Configuration\\*.log: *ERROR* lines in the OAuth task.' }],
      repair: [{ on: 'wizard', act: 'Allow the machine outbound 443, enable TLS 1.2, take the newest wizard, and run it again.' }],
      risk: 'None: the wizard changes only what differs.',
    },
  ],
  check: [testOAuthFromPremises, { on: 'cloud', run: 'Test-OAuthConnectivity -Service EWS -TargetUri https://<on-premises host>/metadata/json/1 -Mailbox <cloud user> -Verbose | Format-List', expect: 'ResultType: Success' }],
  prevention: 'Renew the Auth certificate before you run the wizard, and read its warnings.',
  references: [{ title: 'Microsoft Support 3089172', url: 'https://support.microsoft.com/en-us/help/3089172' }, configureOAuth],
};
