import { labNames } from '../lab-names.ts';
import { toCloud, worldly } from './fault.ts';

/** Connections are made, and what is sent on them is swallowed. */
export const outboundBlocked = worldly('fb22-outbound-blocked', () => [labNames.cloud.mail, labNames.cloud.autodiscover].map((host) => ({ kind: 'cut', hosts: [host], at: 'request', how: 'silence', from: ['onPremises'] })), { symptom: toCloud });
