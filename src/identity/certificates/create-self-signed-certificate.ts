import { isIP } from 'node:net';
import type { webcrypto } from 'node:crypto';
import type { Clock } from '../../foundation/index.ts';
import { certificateLife, commonNameSubject, randomSerialNumber } from './certificate-life.ts';
import type { CertificateWithKey } from './create-certificate-authority.ts';
import { createKeyPair, privateKeyPem, signingAlgorithms } from './key-pair.ts';
import type { KeyKind } from './key-pair.ts';
import { loadX509 } from './load-x509.ts';
import type { X509Library } from './load-x509.ts';

export interface CreateSelfSignedCertificateOptions {
  /** Common name of the subject; the only part of it where `subject` is absent. */
  commonName: string;
  /** The parts of the subject in the order in which they are encoded: type (`C`, `ST`, `L`, `O`, `OU`, `CN`) and value. */
  subject?: readonly (readonly [type: string, value: string])[];
  /** DNS names and IP addresses of the subject alternative name; none by default. */
  hosts?: readonly string[];
  /** Default `RSA-2048`. */
  keyKind?: KeyKind;
  /** Subject key identifier, hexadecimal; by default the hash of the key (RFC 5280 §4.2.1.2). */
  keyIdentifier?: string;
  days: number;
  clock: Clock;
}

/**
 * Makes a self-signed certificate for signing tokens and assertions, as Exchange's own Auth certificate is:
 * no certificate authority, digitalSignature and keyEncipherment, extended key usage serverAuth.
 */
export async function createSelfSignedCertificate(options: CreateSelfSignedCertificateOptions): Promise<CertificateWithKey> {
  const keys = await createKeyPair(options.keyKind ?? 'RSA-2048');
  return { certificate: await selfSignedCertificate(await loadX509(), keys, options), privateKey: await privateKeyPem(keys.privateKey) };
}

/** A certificate of a key pair, signed by itself. PEM. */
export async function selfSignedCertificate(x509: X509Library, keys: webcrypto.CryptoKeyPair, options: CreateSelfSignedCertificateOptions): Promise<string> {
  const { digitalSignature, keyEncipherment } = x509.KeyUsageFlags;
  const kind = options.keyKind ?? 'RSA-2048';
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: subjectName(options),
    serialNumber: randomSerialNumber(),
    ...certificateLife(options.clock, options.days),
    keys,
    signingAlgorithm: signingAlgorithms[kind],
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(kind === 'P-256' ? digitalSignature : digitalSignature | keyEncipherment, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      ...alternativeNames(x509, options.hosts),
      options.keyIdentifier === undefined ? await x509.SubjectKeyIdentifierExtension.create(keys.publicKey) : new x509.SubjectKeyIdentifierExtension(options.keyIdentifier),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}

/** A subject as the library takes it; no value can add parts. */
export function subjectName({ commonName, subject }: Pick<CreateSelfSignedCertificateOptions, 'commonName' | 'subject'>): Record<string, string[]>[] {
  return subject === undefined ? commonNameSubject(commonName) : subject.map(([type, value]) => ({ [type]: [value] }));
}

/** The extension of the subject alternative name; none without a host. */
export function alternativeNames(x509: X509Library, hosts: readonly string[] = []): InstanceType<X509Library['SubjectAlternativeNameExtension']>[] {
  return hosts.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(hosts.map((host) => ({ type: isIP(host) === 0 ? 'dns' : 'ip', value: host }) as const))];
}
