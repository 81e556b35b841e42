import { worldly } from './fault.ts';

export const cloudClock = worldly('p2-cloud', () => [{ kind: 'clock', party: 'cloud', offsetMs: 3_600_000 }]);
