import { isIP } from 'node:net';
import type { Clock } from '../../foundation/index.ts';
import { IdentityError } from '../identity-error.ts';
import { certificateLife, commonNameSubject, randomSerialNumber } from './certificate-life.ts';
import type { CertificateAuthority, CertificateWithKey } from './create-certificate-authority.ts';
import { createKeyPair, importPrivateKey, privateKeyPem, signingAlgorithms } from './key-pair.ts';
import type { KeyKind } from './key-pair.ts';
import { loadX509 } from './load-x509.ts';

export interface IssueServerCertificateOptions {
  /** DNS names (a leading `*.` is a wildcard) and IP addresses; at least one. The first is the subject's common name. */
  hosts: readonly string[];
  days: number;
  clock: Clock;
  /** Default `P-256`. */
  keyKind?: KeyKind;
  /** The server shows it to others, too: mail servers do. Adds clientAuth to the extended key usage. */
  isClient?: boolean;
}

/**
 * Issues a TLS server certificate: subject alternative names for every host, digitalSignature (RSA keys also
 * keyEncipherment), extended key usage serverAuth.
 *
 * @throws IdentityError `IDENTITY_CERTIFICATE_REQUEST_REFUSED` without a host
 */
export async function issueServerCertificate(authority: CertificateAuthority, options: IssueServerCertificateOptions): Promise<CertificateWithKey> {
  const [first] = options.hosts;
  if (first === undefined) throw new IdentityError('IDENTITY_CERTIFICATE_REQUEST_REFUSED', 'A server certificate needs at least one host name or address.');
  const x509 = await loadX509();
  const kind = options.keyKind ?? 'P-256';
  const keys = await createKeyPair(kind);
  const issuer = new x509.X509Certificate(authority.certificate);
  const signer = await importPrivateKey(authority.privateKey);
  const { digitalSignature, keyEncipherment } = x509.KeyUsageFlags;
  const certificate = await x509.X509CertificateGenerator.create({
    // RFC 5280 limits a common name to 64 characters; the alternative names are what clients compare.
    subject: commonNameSubject(first.slice(0, 64)),
    issuer: issuer.subjectName,
    serialNumber: randomSerialNumber(),
    ...certificateLife(options.clock, options.days),
    publicKey: keys.publicKey,
    signingKey: signer.key,
    signingAlgorithm: signingAlgorithms[signer.kind],
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(kind !== 'P-256' ? digitalSignature | keyEncipherment : digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, ...(options.isClient === true ? [x509.ExtendedKeyUsage.clientAuth] : [])]),
      new x509.SubjectAlternativeNameExtension(options.hosts.map((host) => ({ type: isIP(host) === 0 ? 'dns' : 'ip', value: host }) as const)),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return { certificate: `${certificate.toString('pem')}\n`, privateKey: await privateKeyPem(keys.privateKey) };
}
