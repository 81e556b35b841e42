import type { Clock } from '../../foundation/index.ts';
import { certificateLife, commonNameSubject, randomSerialNumber } from './certificate-life.ts';
import type { CertificateWithKey } from './create-certificate-authority.ts';
import { createKeyPair, privateKeyPem, signingAlgorithms } from './key-pair.ts';
import { loadX509 } from './load-x509.ts';

export interface CreateSelfSignedCertificateOptions {
  commonName: string;
  days: number;
  clock: Clock;
}

/**
 * Makes a self-signed RSA-2048 certificate for signing tokens and assertions, as Exchange's own Auth certificate is:
 * no certificate authority, digitalSignature and keyEncipherment, extended key usage serverAuth.
 */
export async function createSelfSignedCertificate(options: CreateSelfSignedCertificateOptions): Promise<CertificateWithKey> {
  const x509 = await loadX509();
  const keys = await createKeyPair('RSA-2048');
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: commonNameSubject(options.commonName),
    serialNumber: randomSerialNumber(),
    ...certificateLife(options.clock, options.days),
    keys,
    signingAlgorithm: signingAlgorithms['RSA-2048'],
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: `${certificate.toString('pem')}\n`, privateKey: await privateKeyPem(keys.privateKey) };
}
