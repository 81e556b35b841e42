import { hasWildCard } from '../../../organization/index.ts';
import { valuesOf } from '../../binding/parameter-definition.ts';
import { objectNotFound } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { certificateOutput } from './certificate-output.ts';

export const getExchangeCertificate = defineExchangeCmdlet({
  name: 'Get-ExchangeCertificate',
  synopsis: 'Shows the certificates of the organisation’s servers, never their keys.',
  parameters: {
    Thumbprint: { type: 'thumbprint', position: 0, pipeline: true, description: 'One certificate.' },
    Identity: { type: 'string', description: 'SERVER\\thumbprint, or the thumbprint.' },
    DomainName: { type: 'string', many: true, description: 'Only certificates for one of these host names.' },
    Server: { type: 'string', description: 'Accepted and without effect: certificates belong to the organisation here.' },
  },
  example: 'Get-ExchangeCertificate -Thumbprint (Get-AuthConfig).CurrentCertificateThumbprint | Format-List',
  roles: ['Exchange Server Certificates', 'View-Only Configuration'],
  side: 'OnPremises',
  async run(context, { Thumbprint, Identity, DomainName }) {
    const { configuration } = context.organization;
    const identity = Thumbprint ?? Identity;
    const found = identity === undefined ? await configuration.list('ExchangeCertificate') : await configuration.find('ExchangeCertificate', identity);
    if (identity !== undefined && found.length === 0 && !hasWildCard(identity)) throw objectNotFound(context, identity);
    const wanted = DomainName === undefined ? undefined : valuesOf(DomainName).map((domain) => domain.toLowerCase());
    const output = [];
    for (const certificate of found) {
      if (wanted !== undefined && !certificate.properties.CertificateDomains.some((domain) => wanted.includes(domain.toLowerCase()))) continue;
      output.push(certificateOutput(certificate, (await configuration.certificateKey(certificate.name)) !== undefined, context.clock));
    }
    return output;
  },
});
