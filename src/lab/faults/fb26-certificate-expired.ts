import { authCertificateEnding } from './auth-certificate-ending.ts';
import { toCloud } from './fault.ts';
import type { Fault } from './fault.ts';

const id = 'fb26-certificate-expired';

/** The Auth certificate ended yesterday, and nobody made another. */
export const authCertificateExpired: Fault = { id, symptom: toCloud, trust: 'OAuth', plan: (sessions) => authCertificateEnding(sessions, id, -1) };
