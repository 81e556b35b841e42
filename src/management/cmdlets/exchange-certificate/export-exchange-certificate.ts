import { certificateBase64, writePkcs12 } from '../../../identity/index.ts';
import type { Stored } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';
import { oneConfiguration } from '../configuration-cmdlets.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { requestOutput } from './request-output.ts';

export const exportExchangeCertificate = defineExchangeCmdlet({
  name: 'Export-ExchangeCertificate',
  synopsis: 'Gives a certificate as a file: with a password PKCS #12, the private key included; without one, the public part, or the request that waits for its certificate.',
  parameters: {
    Thumbprint: { type: 'thumbprint', position: 0, pipeline: true, description: 'The certificate.' },
    Identity: { type: 'string', description: 'SERVER\\thumbprint, or the thumbprint.' },
    Password: { type: 'secret', description: 'Protects the file with the private key (.pfx), for which the certificate must have been made or imported with -PrivateKeyExportable $true. Organization Management alone may do this.' },
    BinaryEncoded: { type: 'switch', description: 'FileData is bytes; else their base64.' },
    Server: { type: 'string', description: 'Accepted and without effect.' },
  },
  outputs: ['FileData', 'Identity', 'IsValid', 'ObjectState'],
  example: 'Export-ExchangeCertificate -Thumbprint (Get-AuthConfig).CurrentCertificateThumbprint -BinaryEncoded -Password (Get-Credential).Password',
  roles: ['Exchange Server Certificates', 'View-Only Configuration'],
  side: 'OnPremises',
  async run(context, { Thumbprint, Identity, Password, BinaryEncoded }) {
    const identity = Thumbprint ?? Identity;
    if (identity === undefined) throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Cannot process command because of one or more missing mandatory parameters: Thumbprint.');
    const stored = await oneConfiguration(context, 'ExchangeCertificate', identity);
    const { Request } = stored.properties;
    if (Request !== undefined) {
      if (Password !== undefined) throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The certificate with the thumbprint ${stored.name} is a request whose certificate has not been imported yet.`, { remedy: 'Leave Password out for the request.' });
      return [requestOutput(stored.properties.Thumbprint, Request, BinaryEncoded === true)];
    }
    const file = Password === undefined ? certificateBase64(stored.properties.Certificate) : await exportWithKey(context, stored, Password);
    // The mark by which the real service says that text is bytes.
    return [{ ...(BinaryEncoded === true ? { 'FileData@data.type': 'System.Byte[]' } : {}), FileData: file, Identity: stored.properties.Thumbprint, IsValid: true, ObjectState: 'New' }];
  },
});

/** A key that leaves the store is for administrators alone, and is recorded. */
async function exportWithKey(context: ExchangeContext, { name, properties }: Stored<'ExchangeCertificate'>, password: string): Promise<string | undefined> {
  if (!context.caller.roleGroups.includes('Organization Management')) {
    throw new ManagementError('MANAGEMENT_ACCESS_DENIED', 'You may not export private keys.', { facts: { caller: context.caller.name }, remedy: 'Ask an administrator to put you into this role group: Organization Management.' });
  }
  const privateKey = await context.organization.configuration.certificateKey(name);
  if (privateKey === undefined) throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The certificate with the thumbprint ${name} has no private key here.`, { remedy: 'Leave Password out for the public part.' });
  if (properties.PrivateKeyExportable !== true) {
    throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The private key of the certificate with the thumbprint ${name} cannot be exported.`, { remedy: 'It was made or imported without -PrivateKeyExportable $true, which cannot be changed later. Leave Password out for the public part.' });
  }
  const file = await context.change({ target: name, apply: () => writePkcs12({ certificate: properties.Certificate, privateKey, password, friendlyName: properties.FriendlyName }) });
  return file?.toString('base64');
}
