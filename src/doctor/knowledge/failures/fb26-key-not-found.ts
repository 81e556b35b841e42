import { premisesLookAgain, testOAuthFromPremises } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { configureOAuth, deployHybridApp, errorTable, hybridAppScript, resolveErrors } from '../references.ts';

export const keyNotFound: Failure = {
  id: 'FB26',
  title: 'AADSTS50012: Client assertion contains an invalid signature. The key was not found',
  message: "Error: Unable to get token from Auth Server. Error code: 'invalid_client'. Description: 'AADSTS70002: Error validating credentials. AADSTS50012: Client assertion contains an invalid signature. [Reason - The key was not found., Thumbprint of key used by client: '…'",
  texts: ['Client assertion contains an invalid signature. [Reason - The key was not found., Thumbprint of key used by client:', 'The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found.', "Unable to get token from Auth Server. Error code: 'invalid_client'. Description: 'AADSTS70002: Error validating credentials."],
  marks: ['AADSTS50012', 'AADSTS70002', 'AADSTS700027'],
  directions: ['on-premises → cloud'],
  authentication: ['OAuth'],
  underneath: 'The organisation asked the token service for a token and signed with its Auth certificate. The application in the tenant for which it spoke has no key with that thumbprint. Once that was always the shared application “Office 365 Exchange Online” (00000002-0000-0ff1-ce00-000000000000); servers that use the dedicated hybrid application (N1) speak for that one, and Microsoft advises against putting certificates on the shared one any more.',
  causes: [
    {
      id: 'fb26-not-uploaded',
      title: 'The Auth certificate was renewed, and the tenant has only the old one',
      why: 'Renewal on premises and upload to the tenant are two steps, often years apart in memory. (Older instructions say New-MsolServicePrincipalCredential; the MSOnline module is retired.)',
      proof: [
        { on: 'on-premises', run: 'Get-ExchangeCertificate -Thumbprint (Get-AuthConfig).CurrentCertificateThumbprint | Format-List NotBefore, NotAfter' },
        { on: 'tenant', run: 'Get-MgServicePrincipal -Filter "appId eq \'00000002-0000-0ff1-ce00-000000000000\'" -Property KeyCredentials | Select-Object -ExpandProperty KeyCredentials', expect: 'No key with the same StartDateTime and EndDateTime' },
      ],
      repair: [
        { on: 'on-premises', run: '$thumbprint = (Get-AuthConfig).CurrentCertificateThumbprint; $certificate = Get-ChildItem Cert:\\LocalMachine\\My\\$thumbprint; $value = [Convert]::ToBase64String($certificate.RawData)' },
        { on: 'tenant', run: '$principal = Get-MgServicePrincipal -Filter "appId eq \'00000002-0000-0ff1-ce00-000000000000\'" -Property Id, KeyCredentials; Update-MgServicePrincipal -ServicePrincipalId $principal.Id -KeyCredentials ($principal.KeyCredentials + @{Type=\'AsymmetricX509Cert\'; Usage=\'Verify\'; Key=[Convert]::FromBase64String($value)})' },
        { on: 'server', act: 'Where the dedicated hybrid application is used, give the certificate to that one instead: run the newest Hybrid Configuration Wizard, or ConfigureExchangeHybridApplication.ps1 -UpdateCertificate.' },
      ],
      risk: 'Whoever has the key may speak for Exchange in the tenant for as long as it is valid, and on the shared application it is worth more than on the dedicated one. The list is written as a whole: what is left out of it is gone. Remove old keys afterwards.',
    },
    {
      id: 'fb26-certificate-expired',
      title: 'The Auth certificate has expired',
      why: 'It lasts five years. The tenant keeps the key with its dates and refuses what is signed after the last day (AADSTS700027: The key used is expired); on premises, MSExchange Web Services writes event 24 with the same date. Outlook of people on premises may be slow, and see neither calendar nor out-of-office settings.',
      clues: ['The key used is expired'],
      proof: [{ on: 'on-premises', run: 'Get-ExchangeCertificate -Thumbprint (Get-AuthConfig).CurrentCertificateThumbprint | Format-List Thumbprint, NotAfter', expect: 'A date that has passed' }],
      repair: [
        { on: 'on-premises', run: '$next = New-ExchangeCertificate -KeySize 2048 -PrivateKeyExportable $true -SubjectName "CN=Microsoft Exchange Server Auth Certificate" -FriendlyName "Microsoft Exchange Server Auth Certificate" -DomainName @() -Services SMTP', expect: 'Answer no when it asks to replace the default SMTP certificate' },
        { on: 'on-premises', run: 'Set-AuthConfig -NewCertificateThumbprint $next.Thumbprint -NewCertificateEffectiveDate (Get-Date)', expect: 'Accept the warning about less than 48 hours: nothing works meanwhile anyway' },
        { on: 'on-premises', run: 'Set-AuthConfig -PublishCertificate' },
        { on: 'on-premises', run: 'Set-AuthConfig -ClearPreviousCertificate' },
        { on: 'tenant', act: 'Upload the new certificate as for one that was renewed (the cause before), or run the wizard again. With Hybridge, instead of all of this: hybridge certificates renew auth --apply.' },
        { on: 'server', run: 'iisreset', expect: 'Servers that still use the old one stop doing so' },
      ],
      risk: 'Nothing that works now stops: tokens are refused already. iisreset interrupts every client of the server for a moment.',
    },
    {
      id: 'fb26-wrong-current',
      title: 'AuthConfig uses another certificate than the one that was uploaded',
      why: 'Several Auth certificates exist on premises, and the wrong one is current.',
      proof: [{ on: 'on-premises', run: 'Get-AuthConfig | Format-List *Thumbprint*', expect: 'Current is not the uploaded one; Previous or Next may be' }],
      repair: [
        { on: 'on-premises', run: 'Set-AuthConfig -NewCertificateThumbprint <thumbprint> -NewCertificateEffectiveDate (Get-Date)' },
        { on: 'on-premises', run: 'Set-AuthConfig -PublishCertificate' },
        { on: 'on-premises', run: 'Set-AuthConfig -ClearPreviousCertificate' },
      ],
      risk: 'All servers need that certificate with its private key.',
    },
    {
      id: 'fb26-service-name',
      title: 'AuthConfig has another ServiceName or a Realm',
      why: 'The assertion then speaks for a principal that has no key at all.',
      proof: [{ on: 'on-premises', run: 'Get-AuthConfig | Format-List ServiceName, Realm', expect: 'ServiceName is not 00000002-0000-0ff1-ce00-000000000000, or Realm is not empty' }],
      repair: [{ on: 'on-premises', run: 'Set-AuthConfig -ServiceName 00000002-0000-0ff1-ce00-000000000000 -Realm ""' }],
      risk: 'None.',
    },
  ],
  check: [testOAuthFromPremises, ...premisesLookAgain],
  prevention: 'Upload the next certificate before it becomes the current one, or run the wizard after every renewal. MonitorExchangeAuthCertificate.ps1 (CSS-Exchange) watches and renews it for Exchange; hybridge certificates renew uploads before it switches.',
  references: [errorTable('26'), configureOAuth, deployHybridApp, hybridAppScript, resolveErrors],
};
