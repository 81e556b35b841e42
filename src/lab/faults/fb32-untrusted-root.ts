import { labNames } from '../lab-names.ts';
import { toCloud, worldly } from './fault.ts';

/** A proxy on the way out inspects TLS with an authority of its own. */
export const untrustedRoot = worldly('fb32-untrusted-root', () => [{ kind: 'device', hosts: [labNames.cloud.mail, labNames.cloud.autodiscover], certificate: 'unknownAuthority', from: ['onPremises'] }], { symptom: toCloud });
