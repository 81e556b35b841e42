import { ManagementError } from '../../management-error.ts';
import { oneConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { certificateOutput } from './certificate-output.ts';

export const removeExchangeCertificate = defineExchangeCmdlet({
  name: 'Remove-ExchangeCertificate',
  synopsis: 'Removes a certificate and its key.',
  parameters: {
    Thumbprint: { type: 'thumbprint', position: 0, pipeline: true, description: 'The certificate.' },
    Identity: { type: 'string', description: 'SERVER\\thumbprint, or the thumbprint.' },
    Server: { type: 'string', description: 'Accepted and without effect.' },
  },
  example: 'Remove-ExchangeCertificate -Thumbprint 5113AE0233A72FCCB75B1D0198628675333D010E -Confirm:$false',
  roles: ['Exchange Server Certificates'],
  side: 'OnPremises',
  async run(context, { Thumbprint, Identity }) {
    const identity = Thumbprint ?? Identity;
    if (identity === undefined) throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Cannot process command because of one or more missing mandatory parameters: Thumbprint.');
    const former = await oneConfiguration(context, 'ExchangeCertificate', identity);
    // Exchange removes the Auth certificate without a word, which is how lookups come to fail with "Missing signing certificate".
    const { configuration } = context.organization;
    const { CurrentCertificateThumbprint, NextCertificateThumbprint } = (await configuration.singleton('AuthConfig')).properties;
    const { Thumbprint: thumbprint } = former.properties;
    if (CurrentCertificateThumbprint === thumbprint) context.warn('This is the current certificate of Get-AuthConfig: without it no token can be requested.');
    if (NextCertificateThumbprint === thumbprint) context.warn('This is the next certificate of Get-AuthConfig: without it nothing takes over on its day.');
    for (const { name, properties } of await configuration.list('FederationTrust')) {
      if (properties.OrgPrivCertificate === thumbprint) context.warn(`This is the certificate of the federation trust '${name}': without it no delegation token can be decrypted.`);
    }
    await context.change({ target: former.name, before: certificateOutput(former, true, context.clock), apply: () => context.organization.configuration.remove('ExchangeCertificate', former.guid) });
    return [];
  },
});
