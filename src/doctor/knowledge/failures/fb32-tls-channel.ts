import { cloudLooksAgain } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, resolveErrors, tls12 } from '../references.ts';

export const tlsChannel: Failure = {
  id: 'FB32',
  title: 'The request was aborted: Could not create SSL/TLS secure channel',
  texts: ['The request was aborted: Could not create SSL/TLS secure channel.', 'Could not create SSL/TLS secure channel'],
  translations: ['Die Anfrage wurde abgebrochen: Es konnte kein geschützter SSL/TLS-Kanal erstellt werden.', 'La demande a été abandonnée : Impossible de créer un canal sécurisé SSL/TLS.', 'Anulada la solicitud: No se puede crear un canal seguro SSL/TLS.'],
  marks: ['request was aborted: Could', 'request was aborted: Could not'],
  directions: ['cloud → on-premises', 'on-premises → cloud'],
  authentication: ['OAuth', 'DAuth'],
  underneath: 'TCP worked, and the two ends found no TLS version, cipher or trusted certificate in common. Exchange Online speaks TLS 1.2 and later.',
  causes: [
    {
      id: 'fb32-tls12-off',
      title: 'TLS 1.2 is not enabled on the server or the device in front of it',
      why: 'Old Windows versions need it switched on in SCHANNEL and in .NET; Forefront TMG on Windows Server 2008 R2 has it off.',
      proof: [{ on: 'client', run: 'openssl s_client -connect <on-premises host>:443 -servername <on-premises host> -tls1_2 </dev/null', expect: 'handshake failure or protocol version, while -tls1 -cipher DEFAULT@SECLEVEL=0 connects (without that OpenSSL 3 does not offer it)' }],
      repair: [
        { on: 'server', run: 'New-Item "HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Server" -Force | New-ItemProperty -Name Enabled -Value 1 -PropertyType DWord -Force' },
        { on: 'server', run: 'Set-ItemProperty "HKLM:\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319" -Name SchUseStrongCrypto -Value 1 -Type DWord', expect: 'A restart is needed' },
        { on: 'server', act: 'For servers that ask the cloud do the same under …\\TLS 1.2\\Client, set SystemDefaultTlsVersions to 1 beside SchUseStrongCrypto, and repeat both under SOFTWARE\\WOW6432Node. Microsoft’s HealthChecker.ps1 (CSS-Exchange) shows what is missing.' },
      ],
      risk: 'Enabling is safe; disabling old versions in the same go cuts old clients off.',
    },
    {
      id: 'fb32-untrusted-root',
      title: 'The server does not trust the authority behind the other side’s certificate',
      why: 'Servers without automatic root updates lack new roots. Save the other side’s certificate from a browser on that server, and verify it there.',
      clues: ['trust relationship', 'remote certificate is invalid'],
      proof: [{ on: 'server', run: 'certutil -verify -urlfetch <certificate file>', expect: 'A certificate chain … terminated in a root certificate which is not trusted' }],
      repair: [{ on: 'server', act: 'Let Windows update its roots, or import the missing root into Trusted Root Certification Authorities of the machine.' }],
      risk: 'Everything under that root is trusted.',
    },
    {
      id: 'fb32-certificate-expired',
      title: 'The certificate of the published host has expired',
      why: 'Browsers can be told to go on; servers cannot. A renewed certificate was not bound to IIS, or not put on the balancer.',
      clues: ['expired', 'CERT_HAS_EXPIRED', 'remote certificate is invalid'],
      proof: [{ on: 'client', run: 'openssl s_client -connect <on-premises host>:443 -servername <on-premises host> </dev/null | openssl x509 -noout -dates', expect: 'notAfter is past' }],
      repair: [{ on: 'on-premises', run: 'Enable-ExchangeCertificate -Thumbprint <thumbprint> -Services IIS' }, { on: 'network', act: 'Put the renewed certificate on every balancer and proxy before Exchange, too.' }],
      risk: 'None, if the new certificate has all published names.',
    },
    {
      id: 'fb32-certificate-name',
      title: 'The certificate of the published host is for another name',
      why: 'The name in the endpoint is not among the certificate’s names: after a rename, or where DNS leads to another machine.',
      clues: ['RemoteCertificateNameMismatch', 'remote certificate is invalid'],
      proof: [{ on: 'client', run: 'openssl s_client -connect <on-premises host>:443 -servername <on-premises host> </dev/null | openssl x509 -noout -ext subjectAltName', expect: 'The host is not among the names' }],
      repair: [{ on: 'network', act: 'Publish with a certificate that has the name, or correct the DNS record.' }, { on: 'cloud', act: 'Where another published name is on the certificate: point TargetSharingEpr to it.' }],
      risk: 'None.',
    },
    {
      id: 'fb32-ciphers',
      title: 'No cipher suite in common',
      why: 'A hardening policy left only suites that the other side does not have.',
      clues: ['cipher', '36874', '36888'],
      proof: [{ on: 'server', act: 'System log: Schannel 36874 at the time of the lookup.' }],
      repair: [{ on: 'server', run: 'Enable-TlsCipherSuite -Name TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384' }],
      risk: 'None: it is a current suite.',
    },
  ],
  check: cloudLooksAgain,
  prevention: 'Test the published name with a TLS scanner after every hardening.',
  references: [errorTable('32'), tls12, resolveErrors],
};
