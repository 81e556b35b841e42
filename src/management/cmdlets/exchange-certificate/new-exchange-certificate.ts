import { createSelfSignedCertificate } from '../../../identity/index.ts';
import { applyMultiValued, valuesOf } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { certificateOutput } from './certificate-output.ts';
import { certificateServices } from './certificate-services.ts';
import { keepCertificate } from './keep-certificate.ts';

/** Five years, one leap day among them: what Exchange gives its self-signed certificates. */
const days = 1826;

export const newExchangeCertificate = defineExchangeCmdlet({
  name: 'New-ExchangeCertificate',
  synopsis: 'Makes a self-signed certificate (RSA, 2048 bit, five years) and keeps it with its key.',
  parameters: {
    SubjectName: { type: 'string', description: 'Distinguished name of one part, CN=…; default the server’s name.' },
    FriendlyName: { type: 'string', description: 'A name for the list. Default “Microsoft Exchange”.' },
    DomainName: { type: 'string', many: true, description: 'Kept for the list; host names are not written into the certificate.' },
    KeySize: { type: 'integer', description: 'Only 2048.' },
    PrivateKeyExportable: { type: 'boolean', description: '$true: Export-ExchangeCertificate may give the key. Default $false.' },
    Services: { type: certificateServices, many: true, description: 'What the certificate is meant for; shown, not acted on.' },
    Force: { type: 'switch', ignored: true, description: 'Nothing asks here.' },
    Server: { type: 'string', description: 'Accepted and without effect.' },
  },
  example: 'New-ExchangeCertificate -KeySize 2048 -PrivateKeyExportable $true -SubjectName "CN=Microsoft Exchange Server Auth Certificate" -FriendlyName "Microsoft Exchange Server Auth Certificate"',
  roles: ['Exchange Server Certificates'],
  side: 'OnPremises',
  async run(context, { SubjectName, FriendlyName, DomainName, KeySize, Services, PrivateKeyExportable }) {
    if (KeySize !== undefined && KeySize !== 2048) throw new ManagementError('MANAGEMENT_INVALID_VALUE', `A key of ${KeySize} bits cannot be made here.`, { remedy: 'Leave KeySize out or give 2048.' });
    const commonName = SubjectName === undefined ? context.serverName : /^\s*cn\s*=\s*([^,=+"\\<>;]{1,64})$/i.exec(SubjectName)?.[1]?.trim();
    if (commonName === undefined) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'The subject name is not of the form CN=name.', { remedy: 'Give a subject of one part, for example "CN=Microsoft Exchange Server Auth Certificate".' });
    const stored = await context.change({
      target: `CN=${commonName}`,
      async apply() {
        const { certificate, privateKey } = await createSelfSignedCertificate({ commonName, days, clock: context.clock });
        const domains = DomainName === undefined ? {} : { domains: applyMultiValued([], DomainName) };
        return keepCertificate(context, { certificate, privateKey, friendlyName: FriendlyName ?? 'Microsoft Exchange', services: Services === undefined ? [] : valuesOf(Services), exportable: PrivateKeyExportable ?? false, ...domains });
      },
      after: (created) => certificateOutput(created, true, context.clock),
    });
    return stored === undefined ? [] : [certificateOutput(stored, true, context.clock)];
  },
});
