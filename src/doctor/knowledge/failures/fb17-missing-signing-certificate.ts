import { premisesLookAgain, testOAuthFromPremises } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { configureOAuth, errorTable, resolveErrors } from '../references.ts';

const renew: Failure['causes'][number]['repair'] = [
  { on: 'on-premises', run: 'New-ExchangeCertificate -KeySize 2048 -PrivateKeyExportable $true -SubjectName "CN=Microsoft Exchange Server Auth Certificate" -FriendlyName "Microsoft Exchange Server Auth Certificate" -DomainName <domain> -Services SMTP', expect: 'Answer no when it asks to replace the default SMTP certificate' },
  { on: 'on-premises', run: 'Set-AuthConfig -NewCertificateThumbprint <thumbprint> -NewCertificateEffectiveDate (Get-Date)' },
  { on: 'on-premises', run: 'Set-AuthConfig -PublishCertificate' },
  { on: 'on-premises', run: 'Set-AuthConfig -ClearPreviousCertificate' },
  { on: 'tenant', act: 'Upload the new certificate to the tenant (see FB26), or the next error is AADSTS50012; where the dedicated hybrid application is used, give it to that one (N1).' },
];

export const missingSigningCertificate: Failure = {
  id: 'FB17',
  title: 'Missing signing certificate',
  texts: ['Microsoft.Exchange.Security.OAuth.OAuthTokenRequestFailedException: Missing signing certificate', 'Missing signing certificate.'],
  marks: ['Missing signing certificate'],
  directions: ['cloud → on-premises', 'on-premises → cloud'],
  authentication: ['OAuth'],
  underneath: 'The organisation signs what it says to the token service with its Auth certificate. AuthConfig names a thumbprint, and no certificate with it and its private key is in the server’s store. The user sees a plain 401; only Test-OAuthConnectivity says why.',
  causes: [
    {
      id: 'fb17-certificate-deleted',
      title: 'The Auth certificate has been removed from the server',
      why: 'Five years after installation it expires and somebody cleans up, or a rebuilt server never got it. One that has expired and is still there ends in AADSTS700027 instead (FB26).',
      proof: [{ on: 'on-premises', run: 'Get-ExchangeCertificate -Thumbprint (Get-AuthConfig).CurrentCertificateThumbprint | Format-List', expect: 'The certificate was not found' }],
      repair: renew,
      risk: 'Tokens signed with the old certificate are refused from now on; hybrid OAuth rests until the tenant has the new one.',
    },
    {
      id: 'fb17-thumbprint',
      title: 'AuthConfig names the thumbprint of another certificate',
      why: 'A certificate was renewed and never made the current one, or the thumbprint was mistyped.',
      proof: [{ on: 'on-premises', run: '(Get-AuthConfig).CurrentCertificateThumbprint; Get-ExchangeCertificate | Where-Object { $_.Subject -like "*Server Auth Certificate*" } | Format-List Thumbprint, NotAfter', expect: 'The second list has a certificate, and its thumbprint is another' }],
      repair: renew.slice(1),
      risk: 'As for a new certificate: the tenant must have it.',
    },
  ],
  check: [testOAuthFromPremises, ...premisesLookAgain],
  prevention: 'Watch the Auth certificate’s end on every server, and renew it while it is valid: Microsoft’s script MonitorExchangeAuthCertificate.ps1 (CSS-Exchange) does both for Exchange, hybridge certificates check for Hybridge.',
  references: [errorTable('17'), configureOAuth, resolveErrors],
};
