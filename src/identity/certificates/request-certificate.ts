import type { CertificateWithKey } from './create-certificate-authority.ts';
import { alternativeNames, selfSignedCertificate, subjectName } from './create-self-signed-certificate.ts';
import type { CreateSelfSignedCertificateOptions } from './create-self-signed-certificate.ts';
import { createKeyPair, privateKeyPem, signingAlgorithms } from './key-pair.ts';
import { loadX509 } from './load-x509.ts';

/** What a certification authority gets, what stays here, and a certificate that stands for it until the authority’s comes. */
export interface RequestedCertificate extends CertificateWithKey {
  /** PKCS #10, PEM. */
  request: string;
}

/** Makes a key pair and a request for a server certificate on it (RFC 2986), with the names as requested extensions (RFC 2985 §5.4.2). */
export async function requestCertificate(options: CreateSelfSignedCertificateOptions): Promise<RequestedCertificate> {
  const x509 = await loadX509();
  const kind = options.keyKind ?? 'RSA-2048';
  const keys = await createKeyPair(kind);
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: subjectName(options),
    keys,
    signingAlgorithm: signingAlgorithms[kind],
    extensions: [
      new x509.KeyUsagesExtension(kind === 'P-256' ? x509.KeyUsageFlags.digitalSignature : x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      ...alternativeNames(x509, options.hosts),
    ],
  });
  return { request: `${request.toString('pem')}\n`, certificate: await selfSignedCertificate(x509, keys, options), privateKey: await privateKeyPem(keys.privateKey) };
}
