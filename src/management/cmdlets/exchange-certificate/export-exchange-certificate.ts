import { certificateBase64 } from '../../../identity/index.ts';
import { ManagementError } from '../../management-error.ts';
import { oneConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet, viewerRoles } from '../exchange-context.ts';

export const exportExchangeCertificate = defineExchangeCmdlet({
  name: 'Export-ExchangeCertificate',
  synopsis: 'Gives the public part of a certificate. Private keys never leave the store.',
  parameters: {
    Thumbprint: { type: 'thumbprint', position: 0, pipeline: true, description: 'The certificate.' },
    Identity: { type: 'string', description: 'SERVER\\thumbprint, or the thumbprint.' },
    BinaryEncoded: { type: 'switch', description: 'Asks for DER. FileData holds DER in base64 with and without it, because JSON knows no bytes.' },
    Server: { type: 'string', description: 'Accepted and without effect.' },
  },
  outputs: ['FileData', 'Identity', 'IsValid', 'ObjectState'],
  example: 'Export-ExchangeCertificate -Thumbprint (Get-AuthConfig).CurrentCertificateThumbprint -BinaryEncoded',
  roles: viewerRoles,
  side: 'OnPremises',
  async run(context, { Thumbprint, Identity }) {
    const identity = Thumbprint ?? Identity;
    if (identity === undefined) throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Cannot process command because of one or more missing mandatory parameters: Thumbprint.');
    const { properties } = await oneConfiguration(context, 'ExchangeCertificate', identity);
    return [{ FileData: certificateBase64(properties.Certificate), Identity: properties.Thumbprint, IsValid: true, ObjectState: 'New' }];
  },
});
