import { worldly } from './fault.ts';

export const premisesClock = worldly('p2-on-premises', () => [{ kind: 'clock', party: 'onPremises', offsetMs: -3_600_000 }]);
