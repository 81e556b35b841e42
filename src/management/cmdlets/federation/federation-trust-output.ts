import { readCertificate } from '../../../identity/index.ts';
import type { Stored } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { configurationOutput } from '../object-output.ts';

/** A federation trust as Get-FederationTrust shows it: certificates by subject, thumbprint and end. */
export function federationTrustOutput(stored: Stored<'FederationTrust'>): OutputObject {
  const shown = (certificate: string | null): OutputObject | null => {
    if (certificate === null) return null;
    const { subject, thumbprint, notBefore, notAfter } = readCertificate(certificate);
    return { Subject: subject, Thumbprint: thumbprint, NotBefore: new Date(notBefore).toISOString(), NotAfter: new Date(notAfter).toISOString() };
  };
  const { TokenIssuerCertificate, TokenIssuerPrevCertificate } = stored.properties;
  return { ...configurationOutput(stored), TokenIssuerCertificate: shown(TokenIssuerCertificate), TokenIssuerPrevCertificate: shown(TokenIssuerPrevCertificate) };
}
