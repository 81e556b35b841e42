import { domainProof, readCertificate } from '../../../identity/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { certificateWithKey } from './federation-means.ts';

export const getFederatedDomainProof = defineExchangeCmdlet({
  name: 'Get-FederatedDomainProof',
  synopsis: 'Shows the TXT record by which the federation gateway knows that a domain is this organisation’s.',
  parameters: {
    DomainName: { type: 'domain', mandatory: true, description: 'The domain.' },
    Thumbprint: { type: 'thumbprint', description: 'A certificate; default those of the federation trust.' },
  },
  example: 'Get-FederatedDomainProof -DomainName contoso.com',
  roles: ['Federated Sharing', 'View-Only Configuration'],
  side: 'OnPremises',
  async run(context, { DomainName, Thumbprint }) {
    const [trust] = await context.organization.configuration.list('FederationTrust');
    const { OrgPrivCertificate = null, OrgNextPrivCertificate = null } = trust?.properties ?? {};
    const wanted = Thumbprint === undefined ? ([['OrgPrivCertificate', OrgPrivCertificate], ['OrgNextPrivCertificate', OrgNextPrivCertificate]] as const) : ([['OrgPrivCertificate', Thumbprint]] as const);
    const proofs: OutputObject[] = [];
    for (const [name, thumbprint] of wanted) {
      if (thumbprint === null) continue;
      const { certificate } = await certificateWithKey(context, thumbprint);
      const Proof = domainProof(DomainName, certificate);
      proofs.push({ DomainName, Name: name, Thumbprint: readCertificate(certificate).thumbprint, Proof, DnsRecord: `${DomainName} TXT IN ${Proof}` });
    }
    return proofs;
  },
});
