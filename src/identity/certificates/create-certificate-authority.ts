import type { Clock } from '../../foundation/index.ts';
import { certificateLife, commonNameSubject, randomSerialNumber } from './certificate-life.ts';
import { createKeyPair, privateKeyPem, signingAlgorithms } from './key-pair.ts';
import type { KeyKind } from './key-pair.ts';
import { loadX509 } from './load-x509.ts';

/** A certificate and its key, PEM (PKCS #8). Plain data: it can be stored. */
export interface CertificateWithKey {
  certificate: string;
  privateKey: string;
}

/** A certificate authority that signs end certificates only (path length 0). */
export type CertificateAuthority = CertificateWithKey;

export interface CreateCertificateAuthorityOptions {
  commonName: string;
  clock: Clock;
  /** Validity. Default 3,650 days. */
  days?: number;
  /** Default `P-256`. */
  keyKind?: KeyKind;
}

/** Makes a self-signed certificate authority (RFC 5280 §4.2: CA true, path length 0, keyCertSign and cRLSign, both critical). */
export async function createCertificateAuthority(options: CreateCertificateAuthorityOptions): Promise<CertificateAuthority> {
  const x509 = await loadX509();
  const kind = options.keyKind ?? 'P-256';
  const keys = await createKeyPair(kind);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: commonNameSubject(options.commonName),
    serialNumber: randomSerialNumber(),
    ...certificateLife(options.clock, options.days ?? 3650),
    keys,
    signingAlgorithm: signingAlgorithms[kind],
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate: `${certificate.toString('pem')}\n`, privateKey: await privateKeyPem(keys.privateKey) };
}
