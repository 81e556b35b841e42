import { worldly } from './fault.ts';

export const clock = worldly('fb3-clock', () => [{ kind: 'clock', party: 'onPremises', offsetMs: 7 * 60_000 }], { trust: 'DAuth' });
