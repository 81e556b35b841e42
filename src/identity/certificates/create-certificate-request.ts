import { commonNameSubject } from './certificate-life.ts';
import { createKeyPair, privateKeyPem, signingAlgorithms } from './key-pair.ts';
import { loadX509 } from './load-x509.ts';

export interface CertificateRequest {
  /** PKCS #10, PEM. */
  request: string;
  /** PKCS #8, PEM. Never leaves the machine that made it. */
  privateKey: string;
}

/** Makes a P-256 key pair and a request for a certificate on it (RFC 2986). */
export async function createCertificateRequest(options: { commonName: string }): Promise<CertificateRequest> {
  const x509 = await loadX509();
  const keys = await createKeyPair('P-256');
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: commonNameSubject(options.commonName),
    keys,
    signingAlgorithm: signingAlgorithms['P-256'],
  });
  return { request: `${request.toString('pem')}\n`, privateKey: await privateKeyPem(keys.privateKey) };
}
