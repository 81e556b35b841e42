import { latentFault } from './fault.ts';
import type { Fault } from './fault.ts';
import { federationCertificateEnding } from './federation-certificate.ts';

export const federationEndsSoon: Fault = { ...latentFault('p3-federation', 'certificates', (sessions) => federationCertificateEnding(sessions, 6)), trust: 'DAuth' };
