import { signInFault, world } from './fault.ts';

export const tokenServiceClock = signInFault('p2-token-service', async () => world('p2-token-service', { kind: 'clock', party: 'sts', offsetMs: 3_600_000 }));
