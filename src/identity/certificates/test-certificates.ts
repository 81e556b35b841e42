import { systemClock } from '../../foundation/index.ts';
import { createAuthCertificate } from './create-auth-certificate.ts';
import type { CertificateWithKey } from './create-certificate-authority.ts';
import { createSelfSignedCertificate } from './create-self-signed-certificate.ts';

const made = new Map<string, Promise<CertificateWithKey>>();

/** For tests: RSA keys take a tenth of a second each, so every test file of a process shares these. */
export function sharedCertificate(name: 'auth' | 'stranger' | 'acs' | 'evosts'): Promise<CertificateWithKey> {
  const known = made.get(name);
  if (known !== undefined) return known;
  const making = name === 'auth' ? createAuthCertificate({ clock: systemClock }) : createSelfSignedCertificate({ commonName: name, days: 30, clock: systemClock });
  made.set(name, making);
  return making;
}
