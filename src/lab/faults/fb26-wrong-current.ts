import { anotherAuthCertificate } from './another-auth-certificate.ts';
import { toCloud } from './fault.ts';
import type { Fault } from './fault.ts';

const id = 'fb26-wrong-current';

export const wrongCurrent: Fault = { id, symptom: toCloud, trust: 'OAuth', plan: (sessions) => anotherAuthCertificate(sessions, id) };
