import { readCertificate } from '../../../identity/index.ts';
import type { Stored } from '../../../organization/index.ts';
import type { ExchangeContext } from '../exchange-context.ts';

export interface NewCertificate {
  /** PEM. */
  certificate: string;
  /** PEM, PKCS #8. Absent: only the public part is kept. */
  privateKey?: string;
  friendlyName: string;
  /** PKCS #10, PEM, of an entry that is only a request so far. */
  request?: string;
  services: readonly string[];
  /** Whether Export-ExchangeCertificate may give the key. */
  exportable: boolean;
}

/** Puts a certificate into the store, its key apart from its properties. */
export async function keepCertificate({ organization: { configuration } }: ExchangeContext, { certificate, privateKey, friendlyName, request, services, exportable }: NewCertificate): Promise<Stored<'ExchangeCertificate'>> {
  const facts = readCertificate(certificate);
  if (privateKey !== undefined) await configuration.setCertificateKey(facts.thumbprint, privateKey);
  const details = facts.publicKey.asymmetricKeyDetails;
  return configuration.create('ExchangeCertificate', facts.thumbprint, {
    Thumbprint: facts.thumbprint,
    Subject: facts.subject,
    Issuer: facts.issuer,
    FriendlyName: friendlyName,
    SerialNumber: facts.serialNumber,
    NotBefore: new Date(facts.notBefore).toISOString(),
    NotAfter: new Date(facts.notAfter).toISOString(),
    CertificateDomains: [...facts.hosts],
    Services: services as never,
    IsSelfSigned: facts.subject === facts.issuer,
    // Windows shows the bits of an elliptic curve as well.
    PublicKeySize: details?.modulusLength ?? (details?.namedCurve === 'secp384r1' ? 384 : details?.namedCurve === 'secp521r1' ? 521 : 256),
    PrivateKeyExportable: exportable,
    Certificate: certificate,
    ...(request === undefined ? {} : { Request: request }),
  });
}
