import type { Clock } from '../../foundation/index.ts';
import { authCertificateName } from '../well-known.ts';
import type { CertificateWithKey } from './create-certificate-authority.ts';
import { createSelfSignedCertificate } from './create-self-signed-certificate.ts';

/** Five years of 365 days, one leap day: the life that Exchange gives its Auth certificate. */
const authCertificateDays = 1826;

/** Makes the certificate with which an Exchange organisation signs its assertions: self-signed, RSA-2048, five years. */
export async function createAuthCertificate(options: { clock: Clock }): Promise<CertificateWithKey> {
  return createSelfSignedCertificate({ commonName: authCertificateName, days: authCertificateDays, clock: options.clock });
}
