import { toCloud, worldly } from './fault.ts';

export const gatewayDown = worldly('fb28-gateway-down', () => [{ kind: 'stopped', party: 'sts' }], { symptom: toCloud, trust: 'DAuth' });
