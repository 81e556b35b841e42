import type { Clock } from '../../foundation/index.ts';
import { createCertificateAuthority, createSelfSignedCertificate, issueServerCertificate } from '../../identity/index.ts';
import type { DeviceCondition } from '../conditions/condition.ts';
import type { LabCertificates, ServerCertificate } from '../lab-certificates.ts';

/** Long enough that its end is no second thing that is wrong. */
const days = 365;
const yearMs = days * 86_400_000;

/** The certificate that a device shows: one that all trust, or one of those that they have reason not to. */
export async function deviceCertificate({ certificate, hosts }: DeviceCondition, certificates: LabCertificates, clock: Clock): Promise<ServerCertificate> {
  const [commonName = ''] = hosts;
  switch (certificate) {
    case 'ours':
      return certificates.issue({ hosts, days, clock });
    case 'otherName':
      return certificates.issue({ hosts: ['www.elsewhere.test'], days, clock });
    case 'expired':
      return certificates.issue({ hosts, days: 90, clock: { now: () => clock.now() - yearMs } });
    case 'endsSoon':
      return certificates.issue({ hosts, days: 5, clock });
    case 'selfSigned':
      return createSelfSignedCertificate({ commonName, days, clock });
    default:
      return issueServerCertificate(await createCertificateAuthority({ commonName: 'Inspection CA', clock, days: 3650 }), { hosts, days, clock });
  }
}
