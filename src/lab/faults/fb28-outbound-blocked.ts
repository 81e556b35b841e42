import { labNames } from '../lab-names.ts';
import { toCloud, worldly } from './fault.ts';

export const gatewayBlocked = worldly('fb28-outbound-blocked', () => [{ kind: 'firewall', to: labNames.sts, action: 'refuse', from: ['onPremises'] }], { symptom: toCloud, trust: 'DAuth' });
