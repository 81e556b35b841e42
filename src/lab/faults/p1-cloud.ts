import { toCloud, world } from './fault.ts';
import type { Fault } from './fault.ts';

export const cloudOff: Fault = { id: 'p1-cloud', symptom: toCloud, trust: 'any', says: 'FB4', plan: async () => world('p1-cloud', { kind: 'stopped', party: 'cloud' }) };
