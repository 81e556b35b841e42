import { authCertificateEnding } from './auth-certificate-ending.ts';
import { latentFault } from './fault.ts';

const id = 'p3-auth';

export const authEndsSoon = latentFault(id, 'certificates', (sessions) => authCertificateEnding(sessions, id, 6));
