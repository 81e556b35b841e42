import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import type { SecureContext } from 'node:tls';
import type { CertificateWithKey } from '../../identity/index.ts';

export interface LoadedCertificate extends CertificateWithKey {
  x509: X509Certificate;
  /** Shared by all connections: making one takes a millisecond. */
  context: SecureContext;
}

export function loadCertificate(certificate: CertificateWithKey): LoadedCertificate {
  return {
    ...certificate,
    x509: new X509Certificate(certificate.certificate),
    context: tls.createSecureContext({ cert: certificate.certificate, key: certificate.privateKey, minVersion: 'TLSv1.2' }),
  };
}
