import { toOnPremises, world } from './fault.ts';
import type { Fault } from './fault.ts';

export const relayOff: Fault = { id: 'p1-relay', symptom: toOnPremises, trust: 'any', says: 'FB4', plan: async () => world('p1-relay', { kind: 'stopped', party: 'relay' }) };
