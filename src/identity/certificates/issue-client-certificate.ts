import type { PublicKey } from '@peculiar/x509';
import type { Clock } from '../../foundation/index.ts';
import { IdentityError } from '../identity-error.ts';
import { certificateLife, commonNameSubject, randomSerialNumber } from './certificate-life.ts';
import type { CertificateAuthority } from './create-certificate-authority.ts';
import { importPrivateKey, signingAlgorithms } from './key-pair.ts';
import { loadX509 } from './load-x509.ts';
import type { X509Library } from './load-x509.ts';

/** A request of ours is under 600 bytes; nobody needs a longer one. */
const longestRequest = 8192;

export interface IssueClientCertificateOptions {
  /** PKCS #10, PEM. Only its public key is used; its names are ignored. */
  request: string;
  /** Subject of the certificate, chosen by the issuer. */
  commonName: string;
  days: number;
  clock: Clock;
  /** A subject alternative name of type URI, e.g. `urn:hybridge:agent:{id}`. */
  uri?: string;
}

/**
 * Issues a TLS client certificate for the key of a request, after checking that the requester holds that key.
 *
 * @returns the certificate, PEM
 * @throws IdentityError `IDENTITY_CERTIFICATE_REQUEST_REFUSED` when the request cannot be read, is signed by another
 *   key, or brings a key weaker than P-256 or RSA-2048
 */
export async function issueClientCertificate(authority: CertificateAuthority, options: IssueClientCertificateOptions): Promise<string> {
  const x509 = await loadX509();
  const publicKey = await readRequest(x509, options.request);
  const issuer = new x509.X509Certificate(authority.certificate);
  const signer = await importPrivateKey(authority.privateKey);
  const certificate = await x509.X509CertificateGenerator.create({
    subject: commonNameSubject(options.commonName),
    issuer: issuer.subjectName,
    serialNumber: randomSerialNumber(),
    ...certificateLife(options.clock, options.days),
    publicKey,
    signingKey: signer.key,
    signingAlgorithm: signingAlgorithms[signer.kind],
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
      ...(options.uri === undefined ? [] : [new x509.SubjectAlternativeNameExtension([{ type: 'url', value: options.uri }])]),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}

async function readRequest(x509: X509Library, request: string): Promise<PublicKey> {
  if (request.length > longestRequest) throw refused('The certificate request is too long.');
  try {
    const parsed = new x509.Pkcs10CertificateRequest(request);
    if (!strongEnough(parsed.publicKey.algorithm)) throw refused('The key of the certificate request is not P-256, P-384, P-521 or RSA of at least 2048 bits.');
    if (!(await parsed.verify())) throw refused('The certificate request is not signed by its own key.');
    return parsed.publicKey;
  } catch (error) {
    if (error instanceof IdentityError) throw error;
    throw refused('The certificate request cannot be read.', error);
  }
}

function strongEnough(algorithm: { name: string; namedCurve?: string; modulusLength?: number }): boolean {
  if (algorithm.namedCurve !== undefined) return ['P-256', 'P-384', 'P-521'].includes(algorithm.namedCurve);
  return algorithm.name.startsWith('RSA') && (algorithm.modulusLength ?? 0) >= 2048;
}

function refused(message: string, cause?: unknown): IdentityError {
  return new IdentityError('IDENTITY_CERTIFICATE_REQUEST_REFUSED', message, cause === undefined ? {} : { cause });
}
