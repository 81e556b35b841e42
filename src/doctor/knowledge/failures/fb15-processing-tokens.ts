import { cloudLooksAgain, testRelationshipFromCloud } from '../checks.ts';
import type { Failure } from '../failure.ts';
import { errorTable, lookupsStop, renewFederation, resolveErrorsAt } from '../references.ts';

export const processingTokens: Failure = {
  id: 'FB15',
  title: 'An error occurred when processing the security tokens in the message',
  message: 'ProxyWebRequestProcessingException ErrorProxyRequestProcessingFailed Proxy web request failed. , inner exception: An error occurred when processing the security tokens in the message.',
  texts: ['An error occurred when processing the security tokens in the message.'],
  marks: ['processing the security tokens', 'LID: 59916'],
  directions: ['cloud → on-premises'],
  authentication: ['DAuth'],
  underneath: 'The delegation token was found in the message and could not be opened or verified: it is encrypted for the organisation’s federation certificate and signed by the gateway. One of these two certificates is not what the responder has.',
  causes: [
    {
      id: 'fb15-gateway-rolled',
      title: 'The gateway signs with a new certificate that the trust does not know yet',
      why: 'The trust keeps a copy of the gateway’s certificates, taken when the metadata was last refreshed.',
      proof: [{ on: 'on-premises', run: 'Test-FederationTrust -UserIdentity <on-premises user>', expect: 'FederationMetadata and TokenValidation: Error' }],
      repair: [{ on: 'on-premises', run: 'Get-FederationTrust | Set-FederationTrust -RefreshMetadata' }, { on: 'on-premises', run: 'Get-FederationTrust | Set-FederationTrust -RefreshMetadata' }],
      risk: 'None. It is run twice so that the certificate that was current becomes the previous one.',
    },
    {
      id: 'fb15-certificate-missing',
      title: 'The federation certificate is missing on a server',
      why: 'Its private key is needed to decrypt the token.',
      proof: [{ on: 'on-premises', run: 'Test-FederationTrustCertificate', expect: 'NotInstalled for a server' }, { on: 'on-premises', run: 'Get-FederationTrust | Format-List OrgCertificate, OrgPrivCertificate, OrgPrevPrivCertificate' }],
      repair: [
        { on: 'on-premises', run: 'New-ExchangeCertificate -FriendlyName "Exchange Delegation Federation" -SubjectName "CN=Federation" -DomainName <domain> -Services Federation -KeySize 2048 -PrivateKeyExportable $true -Force' },
        { on: 'on-premises', run: 'Set-FederationTrust -Identity "<federation trust>" -Thumbprint <thumbprint>' },
        { on: 'on-premises', run: 'Set-FederationTrust -Identity "<federation trust>" -PublishFederationCertificate' },
      ],
      risk: 'Until the gateway has the new certificate lookups over DAuth fail; domains may need a new TXT proof.',
    },
    {
      id: 'fb15-certificate-expired',
      title: 'The federation certificate has expired',
      why: 'The gateway neither encrypts for a certificate that is over nor takes what is signed with it, so that the next one cannot simply be published: the trust has to be made anew.',
      clues: ['expired'],
      proof: [{ on: 'on-premises', run: 'Get-ExchangeCertificate -Thumbprint (Get-FederationTrust).OrgPrivCertificate | Format-List NotAfter', expect: 'A date that has passed' }],
      repair: [
        { on: 'on-premises', run: 'Get-FederatedOrganizationIdentifier | Format-List AccountNamespace, Domains', expect: 'Note them: they are needed again' },
        { on: 'on-premises', run: 'Remove-FederatedDomain -DomainName <domain> -Force', expect: 'For each of Domains, the one of AccountNamespace last' },
        { on: 'on-premises', run: 'Remove-FederationTrust -Identity "<federation trust>"' },
        { on: 'wizard', act: 'Run the Hybrid Configuration Wizard: it makes certificate, trust and domains anew, and says which TXT records it wants. By hand: New-ExchangeCertificate as for a missing one, New-FederationTrust, Get-FederatedDomainProof, Set-FederatedOrganizationIdentifier, Add-FederatedDomain.' },
      ],
      risk: 'Sharing over DAuth stops with every partner until the trust is there again, and the TXT records change. The other side keeps tokens that were made for the old one, up to eight hours: expect errors for so long, or until its administrators change the relationship.',
    },
  ],
  check: [testRelationshipFromCloud, ...cloudLooksAgain],
  prevention: 'Refresh metadata daily by a scheduled task; renew the federation certificate before it ends, while both still work.',
  references: [errorTable('15'), resolveErrorsAt('59916'), lookupsStop, renewFederation],
};
