import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { certificatePem, readCertificate } from '../../../identity/index.ts';
import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet, organizationRoles } from '../exchange-context.ts';
import { certificateOutput } from './certificate-output.ts';
import { keepCertificate } from './keep-certificate.ts';

export const importExchangeCertificate = defineExchangeCmdlet({
  name: 'Import-ExchangeCertificate',
  synopsis: 'Puts a certificate into the store: PEM with its private key, or without one PEM or DER. PKCS #12 (.pfx) is not read.',
  parameters: {
    // A secret, because the audit log keeps parameters and the file has the private key.
    FileData: { type: 'secret', mandatory: true, description: 'The file: PEM as text, or its bytes in base64. Of a chain, the first certificate is kept.' },
    Password: { type: 'secret', description: 'Password of an encrypted private key.' },
    FriendlyName: { type: 'string', description: 'A name for the list.' },
    PrivateKeyExportable: { type: 'boolean', ignored: true, description: 'Accepted and without effect: no cmdlet here exports a private key.' },
    Server: { type: 'string', description: 'Accepted and without effect.' },
  },
  example: 'Import-ExchangeCertificate -FileData (Get-Content -Raw mail.pem) -Password (Get-Credential).Password',
  roles: organizationRoles,
  side: 'OnPremises',
  async run(context, { FileData, Password, FriendlyName }) {
    const text = FileData.includes('-----BEGIN ') ? FileData : textOfBase64(FileData);
    const certificate = readFirst(text);
    const privateKey = readKey(text, certificate, Password);
    const { thumbprint } = readCertificate(certificate);
    if ((await context.organization.configuration.get('ExchangeCertificate', thumbprint)) !== undefined) {
      throw new ManagementError('MANAGEMENT_OBJECT_EXISTS', `A certificate with the thumbprint ${thumbprint} already exists.`, { facts: { thumbprint } });
    }
    const stored = await context.change({
      target: thumbprint,
      apply: () => keepCertificate(context, { certificate, friendlyName: FriendlyName ?? '', services: [], ...(privateKey === undefined ? {} : { privateKey }) }),
      after: (created) => certificateOutput(created, privateKey !== undefined, context.clock),
    });
    if (privateKey === undefined) context.warn('The file has no private key: the certificate cannot sign anything here.');
    return stored === undefined ? [] : [certificateOutput(stored, privateKey !== undefined, context.clock)];
  },
});

/** Bytes in base64 that hold text, or are a certificate themselves. */
function textOfBase64(data: string): string {
  const decoded = Buffer.from(data, 'base64').toString('latin1');
  return decoded.includes('-----BEGIN ') ? decoded : data;
}

function readFirst(text: string): string {
  const [block] = /-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/.exec(text) ?? [];
  try {
    return certificatePem(block ?? text);
  } catch (cause) {
    throw refuse('The file holds no certificate that can be read.', cause);
  }
}

/** The key as PKCS #8; undefined where the file has none. */
function readKey(text: string, certificate: string, passphrase: string | undefined): string | undefined {
  const [block] = /-----BEGIN (?:(?:RSA|EC|ENCRYPTED) )?PRIVATE KEY-----[^]*?-----END (?:(?:RSA|EC|ENCRYPTED) )?PRIVATE KEY-----/.exec(text) ?? [];
  if (block === undefined) return undefined;
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: block, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch (cause) {
    throw refuse('The private key cannot be read with this password.', cause);
  }
  if (!new X509Certificate(certificate).checkPrivateKey(key)) throw refuse('The private key belongs to another certificate.');
  return key.export({ format: 'pem', type: 'pkcs8' }).toString();
}

function refuse(message: string, cause?: unknown): ManagementError {
  return new ManagementError('MANAGEMENT_INVALID_VALUE', message, { remedy: 'Give PEM: openssl pkcs12 -in file.pfx -out file.pem turns a .pfx into it.', ...(cause === undefined ? {} : { cause }) });
}
