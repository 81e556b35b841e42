import { one, overDelegation, together, toOnPremises, world } from './fault.ts';
import type { Fault } from './fault.ts';

const id = 'fb15-certificate-missing';

export const federationCertificateMissing: Fault = {
  id,
  symptom: toOnPremises,
  trust: 'DAuth',
  async plan(sessions) {
    const { OrgPrivCertificate } = await one(sessions, 'OnPremises', 'Get-FederationTrust');
    return together(await overDelegation(sessions), world(id, { kind: 'certificateRemoved', thumbprint: String(OrgPrivCertificate) }));
  },
};
