import type { Failure } from '../failure.ts';
import { renewFederation } from '../references.ts';

export const certificateEnds: Failure = {
  id: 'P3',
  title: 'A certificate ends soon',
  texts: ['The STARTTLS certificate will expire soon: subject: …, thumbprint: …, hours remaining: …. Run the New-ExchangeCertificate cmdlet to create a new certificate.', 'There is no valid SMTP Transport Layer Security (TLS) certificate for the FQDN of …. The existing certificate for that FQDN has expired.'],
  marks: ['STARTTLS certificate will expire soon', 'The existing certificate for that FQDN has expired'],
  directions: ['cloud → on-premises', 'on-premises → cloud', 'client → on-premises'],
  authentication: ['none'],
  underneath: 'A hybrid deployment lives by several certificates that different people renew: the Auth certificate (tokens between servers), the federation certificate (DAuth), those of the published names, of SMTP, of agents. Nobody notices one before its last day; then every lookup, sign-in or mail fails at once. Exchange warns in the Application log only (MSExchangeTransport 12018 and 12016 for SMTP).',
  causes: [
    {
      id: 'p3-auth',
      title: 'The Auth certificate ends soon',
      why: 'It lasts five years, which nobody remembers. The next one must be uploaded to the tenant before it becomes the current one: else lookups end in AADSTS50012, and after the last day in AADSTS700027 (both FB26).',
      see: 'FB26',
      proof: [{ on: 'on-premises', run: 'Get-ExchangeCertificate -Thumbprint (Get-AuthConfig).CurrentCertificateThumbprint | Format-List Thumbprint, NotAfter', expect: 'A date within 30 days' }],
      repair: [
        { on: 'on-premises', run: 'New-ExchangeCertificate -KeySize 2048 -PrivateKeyExportable $true -SubjectName "CN=Microsoft Exchange Server Auth Certificate" -FriendlyName "Microsoft Exchange Server Auth Certificate" -DomainName @() -Services SMTP', expect: 'Answer No where it asks whether to replace the SMTP certificate' },
        { on: 'on-premises', run: 'Set-AuthConfig -NewCertificateThumbprint <thumbprint> -NewCertificateEffectiveDate (Get-Date).AddDays(3)' },
        { on: 'tenant', act: 'Upload it to the tenant (FB26), or run the wizard again. With Hybridge: hybridge certificates renew auth does all of this.' },
      ],
      risk: 'Servers need up to 24 hours to have the new one: an effective date of today breaks lookups meanwhile.',
    },
    {
      id: 'p3-federation',
      title: 'The federation certificate ends soon',
      why: 'Once it has ended, the gateway takes no request that is signed with it, and the easy way of replacing it (publishing the next one, signed by the present one) is gone.',
      see: 'FB15',
      proof: [{ on: 'on-premises', run: 'Get-ExchangeCertificate -Thumbprint (Get-FederationTrust).OrgPrivCertificate | Format-List Thumbprint, NotAfter', expect: 'A date within 30 days' }],
      repair: [
        { on: 'on-premises', run: 'New-ExchangeCertificate -FriendlyName "Exchange Delegation Federation" -SubjectName "CN=Federation" -DomainName <domain> -Services Federation -KeySize 2048 -PrivateKeyExportable $true -Force' },
        { on: 'on-premises', run: 'Set-FederationTrust -Identity "<federation trust>" -Thumbprint <thumbprint>; Set-FederationTrust -Identity "<federation trust>" -PublishFederationCertificate', expect: 'With Hybridge: hybridge certificates renew federation. Each domain’s TXT record (Get-FederatedDomainProof) must be of the new certificate before it is published' },
      ],
      risk: 'Between the two commands the new certificate must be on every server: Test-FederationTrustCertificate tells.',
    },
    {
      id: 'p3-tls',
      title: 'The certificate of a published name ends soon',
      why: 'From its last day on Exchange Online and every client refuse the connection (FB32).',
      see: 'FB32',
      proof: [{ on: 'client', run: 'openssl s_client -connect <host>:443 -servername <host> </dev/null 2>/dev/null | openssl x509 -noout -subject -enddate', expect: 'A date within 30 days. Ask every name, and behind a balancer every server' }],
      repair: [{ on: 'on-premises', run: 'Import-ExchangeCertificate -FileData ([System.IO.File]::ReadAllBytes("<file.pfx>")) -Password (Get-Credential).Password; Enable-ExchangeCertificate -Thumbprint <thumbprint> -Services IIS, SMTP' }, { on: 'network', act: 'Where a reverse proxy or balancer shows it, replace it there.' }],
      risk: 'Connectors whose TlsCertificateName names the old issuer and subject need the new ones.',
    },
    {
      id: 'p3-agent',
      title: 'The certificate of an agent, or of the relay’s authority, ends soon',
      why: 'Both renew themselves long before. One that did not has not been able to for weeks: the agent was off, its clock is wrong, or its disk is full. Afterwards the agent must be enrolled anew.',
      clues: ['AGENT_CERTIFICATE_LIFE'],
      proof: [{ on: 'relay', run: 'Get-HybridAgent | Format-List machineName, certificateExpiresAt, problems', expect: 'Less than 15 days, and a problem that says why' }],
      repair: [{ on: 'agent', act: 'Repair what its problem or its log names; it renews within seconds of its next link. Where it has ended: hybridge agent enroll --replace.' }, { on: 'relay', run: 'hybridge relay authority renew' }],
      risk: 'None.',
    },
  ],
  check: [{ on: 'client', run: 'hybridge certificates check', expect: 'Nothing below 30 days' }],
  prevention: 'Let a monitor look at all of them, 30 days ahead: hybridge doctor watch certificates, or hybridge certificates check (exit codes as Nagios has them).',
  references: [{ title: 'docs/certificates.md' }, renewFederation, { title: 'MSExchangeTransport 12018', url: 'https://technet.microsoft.com/library/ff982351(v=exchg.141).aspx' }, { title: 'MSExchangeTransport 12016', url: 'https://technet.microsoft.com/library/ff983405(v=exchg.141).aspx' }],
};
