import { latentFault } from './fault.ts';
import type { Fault } from './fault.ts';
import { federationCertificateEnding } from './federation-certificate.ts';

const id = 'p3-federation';

export const federationEndsSoon: Fault = { ...latentFault(id, 'certificates', (sessions) => federationCertificateEnding(sessions, id, 6)), trust: 'DAuth' };
