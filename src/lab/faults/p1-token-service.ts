import { signInFault, world } from './fault.ts';

export const tokenServiceOff = signInFault('p1-token-service', async () => world('p1-token-service', { kind: 'stopped', party: 'sts' }), null);
