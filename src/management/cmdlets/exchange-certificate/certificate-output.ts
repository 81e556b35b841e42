import type { Clock } from '../../../foundation/index.ts';
import type { Stored } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';

/** A certificate as Get-ExchangeCertificate shows it; the private key is not among its properties. */
export function certificateOutput(stored: Stored<'ExchangeCertificate'>, hasPrivateKey: boolean, clock: Clock): OutputObject {
  const { Thumbprint, Subject, Issuer, FriendlyName, SerialNumber, NotBefore, NotAfter, CertificateDomains, Services, IsSelfSigned, PublicKeySize, Request } = stored.properties;
  const now = clock.now();
  const inTime = Date.parse(NotBefore) <= now && now < Date.parse(NotAfter);
  return {
    CertificateDomains,
    FriendlyName,
    HasPrivateKey: hasPrivateKey,
    IsSelfSigned,
    Issuer,
    NotAfter,
    NotBefore,
    PublicKeySize,
    RootCAType: IsSelfSigned ? 'None' : 'Unknown',
    SerialNumber,
    Services: Services.length === 0 ? 'None' : Services.join(', '),
    Status: Request !== undefined ? 'PendingRequest' : inTime ? 'Valid' : 'DateInvalid',
    Subject,
    Thumbprint,
    Identity: Thumbprint,
  };
}
