import { anotherAuthCertificate } from './another-auth-certificate.ts';
import { toCloud } from './fault.ts';
import type { Fault } from './fault.ts';

export const wrongCurrent: Fault = { id: 'fb26-wrong-current', symptom: toCloud, trust: 'OAuth', plan: anotherAuthCertificate };
