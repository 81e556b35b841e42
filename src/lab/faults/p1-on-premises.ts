import { signInFault, world } from './fault.ts';

export const premisesOff = signInFault('p1-on-premises', async () => world('p1-on-premises', { kind: 'stopped', party: 'onPremises' }), null);
