import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { CertificateFacts } from '../../../identity/index.ts';
import { certificatePem, isPkcs12, readCertificate, readCertificateFile, readPkcs12 } from '../../../identity/index.ts';
import type { Stored } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { certificateOutput } from './certificate-output.ts';
import { keepCertificate } from './keep-certificate.ts';

export const importExchangeCertificate = defineExchangeCmdlet({
  name: 'Import-ExchangeCertificate',
  synopsis: 'Puts a certificate into the store: PKCS #12 (.pfx), PEM with its private key, or without one PEM, DER or PKCS #7 (.p7b); of a request of New-ExchangeCertificate, the certificate takes the key and the place.',
  parameters: {
    // A secret, because the audit log keeps parameters and the file has the private key.
    FileData: { type: 'secret', mandatory: true, description: 'The file: its bytes in base64, or PEM as text. Of a chain, the certificate of the key is kept; without one of PEM the first, of PKCS #7 the one that a request waits for, or at the end of the chain.' },
    Password: { type: 'secret', description: 'Password of the .pfx file, or of an encrypted private key.' },
    FriendlyName: { type: 'string', description: 'A name for the list.' },
    PrivateKeyExportable: { type: 'boolean', description: '$true: Export-ExchangeCertificate may give the key again. Default $false.' },
    Server: { type: 'string', description: 'Accepted and without effect.' },
  },
  example: 'Import-ExchangeCertificate -FileData ([System.IO.File]::ReadAllBytes("mail.pfx")) -Password (Get-Credential).Password',
  roles: ['Exchange Server Certificates'],
  side: 'OnPremises',
  async run(context, { FileData, Password, FriendlyName, PrivateKeyExportable }) {
    const { certificate, privateKey: broughtKey } = await readFile(context, FileData, Password);
    const { thumbprint, publicKey } = readCertificate(certificate);
    if ((await context.organization.configuration.get('ExchangeCertificate', thumbprint)) !== undefined) {
      throw new ManagementError('MANAGEMENT_OBJECT_EXISTS', `A certificate with the thumbprint ${thumbprint} already exists.`, { facts: { thumbprint } });
    }
    const request = broughtKey === undefined ? await requestOf(context, publicKey) : undefined;
    const privateKey = broughtKey ?? (request === undefined ? undefined : await context.organization.configuration.certificateKey(request.name));
    const friendlyName = FriendlyName ?? request?.properties.FriendlyName ?? '';
    const exportable = PrivateKeyExportable ?? request?.properties.PrivateKeyExportable ?? false;
    const stored = await context.change({
      target: thumbprint,
      async apply() {
        const kept = await keepCertificate(context, { certificate, friendlyName, services: [], exportable, ...(privateKey === undefined ? {} : { privateKey }) });
        if (request !== undefined) await context.organization.configuration.remove('ExchangeCertificate', request.guid);
        return kept;
      },
      after: (created) => certificateOutput(created, privateKey !== undefined, context.clock),
    });
    if (privateKey === undefined) context.warn('The file has no private key: the certificate cannot sign anything here.');
    return stored === undefined ? [] : [certificateOutput(stored, privateKey !== undefined, context.clock)];
  },
});

/** The request that a certificate is the answer to: the one with the same public key. */
async function requestOf({ organization: { configuration } }: ExchangeContext, publicKey: KeyObject): Promise<Stored<'ExchangeCertificate'> | undefined> {
  const requests = (await configuration.list('ExchangeCertificate')).filter(({ properties }) => properties.Request !== undefined);
  return requests.find(({ properties }) => readCertificate(properties.Certificate).publicKey.equals(publicKey));
}

interface CertificateFile {
  certificate: string;
  privateKey?: string;
}

async function readFile(context: ExchangeContext, data: string, password: string | undefined): Promise<CertificateFile> {
  const isText = data.includes('-----BEGIN ');
  const bytes = isText ? Buffer.from(data, 'latin1') : Buffer.from(data, 'base64');
  if (isText || !isPkcs12(bytes)) {
    const text = isText ? data : textOfBase64(data);
    return text.includes('-----BEGIN CERTIFICATE-----') ? readPem(text, password) : readCollection(context, bytes);
  }
  const { certificates, privateKey } = await readPkcs12(bytes, password ?? '');
  return { certificate: certificates[0] ?? '', ...(privateKey === undefined ? {} : { privateKey }) };
}

/** DER, or PKCS #7: certificates without a key, in any order. */
async function readCollection(context: ExchangeContext, bytes: Buffer): Promise<CertificateFile> {
  const all = await readCertificateFile(bytes);
  const answers = await Promise.all(all.map((each) => requestOf(context, each.publicKey)));
  const chosen = all[answers.findIndex((request) => request !== undefined)] ?? endOfChain(all);
  if (chosen === undefined) throw refuse('The file holds no certificate that can be read.');
  return { certificate: certificatePem(chosen.der.toString('base64')) };
}

/** The certificate that issued none of the others. */
function endOfChain(all: readonly CertificateFacts[]): CertificateFacts | undefined {
  return all.find((each) => !all.some((other) => other !== each && other.issuer === each.subject)) ?? all[0];
}

function readPem(text: string, password: string | undefined): CertificateFile {
  const certificate = readFirst(text);
  const privateKey = readKey(text, certificate, password);
  return { certificate, ...(privateKey === undefined ? {} : { privateKey }) };
}

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
  return new ManagementError('MANAGEMENT_INVALID_VALUE', message, cause === undefined ? {} : { cause });
}
