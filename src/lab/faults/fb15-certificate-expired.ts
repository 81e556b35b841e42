import { overDelegation, together, toOnPremises } from './fault.ts';
import type { Fault } from './fault.ts';
import { federationCertificateEnding } from './federation-certificate.ts';

const id = 'fb15-certificate-expired';

/** The federation certificate ended yesterday, and nobody made another. */
export const federationCertificateExpired: Fault = {
  id,
  symptom: toOnPremises,
  trust: 'DAuth',
  plan: async (sessions) => together(await overDelegation(sessions), await federationCertificateEnding(sessions, id, -1)),
};
